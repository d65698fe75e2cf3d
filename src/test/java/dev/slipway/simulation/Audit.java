package dev.slipway.simulation;

import dev.slipway.github.Commit;
import dev.slipway.neon.Branch;
import dev.slipway.operation.Action;
import dev.slipway.operation.Event;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.operation.Sittings;
import dev.slipway.operation.StepState;
import dev.slipway.operation.lock.Takeover;
import dev.slipway.release.throwaway.BranchMark;
import dev.slipway.sandbox.world.WorkerDeployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Sees everything that happens to the remotes and holds it against what must never happen.
final class Audit {
    private static final String OURS = "slipway:";
    private static final Pattern MARK = Pattern.compile(OURS + "([0-9a-f]{8}):([A-Za-z0-9._-]+)");
    private static final String MESSAGE = "workers/message";

    private final Run run;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, Set<Long>> effects = new LinkedHashMap<>();
    private final List<Effect> all = new ArrayList<>();
    private final List<Overwritten> overwritten = new ArrayList<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Map<Seat, Long> epochs = new HashMap<>();
    private final List<Tenure> tenures = new ArrayList<>();
    private final Map<String, Long> begun = new HashMap<>();
    private final Map<String, Long> sat = new HashMap<>();
    private final Map<String, Operator> owners = new HashMap<>();
    private final Set<String> alarmed = new HashSet<>();
    private final Set<Seat> alarms = new HashSet<>();
    private final Set<String> decided = new HashSet<>();
    private final Map<String, String> stopped = new HashMap<>();
    private Optional<Takeover.Held> lock = Optional.empty();
    private long calls;
    private long call;
    private long lastForeign = Long.MIN_VALUE / 2;

    /// @param epoch of the lock as `operator` knew it
    private record Effect(
            String plan, String mark, long at, boolean alone, Operator operator, long epoch) {}

    /// A plan holds production under an epoch, from a moment on. One that lost it may claim it again.
    private record Tenure(String run, long epoch, long from, Operator holder) {}

    /// A run as one operator knows it.
    private record Seat(String run, Operator operator) {}

    private record Overwritten(String plan, String script, long at) {}

    Audit(Run run) {
        this.run = run;
    }

    List<String> violations() {
        return violations;
    }

    void violated(String sentence) {
        violations.add(sentence);
        run.trace(9, "VIOLATION " + sentence);
    }

    void violated(String sentence, Throwable cause) {
        violated(sentence);
        if (run.verbose()) {
            cause.printStackTrace();
        }
    }

    // what is told

    /// A plan was approved.
    void approved(Plan plan) {
        plans.put(plan.brief(), plan);
    }

    /// A run is this operator's from here on.
    void adopted(Operator operator, Plan plan) {
        owners.put(plan.brief(), operator);
    }

    /// The disk that held the journal of this plan is lost.
    void forgotten(Plan plan) {
        forgotten.add(plan.brief());
    }

    /// Somebody outside did something.
    void foreign() {
        lastForeign = run.time().now();
    }

    /// A new call: what it brings about, once, twice or late, is one effect.
    long call() {
        return ++calls;
    }

    void carrying(long id) {
        call = id;
    }

    /// I9: a change leaves, so it stands in the journal.
    void leaves(Operator operator, String what) {
        var durable =
                operator.journal().last().map(e -> e.event() instanceof Event.Sent).orElse(false);
        if (!durable) {
            violated("I9: " + what + " left before the journal had it");
        }
    }

    /// A marked thing came to be.
    ///
    /// @param alone whether a second one of the same name cannot come to be anyway
    void effect(Operator operator, String text, boolean alone) {
        var at = text.indexOf(OURS);
        var found = MARK.matcher(text);
        if (at < 0 || !found.find(at)) {
            return;
        }
        var mark = found.group();
        var plan = found.group(1);
        run.trace(operator.index(), "effect " + mark);
        var epoch = epochs.getOrDefault(new Seat(plans.get(plan).id(), operator), 0L);
        all.add(new Effect(plan, mark, run.time().now(), alone, operator, epoch));
        var callsOf = effects.computeIfAbsent(mark, _ -> new HashSet<>());
        callsOf.add(call);
        if (callsOf.size() > 1 && !decided.contains(plan)) {
            violated("I5: " + mark + " took effect " + callsOf.size() + " times");
        }
    }

    /// A marked thing is gone again, so whoever goes on with the run may need it anew.
    void removed(String mark) {
        if (run.scenario().lookedAfter()) {
            effects.remove(mark);
        }
    }

