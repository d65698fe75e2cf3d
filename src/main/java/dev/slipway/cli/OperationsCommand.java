package dev.slipway.cli;

import dev.slipway.operation.journal.HashChain.Check;
import dev.slipway.operation.journal.JournalVerification;
import dev.slipway.operation.journal.OperationRow;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `slipway operations`: what ran and what runs, and the journal as evidence.
@Command(
        name = "operations",
        description = "What ran and what runs, newest first.",
        subcommands = {OperationsCommand.Export.class, OperationsCommand.Verify.class})
final class OperationsCommand extends SlipwayCommand.Sub {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "One, with its journal.")
    private @Nullable String id;

    @Override
    int run(Program program, Output output) {
        try (var session = program.open(common(), output)) {
            return id == null ? list(session, output) : one(session, output, id);
        }
    }

    private static int list(Session session, Output output) {
        var rows = session.operations().list();
        var elsewhere = Elsewhere.of(session);
        var left = session.throwAways().left();
        if (output.json()) {
            var document = OperationJson.of(rows);
            elsewhere.put(document);
            Leftovers.put(document, left);
            output.document(document);
        } else {
            if (rows.isEmpty()) {
                output.line("No operation ran in this home.");
            }
            elsewhere.lines().forEach(output::line);
            rows.forEach(row -> output.line(line(row)));
            left.open().forEach(output::line);
        }
        return Exit.DONE;
    }

    private static String line(OperationRow row) {
        return "%-13s %-10s %-6s %-10s %s  %d of %d  %s%s"
                .formatted(
                        row.id(),
                        row.kind(),
                        row.target(),
                        row.by(),
                        Output.time(row.startedAt()),
                        row.step(),
                        row.steps(),
                        row.state().words(),
                        row.reason().isEmpty() ? "" : "  " + row.reason());
    }

    private static int one(Session session, Output output, String id) {
        var detail =
                session.operations()
                        .one(id)
                        .or(() -> session.takeovers().elsewhere(id))
                        .orElseGet(() -> session.operation(id));
        if (output.json()) {
            output.document(OperationJson.of(detail));
        } else {
            output.line(line(detail.row()));
            detail.lines()
                    .forEach(l ->
                            output.line(
                                    "  %s  %-22s %s"
                                            .formatted(
                                                    Output.time(l.at().wall()),
                                                    l.step(),
                                                    JournalWords.of(l.type()))));
        }
        return Exit.DONE;
    }

    @Command(
            name = "export",
            description = "Write the journal of this home to a file that can be checked anywhere.")
    static final class Export extends SlipwayCommand.Sub {
        @Parameters(paramLabel = "FILE", description = "A file that does not exist yet.")
        private Path file = Path.of("");

        @Override
        int run(Program program, Output output) {
            try (var session = program.open(common(), output)) {
                var lines = session.journal().write(file, output.now());
                if (output.json()) {
                    var node = Output.object();
                    node.put("file", file.toString());
                    node.put("lines", lines);
                    output.document(node);
                } else {
                    output.line("%s has %d lines of the journal.".formatted(file, lines));
                }
                return Exit.DONE;
            }
        }
    }

    @Command(
            name = "verify",
            description =
                    "Check a journal, or an export of one, line by line. Asks nobody, needs no"
                            + " world.")
    static final class Verify extends SlipwayCommand.Sub {
        @Parameters(paramLabel = "FILE", description = "An export, or a journal.db.")
        private Path file = Path.of("");

        @Option(
                names = "--anchor",
                paramLabel = "HASH",
                description =
                        "A hash that was kept elsewhere and must be in it, such as journalHead of a"
                                + " lock record.")
        private @Nullable String anchor;

        @Override
        int run(Program program, Output output) {
            var wanted = Optional.ofNullable(anchor).map(h -> h.strip().toLowerCase(Locale.ROOT));
            var result = JournalVerification.of(file, wanted);
            if (output.json()) {
                output.document(OperationJson.of(result, wanted));
            } else {
                output.line(chain(result));
                wanted.map(hash -> anchored(result, hash)).ifPresent(output::line);
                if (wanted.isEmpty() && result.check() instanceof Check.Whole) {
                    output.line(
                            "A journal whose newest lines were cut off looks whole too: --anchor"
                                    + " checks that a hash kept elsewhere is in it.");
                }
            }
            return result.holds(wanted.isPresent()) ? Exit.DONE : Exit.INPUT;
        }

        private String chain(JournalVerification.Result result) {
            return switch (result.check()) {
                case Check.Whole(var lines, var head) ->
                        "%s is whole: %d lines of %d operations, head %s."
                                .formatted(file, lines, result.operations(), head);
                case Check.Broken(var seq, var reason) ->
                        "%s is broken at line %d: %s. The lines before it are as they were written."
                                .formatted(file, seq, reason);
            };
        }

        private static String anchored(JournalVerification.Result result, String hash) {
            return result.anchor()
                    .map(seq -> "The anchor is the hash of line " + seq + ".")
                    .orElse(
                            "No line has the hash "
                                    + hash
                                    + ": lines were cut off, or it is another journal.");
        }
    }
}
