package dev.slipway.ui.promotion;

import dev.slipway.log.Log;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepState;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Schema;
import dev.slipway.release.OperationLog;
import dev.slipway.release.ProbePoint;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Situation;
import dev.slipway.release.step.Manifest;
import dev.slipway.ui.rehearsal.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/// A real plan as it would look while it runs and after. Only for pictures: the person who ran it is
/// called "example", because nothing has run.
final class Illustration {
    private static final Map<String, Integer> SECONDS =
            Map.of("await-versions", 131, "check-live", 4, "smoke", 20, "rehearse.migrate", 2);

    private final Plan plan;
    private final Instant end;
    private final List<Entry> entries = new ArrayList<>();
    private final List<OperationDetail.Line> lines = new ArrayList<>();
    private final Instant began;
    private Instant at;
    private long seq;

    /// @param now when the picture is taken
    private Illustration(Plan plan, Instant now, Duration age) {
        this.plan = plan;
        this.end = now;
        this.began = now.minus(age);
        this.at = began;
        note(
                new Event.Started(plan.hash(), "example", "example", "example", "example"),
                "STARTED",
                "");
    }

    /// Traffic at its first part, probes under way.
    static RunSheet running(Plan plan, Instant now) {
        var gate = gateKey(plan);
        var age = seconds(plan, gate).plusSeconds(36);
        var run = new Illustration(plan, now, age);
        run.until(gate);
        return run.sheet(OperationState.RUNNING, gate, "", live(plan, gate, now), true);
    }

    /// The same, but the program that worked on it is gone.
    static RunSheet interrupted(Plan plan, Instant now) {
        var gate = gateKey(plan);
        var run = new Illustration(plan, now, seconds(plan, gate).plusSeconds(300));
        run.until(gate);
        return run.sheet(OperationState.INTERRUPTED, gate, "", Live.NOTHING, false);
    }

    /// Everything went through.
    static RunSheet done(Plan plan, Instant now) {
        var run = new Illustration(plan, now, seconds(plan, ""));
        run.until("");
        return run.sheet(OperationState.SUCCEEDED, "", "", Live.NOTHING, false);
    }

    /// The gate of the first part of the traffic failed, and traffic was put back.
    static RunSheet rolledBack(Plan plan, Instant now) {
        var gate = gateKey(plan);
        var run = new Illustration(plan, now, seconds(plan, gate).plusSeconds(40));
        run.until(gate);
        var worker = Words.workers(plan).stream().findFirst().orElse("web");
        var reason =
                "Health of "
                        + worker
                        + " is below the limit: 3 of 9 probes failed, p95 91 ms; the last one: 500 database failed.";
        run.at = run.at.plusSeconds(30);
        run.note(new Event.Failed(gate, reason, gate), "FAILED", gate);
        run.note(new Event.Compensating(gate), "COMPENSATING", gate);
        plan.step(gate)
                .ifPresent(step ->
                        step.onFailure()
                                .steps()
                                .forEach(back ->
                                        run.note(
                                                new Event.Confirmed(back.key(), Map.of(), Map.of()),
                                                "CONFIRMED",
                                                back.key())));
        run.note(new Event.Compensated(gate), "COMPENSATED", gate);
        plan.steps().stream().filter(PlanStep::closing).forEach(run::confirm);
        return run.sheet(OperationState.ROLLED_BACK, gate, reason, Live.NOTHING, false);
    }

    /// The first part of the traffic, in percent.
    static int firstPart(Plan plan) {
        return Words.traffic(plan).stream().findFirst().orElse(100);
    }

