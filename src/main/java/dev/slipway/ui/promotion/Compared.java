package dev.slipway.ui.promotion;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.kit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing as the journal has it, beside what its provider reports now.
///
/// @param journal what should be there
/// @param now what is there, or why that is not known
record Compared(String what, String journal, String now, Status status) {
    private static final Status MATCHES = Status.PASSED.saying("Matches");
    private static final Status DIFFERS = Status.ATTENTION.saying("Differs");

    String sentence() {
        return what + ": journal " + journal + ", now " + now + ", " + status.word();
    }

    /// Traffic of each Worker and the schema; `now` is unknown while nothing was read.
    static List<Compared> of(Plan plan, RunState state, Optional<ProductionState> production) {
        var all = new ArrayList<Compared>();
        if (Subject.of(plan).goesBack()) {
            Words.putBack(plan)
                    .map(step -> putBack(step, plan, state, production))
                    .forEach(all::add);
            return all;
        }
        var percent = Standing.traffic(plan, state);
        for (var worker : Words.workers(plan)) {
            var live =
                    production.flatMap(p ->
                            p.workers().stream().filter(w -> w.name().equals(worker)).findFirst());
            all.add(worker(plan, state, worker, percent, live));
        }
        all.add(schema(plan, state, production));
        return all;
    }

    /// A Worker that is put back: on its old version until the step was seen to hold.
    private static Compared putBack(
            PlanStep step, Plan plan, RunState state, Optional<ProductionState> production) {
        var worker = step.parameters().getOrDefault("worker", "");
        var wanted =
                state.stateOf(step.key()).holds()
                        ? Optional.ofNullable(step.parameters().get("to"))
                        : Words.live(plan, worker);
        var journal = wanted.map(v -> Words.brief(v, 8) + " 100 %").orElse("not deployed");
        var live =
                production.flatMap(
                        p -> p.workers().stream().filter(w -> w.name().equals(worker)).findFirst());
        if (live.isEmpty() || live.get().state() == LiveWorker.State.UNKNOWN) {
            return new Compared(
                    worker,
                    journal,
                    live.flatMap(LiveWorker::doubt).orElse("not read yet"),
                    Status.UNKNOWN);
        }
        var same = live.get().only().map(LiveWorker.LiveVersion::id).equals(wanted);
        return new Compared(worker, journal, shares(live.get()), same ? MATCHES : DIFFERS);
    }

    private static Compared worker(
            Plan plan, RunState state, String worker, int percent, Optional<LiveWorker> live) {
        var fresh = Optional.ofNullable(state.outputs().get("await-versions." + worker));
        var old = Words.live(plan, worker);
        var journal =
                percent == 0
                        ? old.map(v -> Words.brief(v, 8) + " 100 %").orElse("not deployed")
                        : fresh.map(v -> Words.brief(v, 8) + " " + percent + " %").orElse("?")
                                + (percent == 100
                                        ? ""
                                        : old.map(v ->
                                                        ", "
                                                                + Words.brief(v, 8)
                                                                + " "
                                                                + (100 - percent)
                                                                + " %")
                                                .orElse(""));
        if (live.isEmpty() || live.get().state() == LiveWorker.State.UNKNOWN) {
            return new Compared(
                    worker,
                    journal,
                    live.flatMap(LiveWorker::doubt).orElse("not read yet"),
                    Status.UNKNOWN);
        }
        var now = live.get();
        var same =
                percent == 0
                        ? now.only().map(LiveWorker.LiveVersion::id).equals(old)
                        : share(now, fresh) == percent;
        return new Compared(worker, journal, shares(now), same ? MATCHES : DIFFERS);
    }

    private static String shares(LiveWorker worker) {
        var parts =
                worker.versions().stream()
                        .filter(v -> v.percent() > 0)
                        .map(v -> Words.brief(v.id(), 8) + " " + Math.round(v.percent()) + " %")
                        .toList();
        return parts.isEmpty() ? "not deployed" : String.join(", ", parts);
    }

    private static long share(LiveWorker worker, Optional<String> version) {
        return worker.versions().stream()
                .filter(v -> version.equals(Optional.of(v.id())))
                .mapToLong(v -> Math.round(v.percent()))
                .sum();
    }

    private static Compared schema(
            Plan plan, RunState state, Optional<ProductionState> production) {
        var pending = Words.migrations(plan);
        var applied =
                plan.step("migrate.apply").isPresent() && state.stateOf("migrate.apply").holds();
        var journal =
                applied ? pending.getLast() : plan.pins().getOrDefault("schema", "no migration");
        var read = production.flatMap(p -> p.schema().state());
        if (read.isEmpty()) {
            return new Compared(
                    "Schema",
                    journal,
                    production.flatMap(p -> p.schema().doubt()).orElse("not read yet"),
                    Status.UNKNOWN);
        }
        var now = read.get().latest().orElse("no migration");
        return new Compared("Schema", journal, now, now.equals(journal) ? MATCHES : DIFFERS);
    }

    /// One sentence over all of them.
    static String verdict(List<Compared> all) {
        if (all.stream().anyMatch(c -> c.status().equals(DIFFERS))) {
            return "Production changed while Slipway was closed. Nothing was overwritten; continuing looks at everything first and stops where facts contradict the plan.";
        }
        return all.stream().anyMatch(c -> c.status().equals(Status.UNKNOWN))
                ? "Not everything can be read now. Nothing is sent until it can."
                : "What the providers report matches the journal.";
    }
}