    /// A deployment came to be.
    void deployed(
            Operator operator,
            String script,
            String message,
            Optional<WorkerDeployment> before,
            WorkerDeployment made) {
        effect(operator, message, false);
        var found = MARK.matcher(message);
        if (!found.find()) {
            return;
        }
        var plan = plans.get(found.group(1));
        var step = plan.step(found.group(2)).orElseThrow();
        var expected = before.map(b -> ours(b, plan) || planned(b, step, plan)).orElse(true);
        if (!expected) {
            run.trace(operator.index(), "overwrites what others deployed");
            overwritten.add(new Overwritten(plan.brief(), script, run.time().now()));
        }
        fit();
    }

    private static boolean ours(WorkerDeployment deployment, Plan plan) {
        return deployment.annotations().getOrDefault(MESSAGE, "").startsWith(plan.marks());
    }

    private static boolean planned(WorkerDeployment deployment, PlanStep step, Plan plan) {
        var worker = step.parameters().get("worker");
        return deployment
                .sole()
                .map(v -> v.equals(plan.pins().get("live." + worker)))
                .orElse(false);
    }

    /// I1: what we gave traffic fits the schema.
    private void fit() {
        for (var script : run.cloudflare().workers().scripts()) {
            var active = script.active();
            if (active.isEmpty()
                    || !active.get().annotations().getOrDefault(MESSAGE, "").contains(OURS)) {
                continue;
            }
            for (var share : active.get().versions()) {
                if (share.percentage() > 0 && !run.fits(share.version())) {
                    violated("I1: " + script.name() + " serves code that does not fit the schema");
                }
            }
        }
    }

    /// A transaction was committed.
    void committed(
            Operator operator,
            Optional<Plan> plan,
            SimDatabase database,
            SimDatabase.State before,
            SimDatabase.State after) {
        if (!database.production()) {
            return;
        }
        var fresh = after.ledger.subList(before.ledger.size(), after.ledger.size());
        if (!fresh.isEmpty()) {
            run.trace(operator.index(), "migrates " + fresh.size());
            var epoch =
                    plan.map(p -> epochs.getOrDefault(new Seat(p.id(), operator), 0L)).orElse(0L);
            if (before.fence.orElse(0) > epoch) {
                violated(
                        "I8: a migration under epoch "
                                + epoch
                                + " was committed when the database was at "
                                + before.fence.orElse(0));
            }
        }
        var hashes = new HashSet<String>();
        if (!after.ledger.stream().allMatch(r -> hashes.add(r.hash()))) {
            violated("I3: a migration was applied twice");
        }
        if (after.fence.orElse(0) < before.fence.orElse(0)) {
            violated("I10: the fence of the database was lowered");
        }
        var expected = run.columnsOf(hashes);
        if (!expected.equals(after.columns)) {
            violated("I3: ledger and schema differ");
        }
    }

    /// A link of the lock's chain was appended.
    void locked(Operator operator, Commit commit) {
        var now = Takeover.read(commit.message());
        if (now.isEmpty()) {
            violated("I14: the lock cannot be read");
            return;
        }
        lock.ifPresent(before -> {
            var other = !before.run().equals(now.get().run());
            if (now.get().epoch() < before.epoch()
                    || (other && now.get().epoch() <= before.epoch())) {
                violated("I10: the epoch went from " + before + " to " + now.get());
            }
        });
        lock.filter(before -> before.held() && !now.get().held())
                .ifPresent(_ -> givenBack(now.get().run().substring(0, 8)));
        lock = now;
        epochs.put(new Seat(now.get().run(), operator), now.get().epoch());
        if (tenures.isEmpty() || tenures.getLast().epoch() < now.get().epoch()) {
            tenures.add(new Tenure(now.get().run(), now.get().epoch(), run.time().now(), operator));
        }
    }

    Optional<Takeover.Held> lock() {
        return lock;
    }

    /// I2: only branches we made are deleted.
    void deletes(String id, List<Branch> branches) {
        var branch = branches.stream().filter(b -> b.id().equals(id)).findFirst();
        if (branch.isPresent()
                && (branch.get().isDefault()
                        || branch.get().isProtected()
                        || !BranchMark.of(branch.get()).startsWith("slipway:"))) {
            violated("I2: a delete was sent for " + branch.get().name());
        }
    }