    /// What its log holds while [#running].
    static RunningExample example(Plan plan, Instant now) {
        var gate = plan.step(gateKey(plan)).orElseThrow();
        var at = new AtomicReference<>(now.minus(seconds(plan, gate.key()).plusSeconds(36)));
        var log = new Log(at::get, text -> text);
        var told = new OperationLog(log, at::get, plan.id());
        for (var step : plan.steps().subList(0, plan.steps().indexOf(gate) + 1)) {
            told.happened(
                    new Happening.StepStarted(
                            step, plan.steps().indexOf(step) + 1, plan.steps().size()));
            if (!step.equals(gate)) {
                at.updateAndGet(t -> t.plus(time(step)));
                told.happened(new Happening.StepEnded(step, StepState.CONFIRMED, ""));
            }
        }
        var points = ProbePoint.of(gate);
        for (int i = 0; i < points.size(); i++) {
            at.updateAndGet(t -> t.plusMillis(10_217));
            told.happened(
                    new Happening.Line(
                            gate,
                            StepScope.Level.INFO,
                            "%s v%s 200 %d ms, version echoed"
                                    .formatted(
                                            points.get(i).worker(),
                                            given(plan, points.get(i).worker()).substring(0, 8),
                                            milliseconds(i))));
        }
        told.happened(
                new Happening.Waiting(
                        gate,
                        Duration.ofSeconds(6),
                        "%d of %d probes counted"
                                .formatted(
                                        points.size() * ProbePoint.limitsOf(gate).probes() - 1,
                                        points.size() * ProbePoint.limitsOf(gate).probes())));
        return new RunningExample(plan, gate, log);
    }

    /// The version that gets the traffic: a way back names it, a release makes it.
    private static String given(Plan plan, String worker) {
        return plan.pins().getOrDefault(Manifest.TO + worker, fake(worker));
    }

    /// What the providers would report with `percent` of the traffic on the new versions, after the
    /// migration.
    static ProductionState reported(Situation situation, int percent) {
        var was = situation.production();
        var schema =
                situation
                        .ledger()
                        .value()
                        .map(Illustration::applied)
                        .map(state ->
                                new Schema(
                                        Optional.of(state),
                                        Optional.empty(),
                                        was.schema().asOf(),
                                        was.schema().folder()))
                        .orElse(was.schema());
        var all = percent == 100;
        return new ProductionState(
                was.asOf(),
                all ? Optional.of("r" + situation.release()) : was.release(),
                all ? Optional.of(situation.commit()) : was.commit(),
                was.workers().stream().map(w -> split(w, percent)).toList(),
                schema,
                was.kept(),
                was.probes(),
                was.fit(),
                was.failures());
    }

    private static LiveWorker split(LiveWorker was, int percent) {
        if (percent == 0) {
            return was;
        }
        var versions = new ArrayList<LiveWorker.LiveVersion>();
        versions.add(
                new LiveWorker.LiveVersion(
                        fake(was.name()), percent, Optional.empty(), Optional.empty()));
        if (percent < 100) {
            was.only()
                    .map(v ->
                            new LiveWorker.LiveVersion(
                                    v.id(), 100.0 - percent, v.commit(), v.tag()))
                    .ifPresent(versions::add);
        }
        return new LiveWorker(
                was.name(),
                was.script(),
                percent < 100 ? LiveWorker.State.SPLIT : LiveWorker.State.LIVE,
                was.deployment(),
                was.since(),
                versions,
                Optional.empty());
    }

    private static LedgerState applied(LedgerState was) {
        return new LedgerState(
                was.entries().stream()
                        .map(e ->
                                new LedgerState.Entry(
                                        e.migration(),
                                        e.state() == LedgerState.State.PENDING
                                                ? LedgerState.State.APPLIED
                                                : e.state(),
                                        e.row(),
                                        e.lineEndsDiffer()))
                        .toList(),
                was.unknown(),
                was.outside(),
                was.problems());
    }

    // Workers differ, as they do.
    private static int milliseconds(int worker) {
        return 46 + 45 * worker;
    }

    private static String gateKey(Plan plan) {
        return Words.traffic(plan).stream()
                .findFirst()
                .map(p -> "traffic-" + p)
                .filter(key -> plan.step(key).isPresent())
                .orElseGet(() -> Subject.of(plan).goesBack() ? "check-back" : "settle");
    }

