package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.fault.ActiveFault;
import dev.slipway.fault.FaultBoard;
import dev.slipway.fault.FaultKind;
import dev.slipway.fault.FaultOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `sandbox faults`: what goes wrong on purpose in a running sandbox. Each of its commands ends by
/// showing what is on.
@Command(
        name = "faults",
        description =
                "What goes wrong on purpose in a running sandbox: that of --world, else of"
                        + " the home.",
        subcommands = {
            FaultsCommand.Ls.class,
            FaultsCommand.On.class,
            FaultsCommand.Off.class,
            FaultsCommand.Clear.class
        })
final class FaultsCommand extends SlipwayCommand.Sub {
    @Override
    int run(Program program, Output output) {
        return show(program.faults(common()), output);
    }

    @Command(name = "list", description = "Show what is on.")
    static final class Ls extends SlipwayCommand.Sub {
        @Override
        int run(Program program, Output output) {
            return show(program.faults(common()), output);
        }
    }

    @Command(name = "on", description = "Switch a fault on.")
    static final class On extends SlipwayCommand.Sub {
        @Parameters(
                paramLabel = "KIND",
                description = "One of ${COMPLETION-CANDIDATES}.",
                completionCandidates = Kinds.class)
        private String kind = "";

        @Option(
                names = "--service",
                paramLabel = "NAME",
                description = "github, neon, cloudflare, edge or dns.")
        private @Nullable String service;

        @Option(names = "--method", paramLabel = "M", description = "Only this HTTP method.")
        private @Nullable String method;

        @Option(
                names = "--path",
                paramLabel = "REGEX",
                description = "Only where this is found in the path and query.")
        private @Nullable String path;

        @Option(
                names = "--times",
                paramLabel = "N",
                description = "How many requests; else until switched off.")
        private int times;

        @Option(names = "--by", paramLabel = "MS", description = "How many milliseconds later.")
        private @Nullable Long by;

        @Option(names = "--status", paramLabel = "N", description = "The HTTP status.")
        private @Nullable Integer status;

        @Option(
                names = "--retry-after",
                paramLabel = "S",
                description = "Seconds the caller is asked to wait.")
        private @Nullable Integer retryAfter;

        @Option(
                names = "--worker",
                paramLabel = "NAME",
                description = "Whose builds; repeatable, else every Worker's.")
        private List<String> workers = new ArrayList<>();

        @Option(names = "--factor", paramLabel = "X", description = "How many times as long.")
        private @Nullable Double factor;

        @Option(
                names = "--after",
                paramLabel = "N",
                description = "How many requests of ordinary traffic the code stands.")
        private @Nullable Integer after;

        @Override
        int run(Program program, Output output) {
            var order = order();
            var board = program.faults(common());
            board.start(order);
            return show(board, output);
        }

        private FaultOrder order() {
            var known =
                    FaultKind.of(kind.toLowerCase(Locale.ROOT))
                            .orElseThrow(() ->
                                    wrong(
                                            "There is no fault \""
                                                    + kind
                                                    + "\"; there are "
                                                    + String.join(", ", new Kinds())
                                                    + "."));
            var requests = known.concern() == FaultKind.Concern.REQUESTS;
            need(requests, service, "--service", known);
            need(known.timed(), by, "--by", known);
            need(known == FaultKind.ANSWER, status, "--status", known);
            refuse(!requests, method, "--method", known);
            refuse(!requests, path, "--path", known);
            refuse(!requests, times == 0 ? null : times, "--times", known);
            refuse(
                    known != FaultKind.ANSWER && known != FaultKind.RATE_LIMIT,
                    retryAfter,
                    "--retry-after",
                    known);
            refuse(!known.perWorker(), workers.isEmpty() ? null : workers, "--worker", known);
            refuse(known != FaultKind.SLOW_BUILD, factor, "--factor", known);
            refuse(known != FaultKind.WEAK_CODE, after, "--after", known);
            return new FaultOrder(
                    known,
                    Optional.ofNullable(service),
                    Optional.ofNullable(method),
                    Optional.ofNullable(path),
                    times,
                    Optional.ofNullable(by).map(Duration::ofMillis),
                    Optional.ofNullable(status),
                    Optional.ofNullable(retryAfter),
                    workers,
                    Optional.ofNullable(factor),
                    Optional.ofNullable(after));
        }

        /// Missing where it is needed, or given where it means nothing: either is a mistake.
        private static void need(
                boolean needed, @Nullable Object given, String option, FaultKind kind) {
            if (needed && given == null) {
                throw wrong("The fault " + kind.key() + " needs " + option + ".");
            }
            refuse(!needed, given, option, kind);
        }

        private static void refuse(
                boolean useless, @Nullable Object given, String option, FaultKind kind) {
            if (useless && given != null) {
                throw wrong("The fault " + kind.key() + " takes no " + option + ".");
            }
        }

        private static InputException wrong(String what) {
            return new InputException(what + " Nothing was switched.");
        }
    }

    @Command(name = "off", description = "Switch one fault off.")
    static final class Off extends SlipwayCommand.Sub {
        @Parameters(paramLabel = "ID", description = "Its id, as \"faults\" shows it.")
        private String id = "";

        @Override
        int run(Program program, Output output) {
            var board = program.faults(common());
            board.stop(id);
            return show(board, output);
        }
    }

    @Command(name = "clear", description = "Switch every fault off.")
    static final class Clear extends SlipwayCommand.Sub {
        @Override
        int run(Program program, Output output) {
            var board = program.faults(common());
            board.clear();
            return show(board, output);
        }
    }

    /// The names of all faults.
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Kinds() {
            super(
                    Arrays.stream(FaultKind.values())
                            .map(FaultKind::key)
                            .collect(Collectors.toList()));
        }
    }

    private static int show(FaultBoard board, Output output) {
        var on = board.on();
        if (output.json()) {
            var document = Output.object();
            var list = document.putArray("faults");
            on.forEach(fault -> list.add(json(fault)));
            output.document(document);
            return Exit.DONE;
        }
        if (on.isEmpty()) {
            output.line("Nothing goes wrong on purpose.");
        }
        on.forEach(fault ->
                output.line(
                        "%-4s %-16s %s%s"
                                .formatted(
                                        fault.id(),
                                        fault.what().kind().key(),
                                        fault.what().target(),
                                        fault.left() > 0 ? ", " + fault.left() + " more" : "")));
        return Exit.DONE;
    }

    private static ObjectNode json(ActiveFault fault) {
        var what = fault.what();
        var json = Output.object();
        json.put("id", fault.id());
        json.put("kind", what.kind().key());
        what.service().ifPresent(service -> json.put("service", service));
        what.method().ifPresent(method -> json.put("method", method));
        what.path().ifPresent(path -> json.put("path", path));
        if (fault.left() > 0) {
            json.put("left", fault.left());
        }
        what.by().ifPresent(by -> json.put("byMs", by.toMillis()));
        what.status().ifPresent(status -> json.put("status", status));
        what.retryAfter().ifPresent(seconds -> json.put("retryAfter", seconds));
        if (what.kind().perWorker()) {
            var workers = json.putArray("workers");
            what.workers().forEach(workers::add);
        }
        what.factor().ifPresent(factor -> json.put("factor", factor));
        what.after().ifPresent(after -> json.put("after", after));
        return json;
    }
}