    /// A line was written into a journal.
    void noted(Operator operator, Plan plan, Event event) {
        switch (event) {
            case Event.Started _ -> {
                begun.put(plan.brief(), run.time().now());
                sat.put(plan.brief(), run.time().now());
                owners.put(plan.brief(), operator);
            }
            case Event.Resumed _ -> {
                sat.put(plan.brief(), run.time().now());
                // Whoever lost the run decides nothing about it.
                if (alarms.contains(new Seat(plan.id(), operator))
                        && operator.equals(owners.get(plan.brief()))) {
                    decided.add(plan.brief());
                }
            }
            case Event.Blocked _ -> alarm(operator, plan);
            case Event.Finished(var state, _, _) -> {
                if (state == OperationState.NEEDS_OPERATOR) {
                    alarm(operator, plan);
                }
            }
            case Event.Settled _ -> settled(operator, plan);
            default -> {}
        }
        if (run.scenario().canaries() && event.toString().contains(Run.CANARY)) {
            violated("I11: the journal holds a secret");
        }
    }

    private void alarm(Operator operator, Plan plan) {
        alarmed.add(plan.brief());
        alarms.add(new Seat(plan.id(), operator));
    }

    /// A sitting ended.
    void ended(Operator operator, Plan plan, Action.End end) {
        switch (end.state()) {
            case STOPPED_SAFE -> {
                // What was merged with other files than were checked is said to be so, and whoever
                // leaves a step as it is says nothing of it.
                if (!end.reason().contains(" was merged")
                        && !end.reason().contains(" left it as it is")) {
                    stopped.put(plan.mark(plan.step(end.step()).orElseThrow()), plan.id());
                }
            }
            case NEEDS_OPERATOR, PAUSED -> {
                if (end.reason().isBlank()) {
                    violated("I13: " + end.state() + " without a reason");
                }
            }
            default -> {}
        }
    }

    /// Whoever gives production back says how it is: as planned, or as before. He has looked when he
    /// came back to it.
    private void givenBack(String brief) {
        var owner = owners.get(brief);
        if (owner == null || forgotten.contains(brief) || lastForeign > sat.get(brief)) {
            return;
        }
        var plan = plans.get(brief);
        var entries = owner.journal().entries(plan.id());
        if (entries.stream().anyMatch(e -> e.event() instanceof Event.Settled)) {
            settled(owner, plan);
        }
        if (entries.stream().anyMatch(e -> e.event() instanceof Event.Compensated)) {
            rolledBack(plan, Sittings.state(plan, entries));
        }
    }

    /// I6: everything that shall last is true.
    private void settled(Operator operator, Plan plan) {
        if (touchedLately()) {
            return;
        }
        var state = Sittings.state(plan, operator.journal().entries(plan.id()));
        for (var step : plan.steps()) {
            if (step.group().equals("traffic-100") && step.kind() == PlanStep.Kind.MUTATION) {
                var version = state.outputs().get("await-versions." + step.parameter("worker"));
                var live = run.cloudflare().live(step.parameter("script"));
                if (!live.equals(Optional.ofNullable(version))) {
                    violated(
                            "I6: settled, and "
                                    + step.parameter("script")
                                    + " serves another version");
                }
            }
            if (step.key().equals("migrate.apply")) {
                var hashes = List.of(step.parameter("hashes").split(","));
                var rows =
                        run.production().committed().ledger.stream()
                                .map(SimDatabase.Row::hash)
                                .toList();
                if (!rows.containsAll(hashes)) {
                    violated("I6: settled, and the migrations are not there");
                }
            }
            if (step.group().equals("tag")
                    && state.stateOf(step.key()).holds()
                    && run.gitHub().tag(step.parameters().getOrDefault("tag", "")).isEmpty()) {
                violated("I6: settled, and the tag is not there");
            }
        }
    }

    /// What others do less than a step's time before is not seen by a look that was made before it.
    private boolean touchedLately() {
        var since = run.time().now() - lastForeign;
        return since < run.bounds().stepDeadline().plusMinutes(1).toNanos();
    }

    /// I7: what was live before is live.
    private void rolledBack(Plan plan, RunState state) {
        if (touchedLately()) {
            return;
        }
        plan.all()
                .filter(s -> s.group().equals("traffic-back"))
                .filter(s -> state.stateOf(s.key()) != StepState.PLANNED)
                .forEach(s -> {
                    var live = run.cloudflare().live(s.parameter("script"));
                    if (!live.equals(Optional.of(s.parameter("to")))) {
                        violated(
                                "I7: rolled back, and "
                                        + s.parameter("script")
                                        + " is not as before");
                    }
                });
    }

