package dev.slipway.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where an operation is: derived from its plan and the journal, never stored.
public final class RunState {
    /// The output that carries the epoch of the production lock.
    public static final String EPOCH = "claim-lock.epoch";

    private final Plan plan;
    private final Map<String, StepRun> steps = new LinkedHashMap<>();
    private final List<StepRun> main;
    private final List<StepRun> abreast;
    private final Map<String, List<StepRun>> beside = new HashMap<>();
    private final Set<String> compensations = new HashSet<>();
    private final Map<String, String> outputs = new TreeMap<>();
    private @Nullable Entry sitting;
    private @Nullable Entry progress;
    private Event.@Nullable Requested pause;
    private Event.@Nullable Requested rollBack;
    private Event.@Nullable Failed failed;
    private Event.@Nullable Resumed leave;
    private Event.@Nullable TookOver takenOver;
    private boolean settled;
    private boolean resumed;
    private Action.@Nullable End end;
    private OperationState state = OperationState.RUNNING;

    private RunState(Plan plan) {
        this.plan = plan;
        plan.all().forEach(s -> steps.put(s.key(), new StepRun(s)));
        compensations.addAll(steps.keySet());
        plan.steps().forEach(s -> compensations.remove(s.key()));
        main = plan.steps().stream().filter(s -> !s.closing()).map(this::of).toList();
        abreast = main.stream().filter(s -> s.step().abreast()).toList();
        plan.all()
                .filter(PlanStep::abreast)
                .forEach(s -> beside.put(s.key(), plan.beside(s).stream().map(this::of).toList()));
    }

    /// The state after `entries`, the whole journal of `plan` in order.
    public static RunState of(Plan plan, List<Entry> entries) {
        var run = new RunState(plan);
        entries.forEach(run::apply);
        return run;
    }

    /// The plan.
    public Plan plan() {
        return plan;
    }

    /// The state of the step of that key.
    public StepState stateOf(String key) {
        return of(key).state();
    }

    /// Why the step of that key failed, warned or waits for a person; empty when it did not.
    public String reasonOf(String key) {
        return of(key).reason();
    }

    /// The outputs of the steps done so far, by full name.
    public Map<String, String> outputs() {
        return Map.copyOf(outputs);
    }

    /// One output of the steps done so far, by its full name.
    public Optional<String> output(String name) {
        return Optional.ofNullable(outputs.get(name));
    }

    /// The step the operation is at: the first that is not ended; empty when all are.
    public Optional<PlanStep> current() {
        return plan.steps().stream().filter(s -> !of(s).state().ended()).findFirst();
    }

    /// The last takeover; empty when it never changed hands.
    public Optional<Event.TookOver> takenOver() {
        return Optional.ofNullable(takenOver);
    }

    /// The epoch of the production lock this run holds or held; 0 while it has claimed none.
    public long epoch() {
        return Optional.ofNullable(outputs.get(EPOCH)).map(Long::valueOf).orElse(0L);
    }

    /// Whether a change that cannot be taken back may have been made.
    public boolean noReturnPassed() {
        return steps.values().stream()
                .anyMatch(s ->
                        s.step().pointOfNoReturn() && (s.sent().isPresent() || s.state().holds()));
    }

    /// How it ended in this sitting, empty while it goes on.
    public Optional<Action.End> end() {
        return Optional.ofNullable(end);
    }

    void apply(Entry entry) {
        switch (entry.event()) {
            case Event.OfStep event -> applyToStep(entry, event);
            case Event.Started _ -> sit(entry);
            case Event.Resumed event -> {
                if (state == OperationState.RUNNING) {
                    // Nothing was noted at the end of the sitting before: its program is gone.
                    state = state.after(OperationState.Trigger.LOST);
                }
                state = state.after(OperationState.Trigger.RESUMED);
                sit(entry);
                resumed = true;
                steps.values().forEach(StepRun::resumed);
                switch (event.decision()) {
                    case CONTINUE -> {}
                    case ROLL_BACK ->
                            rollBack =
                                    new Event.Requested(
                                            Event.Request.ROLL_BACK, event.by(), event.reason());
                    case LEAVE -> leave = event;
                }
            }
            case Event.TookOver event -> {
                takenOver = event;
                current().ifPresent(this::handOver);
                outputs.put(EPOCH, Long.toString(event.epoch()));
                if (state == OperationState.RUNNING) {
                    state = state.after(OperationState.Trigger.LOST);
                }
            }
            case Event.WokeUp _ -> {
                resumed = true;
                steps.values().forEach(StepRun::woke);
            }
            case Event.Requested event -> {
                switch (event.request()) {
                    case PAUSE -> pause = event;
                    case ROLL_BACK -> rollBack = event;
                }
            }
            case Event.Paused(var step, var reason, _) ->
                    end(OperationState.Trigger.PAUSED, step, reason);
            case Event.Settled _ -> {
                settled = true;
                progress = entry;
            }
            case Event.Finished(var last, var step, var reason) ->
                    end(OperationState.Trigger.valueOf(last.name()), step, reason);
        }
    }

    /// Before the first change of a group its holder told where it is, so what it did not tell is of this
    /// group.
    private void handOver(PlanStep at) {
        steps.values().stream()
                .filter(s -> s.step().group().equals(at.group()) && !s.state().ended())
                .filter(s -> s.step().kind() == PlanStep.Kind.MUTATION)
                .forEach(StepRun::handOver);
    }

