package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.LossWords;
import dev.slipway.release.rollback.RestorePoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "look",
        description =
                "Look at production's database as it was, in a branch of its own; production is only read.")
final class LookCommand extends SlipwayCommand.Sub {
    private static final Pattern HOURS = Pattern.compile("([1-9][0-9]{0,2})h");

    /// Neon lets a branch live longer; whoever needs it longer makes one.
    private static final int MOST_HOURS = 168;

    @Parameters(
            paramLabel = "TIME|LSN",
            arity = "0..1",
            description = "For example 2026-11-28T14:05:00Z or 0/1A2B3C8.")
    private @Nullable String point;

    @Option(
            names = "--keep",
            paramLabel = "HOURS",
            defaultValue = "4h",
            description = "After how long the branch deletes itself, 1h to 168h; 4h.")
    private String keep = "4h";

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description =
                    "Write the rows that going back would lose there, as SQL and as CSV; no file is overwritten.")
    private @Nullable Path export;

    @Option(
            names = "--remove",
            paramLabel = "BRANCH",
            description = "Delete the branch of an earlier look.")
    private @Nullable String remove;

    @Override
    int run(Program program, Output output) {
        if ((point == null) == (remove == null)) {
            throw new InputException(
                    "Give either a point to look at or --remove with the branch of an earlier look."
                            + " Nothing was asked or changed.");
        }
        var at = point == null ? null : RestorePoint.parse(point);
        var stays = keep(keep);
        try (var session = program.open(common(), output)) {
            Leftovers.sweep(session, output);
            return at == null ? remove(session, output) : look(session, output, at, stays);
        }
    }

    private static Duration keep(String text) {
        var hours = HOURS.matcher(text);
        if (!hours.matches() || Integer.parseInt(hours.group(1)) > MOST_HOURS) {
            throw new InputException(
                    "\""
                            + text
                            + "\" is not a time from 1h to 168h. Nothing was asked or changed.");
        }
        return Duration.ofHours(Integer.parseInt(hours.group(1)));
    }

    private int look(Session session, Output output, RestorePoint at, Duration stays) {
        var look =
                session.restores()
                        .look(at, stays, Optional.ofNullable(export), new LookLines(output));
        if (output.json()) {
            var node = Output.object();
            node.put("branch", look.branch());
            node.put("expiresHours", stays.toHours());
            node.put("point", at.words());
            node.put("migrations", look.ledger().rows().size());
            RestoreJson.loss(node.putObject("loss"), look.loss(), List.of());
            ExportedFiles.write(node.putArray("exported"), look.exported());
            output.document(node);
        } else {
            print(output, at, look, stays);
        }
        return Exit.DONE;
    }

    private static void print(Output output, RestorePoint at, Look look, Duration stays) {
        output.line("Production as it was at " + at.words() + ", beside now:");
        var touched = LossWords.touched(look.loss());
        touched.forEach(table -> output.line("  " + LossWords.table(table)));
        if (touched.isEmpty()) {
            output.line("  every table is the same");
        }
        look.loss().remarks().forEach(output::line);
        output.line("Going back there would lose: " + LossWords.sentence(look.loss()));
        ExportedFiles.lines(look.exported()).forEach(output::line);
        output.line(
                "The branch "
                        + look.branch()
                        + " stays for "
                        + stays.toHours()
                        + " h. Delete it before with: slipway look --remove "
                        + look.branch());
        output.line("Production was only read.");
    }

    private int remove(Session session, Output output) {
        var branch = java.util.Objects.requireNonNull(remove);
        var stays = session.restores().remove(branch);
        if (output.json()) {
            var node = Output.object();
            node.put("removed", stays.isEmpty());
            node.put("reason", stays.orElse(null));
            output.document(node);
        } else {
            output.line(stays.orElse("The branch " + branch + " is deleted."));
        }
        return stays.isEmpty() ? Exit.DONE : Exit.REFUSED;
    }
}
