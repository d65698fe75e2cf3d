package dev.slipway.cli;

import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.RehearsalResult.LockForecast;
import dev.slipway.release.Target;
import dev.slipway.release.fit.Tried;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rehearse",
        description =
                "Run the pending migrations of a pull request or a commit on a throw-away branch of"
                        + " production and say what they do.")
final class RehearseCommand extends SlipwayCommand.Sub {
    private static final int WIDTH = 100;

    @Parameters(paramLabel = "PR|SHA", description = "Number of an open pull request, or full sha.")
    private String target = "";

    @Override
    int run(Program program, Output output) {
        var wanted = Target.read(target);
        try (var session = program.open(common(), output)) {
            var before = Leftovers.sweep(session, output);
            try {
                var result = session.rehearsals().of(wanted, new RehearsalLines(output));
                if (output.json()) {
                    var document = RehearsalJson.of(result);
                    Leftovers.put(document, session.throwAways().left());
                    output.document(document);
                } else {
                    show(output, result);
                }
            } finally {
                Leftovers.sweepAgain(session, before, output);
            }
            return Exit.DONE;
        }
    }

    private static void show(Output output, RehearsalResult result) {
        for (var standing : result.standings()) {
            output.line(
                    "%-40s %-22s %s"
                            .formatted(
                                    standing.tag(),
                                    RehearsalJson.state(standing.state()),
                                    result.migration(standing.tag())
                                            .map(m ->
                                                    m.classes().stream()
                                                            .map(Output::word)
                                                            .collect(Collectors.joining(", ")))
                                            .orElse("")));
        }
        result.untransactional()
                .forEach(each ->
                        output.line(
                                "%s, statement %d: %s %s"
                                        .formatted(
                                                each.tag(),
                                                each.number(),
                                                each.reason(),
                                                each.refused()
                                                        ? each.remedy()
                                                        : "It runs apart from the others.")));
        result.report().ifPresent(report -> measured(output, report));
        result.workload().ifPresent(report -> workload(output, report));
        result.locks().ifPresent(forecast -> forecast(output, forecast));
        result.tried().forEach(one -> tried(output, one));
        if (result.standings().isEmpty()) {
            output.line("No migrations in " + result.target() + ". Nothing to rehearse.");
        } else {
            output.line("");
            Fold.of(result.verdict().sentence(), WIDTH).forEach(output::line);
        }
    }

    private static void measured(Output output, RehearsalReport report) {
        output.line("");
        if (report.held().isEmpty()) {
            output.line("No lock on a table of the code that is live.");
        } else {
            output.line(
                    "%-34s %-26s %10s  %-8s %s"
                            .formatted("table", "lock", "held", "reads", "writes"));
            for (var lock : report.held()) {
                output.line(
                        "%-34s %-26s %7d ms  %-8s %s"
                                .formatted(
                                        lock.relation(),
                                        lock.mode().server(),
                                        lock.hold().toMillis(),
                                        lock.readsBlocked() ? "wait" : "go on",
                                        lock.writesBlocked() ? "wait" : "go on"));
            }
        }
        output.line("");
        report.findings()
                .forEach(finding ->
                        lines(
                                output,
                                "%-12s ".formatted(Output.word(finding.change())),
                                finding.sentence()));
    }

    private static void workload(Output output, WorkloadReport report) {
        output.line("");
        output.line(
                report.window()
                        + "; "
                        + report.checked()
                        + " checked, "
                        + report.broken().size()
                        + " broken, "
                        + report.slower().size()
                        + " slower, "
                        + report.notCheckable().size()
                        + " not checkable.");
        report.broken()
                .forEach(each ->
                        lines(
                                output,
                                "%-12s ".formatted(each.sqlState()),
                                each.reason() + ": " + each.query()));
        report.slower()
                .forEach(each ->
                        lines(output, "slower       ", each.reason() + ": " + each.query()));
        report.unseen().forEach(each -> lines(output, "not seen     ", each.sentence()));
        report.blind().forEach(each -> lines(output, "not seen     ", each));
    }

    private static void forecast(Output output, LockForecast forecast) {
        forecast.expectedStall()
                .ifPresent(stall ->
                        output.line("Production would wait " + stall.toMillis() + " ms at most."));
        forecast.blockers().forEach(each -> lines(output, "in the way   ", each));
        if (!forecast.doubt().isEmpty()) {
            lines(output, "not seen     ", forecast.doubt());
        }
    }

    private static void tried(Output output, Tried one) {
        lines(
                output,
                "%-12s ".formatted(one.code() == Tried.Code.LIVE ? "live code" : "new code"),
                one.worker() + ": " + one.reason());
    }

    /// Later lines stand below the first one's text.
    private static void lines(Output output, String label, String text) {
        List<String> folded = Fold.of(text.replaceAll("\\s+", " "), WIDTH);
        output.line(label + folded.getFirst());
        folded.stream().skip(1).forEach(line -> output.line(" ".repeat(label.length()) + line));
    }
}