    /// Whether a change of `step` has left, or may have left where the run was before.
    boolean perhapsSent(StepRun step) {
        return step.sent().isPresent()
                || (step.handedOver()
                        && current()
                                .filter(at -> at.equals(step.step()) || beside(at).contains(step))
                                .isPresent());
    }

    StepRun of(PlanStep step) {
        return of(step.key());
    }

    StepRun of(String key) {
        var run = steps.get(key);
        if (run == null) {
            throw new IllegalArgumentException("the plan has no step " + key);
        }
        return run;
    }

    Collection<StepRun> all() {
        return steps.values();
    }

    /// The steps before the closing ones.
    List<StepRun> main() {
        return main;
    }

    Optional<Event.Requested> pause() {
        return Optional.ofNullable(pause);
    }

    Optional<Event.Requested> rollBack() {
        return Optional.ofNullable(rollBack);
    }

    /// A person decided that nothing more is done.
    Optional<Event.Resumed> leave() {
        return Optional.ofNullable(leave);
    }

    Optional<Event.Failed> failed() {
        return Optional.ofNullable(failed);
    }

    boolean settled() {
        return settled;
    }

    boolean resumed() {
        return resumed;
    }

    boolean begun(String key) {
        var run = steps.get(key);
        return run != null && run.state() != StepState.PLANNED;
    }

    /// The nearest step, at `at` or behind it, that was begun and knows how to go back; empty for none.
    String compensatedFrom(PlanStep at) {
        var found = "";
        for (var step : plan.steps()) {
            if (begun(step.key()) && step.onFailure() instanceof PlanStep.OnFailure.Compensate) {
                found = step.key();
            }
            if (step.key().equals(at.key())) {
                break;
            }
        }
        return found;
    }

    boolean isCompensation(PlanStep step) {
        return compensations.contains(step.key());
    }

    /// Whether somebody asked to go back and it is not decided yet what that undoes.
    boolean turning() {
        return rollBack != null && failed == null;
    }

    /// The steps before the closing ones that are carried out side by side with others.
    List<StepRun> abreast() {
        return abreast;
    }

    /// What is carried out side by side with `step`.
    List<StepRun> beside(PlanStep step) {
        return beside.getOrDefault(step.key(), List.of());
    }

    /// Whether one of those beside `step` came to nothing, so that nothing more is sent there.
    boolean stuckBeside(PlanStep step) {
        return beside(step).stream().anyMatch(s -> s.state().stuck());
    }

    /// Why `step` came to nothing; of steps side by side, what became of each of them.
    String reasons(StepRun step) {
        if (beside(step.step()).isEmpty()) {
            return step.reason();
        }
        var all =
                plan.steps().stream()
                        .filter(s -> s.abreast() && s.group().equals(step.step().group()))
                        .map(this::of)
                        .toList();
        var told = new ArrayList<String>();
        all.stream()
                .filter(s -> s.state().stuck())
                .map(s -> s.step().title() + ": " + sentence(s.reason()))
                .forEach(told::add);
        titles("Done: ", all.stream().filter(s -> s.state().holds())).ifPresent(told::add);
        titles("Not done: ", all.stream().filter(s -> !s.state().ended())).ifPresent(told::add);
        return String.join(" ", told);
    }

    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private static Optional<String> titles(String intro, Stream<StepRun> some) {
        return some.map(s -> s.step().title())
                .reduce((one, other) -> one + "; " + other)
                .map(titles -> intro + titles + ".");
    }

    /// Whether what the step established should still be true.
    boolean shouldHold(StepRun run) {
        return run.state().holds()
                && !(run.step().onFailure() instanceof PlanStep.OnFailure.WarnOnly)
                && switch (run.step().lasting()) {
                    case PlanStep.Lasting.Always() -> true;
                    case PlanStep.Lasting.Once() -> false;
                    case PlanStep.Lasting.Until(var key) -> !begun(key);
                };
    }

    /// How long ago `entry` was written, as far as that is certain: of an entry of an earlier boot
    /// only the time since this sitting began counts.
    Duration elapsed(Entry entry, Moment now) {
        if (now.comparable(entry.at())) {
            return now.since(entry.at());
        }
        return sitting != null && now.comparable(sitting.at())
                ? now.since(sitting.at())
                : Duration.ZERO;
    }

    /// How long nothing has been achieved.
    Duration stalled(Moment now) {
        return progress == null ? Duration.ZERO : elapsed(progress, now);
    }

    private void end(OperationState.Trigger trigger, String step, String reason) {
        state = state.after(trigger);
        end = new Action.End(state, step, reason);
    }

    private void sit(Entry entry) {
        sitting = entry;
        progress = entry;
        pause = null;
        end = null;
    }

    private void applyToStep(Entry entry, Event.OfStep event) {
        of(event.step()).apply(entry, event);
        switch (event) {
            case Event.Confirmed(_, var out, _) -> achieved(entry, out);
            case Event.Skipped(_, var out, _) -> achieved(entry, out);
            case Event.Failed f -> {
                failed = f;
                progress = entry;
            }
            case Event.Warned _, Event.Blocked _ -> progress = entry;
            case Event.Compensating _, Event.Compensated _ -> progress = entry;
            case Event.Observed o when o.verdict() == Event.Verdict.DONE -> progress = entry;
            case Event.Observed _, Event.Intended _, Event.Sent _, Event.Answered _ -> {}
        }
    }

    private void achieved(Entry entry, Map<String, String> out) {
        outputs.putAll(out);
        progress = entry;
    }
}
