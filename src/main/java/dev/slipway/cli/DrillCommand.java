package dev.slipway.cli;

import dev.slipway.release.drill.Drill;
import dev.slipway.release.drill.Practice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "drill",
        description =
                "Practise going back: deploy to throw-away Workers on a throw-away branch of production, put"
                        + " them back, and say how long each step took.")
final class DrillCommand extends SlipwayCommand.Sub {
    @Option(
            names = "--history",
            description = "Only show the drills that were held; ask no remote.")
    private boolean history;

    @Override
    int run(Program program, Output output) {
        try (var session = program.open(common(), output)) {
            if (history) {
                show(session, output);
                return Exit.DONE;
            }
            var before = Leftovers.sweep(session, output);
            try {
                var drill = session.drills().hold(say -> output.log("info", say));
                if (output.json()) {
                    var document = of(drill);
                    Leftovers.put(document, session.throwAways().left());
                    output.document(document);
                } else {
                    print(output, drill);
                }
                return drill.passed() ? Exit.DONE : Exit.STOPPED;
            } finally {
                Leftovers.sweepAgain(session, before, output);
            }
        }
    }

    private static void show(Session session, Output output) {
        var all = session.drills().held();
        if (output.json()) {
            var document = Output.object();
            var array = document.putArray("drills");
            all.forEach(drill -> array.add(of(drill)));
            output.document(document);
            return;
        }
        if (all.isEmpty()) {
            output.line("No drill was held from this computer.");
        }
        all.forEach(drill -> output.line(Output.time(drill.at()) + "  " + outcome(drill)));
    }

    private static String outcome(Drill drill) {
        return drill.back()
                .filter(_ -> drill.passed())
                .map(took ->
                        drill.live()
                                + " was back in "
                                + Drill.words(took)
                                + (drill.withinGoal() ? " (goal " : ", slower than the goal (")
                                + Drill.GOAL.toSeconds()
                                + " s).")
                .orElseGet(() -> "It failed: " + drill.reason());
    }

    private static void print(Output output, Drill drill) {
        drill.parts()
                .forEach(part ->
                        output.line(
                                "%-52s %10s".formatted(part.title(), Drill.words(part.took()))));
        output.line("");
        output.line(outcome(drill));
        drill.leftOut()
                .forEach((worker, why) -> output.line("Not drilled: " + worker + ", " + why + "."));
        output.line("Production was not changed.");
    }

    static ObjectNode of(Drill drill) {
        var node = Output.object();
        node.put("at", Output.time(drill.at()));
        node.put("live", drill.live());
        node.put("passed", drill.passed());
        node.put("reason", drill.reason());
        drill.back()
                .ifPresentOrElse(
                        took -> node.put("backMillis", took.toMillis()),
                        () -> node.putNull("backMillis"));
        node.put("goalMillis", Drill.GOAL.toMillis());
        node.put("withinGoal", drill.withinGoal());
        var workers = node.putArray("workers");
        drill.drilled().forEach(workers::add);
        var out = node.putArray("leftOut");
        drill.leftOut()
                .forEach((worker, why) -> out.addObject().put("worker", worker).put("reason", why));
        var parts = node.putArray("parts");
        drill.parts()
                .forEach(part ->
                        parts.addObject()
                                .put("key", part.key())
                                .put("title", part.title())
                                .put("millis", part.took().toMillis()));
        return node;
    }

    /// What `slipway production` says of it.
    static void put(ObjectNode node, Practice practice) {
        var entry = node.putObject("drill");
        entry.put("warns", practice.warns());
        entry.put("sentence", practice.sentence());
        entry.put("at", practice.last().map(d -> Output.time(d.at())).orElse(null));
        practice.last()
                .flatMap(Drill::back)
                .ifPresentOrElse(
                        took -> entry.put("backMillis", took.toMillis()),
                        () -> entry.putNull("backMillis"));
        entry.put("goalMillis", Drill.GOAL.toMillis());
    }
}