    /// After each step of the scheduler.
    void tick() {
        fit();
        if (run.neon().branches().stream().noneMatch(b -> b.id().equals(SimNeon.MAIN))) {
            violated("I2: the production branch is gone");
        }
    }

    /// At the end of a run.
    void end(List<Operator> operators) {
        fair(operators);
        for (var one : overwritten) {
            var newer = newerThan(one.plan(), one.at());
            if (!alarmed.contains(one.plan())
                    && !forgotten.contains(one.plan())
                    && newer.isEmpty()) {
                violated(
                        "I4: plan "
                                + one.plan()
                                + " overwrote what others deployed of "
                                + one.script()
                                + ", unnoticed");
            }
        }
        for (var effect : all) {
            adoptedBefore(effect)
                    .filter(_ -> !alarmed.contains(effect.plan()))
                    .ifPresent(other ->
                            violated(
                                    "I8: "
                                            + effect.mark()
                                            + " of "
                                            + effect.operator().name()
                                            + " took effect when "
                                            + other.name()
                                            + " had taken it over, unnoticed"));
            newerThan(effect.plan(), effect.at())
                    .filter(newer -> !alarmed.contains(effect.plan()) && !alarmed.contains(newer))
                    .ifPresent(newer ->
                            violated(
                                    "I8: "
                                            + effect.mark()
                                            + " took effect when "
                                            + newer
                                            + " was at work, unnoticed"));
        }
        stopped.forEach((mark, _) -> {
            if (effects.containsKey(mark) && !decided.contains(mark.substring(8, 16))) {
                violated("false failure: " + mark + " is said to have failed and took effect");
            }
        });
        for (var operator : operators) {
            if (!operator.journal().whole()) {
                violated("I10: the chain of the journal is broken");
            }
            if (!operator.done()) {
                violated("I12: " + operator.name() + " comes to no end");
            }
        }
        lock.filter(Takeover.Held::held)
                .ifPresent(held -> {
                    var of = plans.get(held.run().substring(0, 8));
                    if (of != null && ended(of, operators)) {
                        violated("I14: the lock is held by a plan that ended");
                    }
                    if (run.scenario().lookedAfter()) {
                        violated("I14: production stays held although somebody looks after it");
                    }
                });
    }

    /// I15: where nothing goes wrong, what was planned is done, and what is broken is taken back.
    private void fair(List<Operator> operators) {
        var fair =
                run.fate().happened().isEmpty()
                        && run.scenario().others().isEmpty()
                        && operators.size() == 1;
        var wanted =
                run.scenario().broken() ? OperationState.ROLLED_BACK : OperationState.SUCCEEDED;
        if (fair && !operators.getFirst().state().equals(Optional.of(wanted))) {
            violated("I15: nothing went wrong, and it ended as " + operators.getFirst().state());
        }
    }

    private static boolean ended(Plan plan, List<Operator> operators) {
        return operators.stream()
                .filter(o -> !o.journal().entries(plan.id()).isEmpty())
                .map(o -> Sittings.state(plan, o.journal().entries(plan.id())))
                .anyMatch(s ->
                        s.end()
                                        .map(e -> e.state().terminal() && !e.state().resumable())
                                        .orElse(false)
                                && s.stateOf("release-lock").holds());
    }

    /// Who had taken over the run of an effect from whoever brought it about.
    private Optional<Operator> adoptedBefore(Effect effect) {
        var id = plans.get(effect.plan()).id();
        return tenures.stream()
                .filter(t -> t.run().equals(id) && t.from() < effect.at())
                .filter(t -> t.epoch() > effect.epoch())
                .map(Tenure::holder)
                .findFirst();
    }

    /// A plan that held production under a later epoch, and was at work already.
    private Optional<String> newerThan(String brief, long at) {
        var plan = plans.get(brief);
        var own =
                tenures.stream()
                        .filter(t -> t.run().equals(plan.id()) && t.from() <= at)
                        .mapToLong(Tenure::epoch)
                        .max()
                        .orElse(0);
        return tenures.stream()
                .filter(t -> t.epoch() > own && t.from() < at && !t.run().equals(plan.id()))
                .map(t -> t.run().substring(0, 8))
                .filter(newer -> begun.getOrDefault(newer, Long.MAX_VALUE) < at)
                .findFirst();
    }
}