    private static Duration seconds(Plan plan, String until) {
        var all = Duration.ZERO;
        for (var step : plan.steps()) {
            if (step.key().equals(until)) {
                break;
            }
            all = all.plus(time(step));
        }
        return all;
    }

    private static Duration time(PlanStep step) {
        var watched = step.parameters().get("soakMillis");
        if (watched != null) {
            return Duration.ofMillis(Long.parseLong(watched));
        }
        var gate = step.kind() == PlanStep.Kind.CHECK && step.group().startsWith("traffic-");
        return Duration.ofSeconds(gate ? 180 : SECONDS.getOrDefault(step.key(), 1));
    }

    private void until(String key) {
        for (var step : plan.steps()) {
            if (step.key().equals(key)) {
                return;
            }
            at = at.plus(time(step));
            confirm(step);
        }
    }

    private void confirm(PlanStep step) {
        var outputs = new LinkedHashMap<String, String>();
        if (step.key().equals("await-versions")) {
            Words.workers(plan)
                    .forEach(worker -> outputs.put("await-versions." + worker, fake(worker)));
        }
        if (step.key().equals("merge")) {
            outputs.put("merge.sha", plan.hash().substring(24));
        }
        note(new Event.Confirmed(step.key(), outputs, Map.of()), "CONFIRMED", step.key());
    }

    private static String fake(String worker) {
        return String.format(Locale.ROOT, "%08x-example", worker.hashCode());
    }

    private void note(Event event, String type, String step) {
        var moment = new Moment(at, seq, "example");
        entries.add(new Entry(seq, plan.id(), moment, event, ""));
        lines.add(new OperationDetail.Line(seq, moment, step, 0, type, "{}"));
        seq++;
    }

    private RunSheet sheet(
            OperationState state, String step, String reason, Live live, boolean here) {
        var title = plan.step(step).map(PlanStep::title).orElse("");
        var row =
                new OperationRow(
                        plan.id(),
                        plan.kind(),
                        plan.target(),
                        "example",
                        began,
                        1,
                        1,
                        step,
                        title,
                        state,
                        at,
                        reason);
        return RunSheet.of(
                new OperationDetail(row, plan, lines),
                RunState.of(plan, entries),
                live,
                here,
                Optional.empty(),
                end);
    }

    private static Live live(Plan plan, String gate, Instant now) {
        var notes = new LinkedHashMap<String, String>();
        plan.step(gate)
                .ifPresent(step -> {
                    var points = ProbePoint.of(step);
                    var needed = ProbePoint.limitsOf(step).probes();
                    for (int i = 0; i < points.size(); i++) {
                        var good = i + 1 == points.size() ? needed - 1 : needed;
                        var mark = "HEALTHY:" + milliseconds(i) + " ";
                        notes.put(points.get(i).worker(), mark.repeat(good).strip());
                        notes.put(points.get(i).worker() + "~", mark.repeat(good).strip());
                    }
                });
        return new Live(gate, 0.9, "probes counted", notes, Optional.of(now.plusSeconds(6)));
    }

    /// A rehearsal as it is while its last statement runs, with what was measured for the others.
    static Progress rehearsing(List<Migration> pending, RehearsalResult measured) {
        var progress =
                Progress.of(pending)
                        .stage("Branches production off for the rehearsal.")
                        .stage("Checks production's statements on today's schema.");
        var left = progress.statements().size();
        for (var one : progress.statements()) {
            var step = new MigrationListener.Step(one.tag(), one.number(), one.of(), one.sql());
            left--;
            if (left == 0) {
                return progress.running(step);
            }
            progress =
                    progress.done(
                            step,
                            measured.migration(one.tag()).stream()
                                    .flatMap(migration -> migration.statements().stream())
                                    .filter(report -> report.number() == one.number())
                                    .map(StatementReport::took)
                                    .findFirst()
                                    .orElse(Duration.ZERO),
                            OptionalLong.of(0));
        }
        return progress;
    }
}
