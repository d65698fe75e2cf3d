package dev.slipway.operation;

import dev.slipway.operation.StepScope.Purpose;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides what an operation does next. A pure function: no thread, no clock, no sleep, no chance;
/// the same journal, observation and moment give the same action.
///
/// - Nothing is believed before it was observed: an answer only says that it is time to look.
/// - After an answer that leaves the outcome open, a change is sent again only when the provider's
///   quiet time has passed and then as many readings as [Safeguards.Agreement] wants, in a row, said
///   it is absent.
/// - After a resume everything that should still hold is looked at before anything is sent.
/// - Requests to pause or to go back are obeyed here, between calls.
public final class Engine {
    private final Plan plan;
    private final RunState run;
    private final Moment now;
    private final Rules rules;
    private final Judgement judge;

    private Engine(RunState run, Moment now, Rules rules) {
        this.plan = run.plan();
        this.run = run;
        this.now = now;
        this.rules = rules;
        this.judge = new Judgement(run, now, rules);
    }

    /// The next action.
    ///
    /// @param entries the whole journal of the plan, in order
    /// @param seen the observations the last action asked for
    public static Action next(
            Plan plan, List<Entry> entries, List<Seen> seen, Moment now, Rules rules) {
        return next(RunState.of(plan, entries), seen, now, rules);
    }

    /// The next action of a run whose journal was folded before.
    public static Action next(RunState run, List<Seen> seen, Moment now, Rules rules) {
        return new Engine(run, now, rules).decide(seen);
    }

    private Action decide(List<Seen> seen) {
        if (run.end().isPresent()) {
            return run.end().get();
        }
        for (var step : run.all()) {
            if (step.state() == StepState.SENT) {
                return record(
                        new Event.Answered(
                                step.step().key(),
                                step.attempts(),
                                Event.Outcome.UNKNOWN,
                                "Slipway ended before an answer was noted",
                                0,
                                Map.of()));
            }
        }
        if (!seen.isEmpty()) {
            return SideBySide.of(seen.stream().map(judge::of).toList());
        }
        if (run.pause().isPresent()) {
            var asked = run.pause().get();
            return asked.by().isEmpty()
                    ? pause(currentKey(), asked.reason(), true)
                    : pause(
                            currentKey(),
                            "asked by " + asked.by() + because(asked.reason()),
                            false);
        }
        if (run.leave().isPresent()) {
            return leave(run.leave().get());
        }
        var open = openBeside();
        if (open.isPresent()) {
            return open.get();
        }
        if (run.failed().isPresent()) {
            return afterFailure(run.failed().get());
        }
        if (run.rollBack().isPresent() && !run.settled()) {
            return goBack(run.rollBack().get());
        }
        return forward();
    }

    private Action forward() {
        var again = recheck(run.all());
        if (again.isPresent()) {
            return again.get();
        }
        for (var step : run.main()) {
            var blocked = ifBlocked(step);
            if (blocked.isPresent()) {
                return blocked.get();
            }
            if (!step.state().ended()) {
                var others = run.beside(step.step());
                if (others.isEmpty()) {
                    return advance(step);
                }
                return firstBlocked(others)
                        .orElseGet(() ->
                                SideBySide.of(
                                        Stream.concat(Stream.of(step), others.stream())
                                                .filter(s -> !s.state().ended())
                                                .map(this::advance)
                                                .toList()));
            }
        }
        if (!run.settled()) {
            return settle(run.main()).orElseGet(() -> record(new Event.Settled()));
        }
        return close(OperationState.SUCCEEDED, "", "");
    }

    /// Where one of several steps side by side came to nothing, what became of those that were sent with
    /// it is found out before anything is decided; nothing more is sent.
    private Optional<Action> openBeside() {
        var stuck = run.abreast().stream().filter(s -> run.stuckBeside(s.step())).toList();
        return stuck.stream()
                .filter(this::notKnown)
                .findFirst()
                .map(this::lookAtSent)
                .or(() ->
                        stuck.stream()
                                .filter(s -> s.state() == StepState.REFUSED)
                                .findFirst()
                                .map(this::refused));
    }

    /// Whether something was sent, perhaps by who had the run before, of which nobody knows yet what became
    /// of it. An answer that says "not
    /// carried out" is that of one request: a line may have delivered it twice.
    private boolean notKnown(StepRun step) {
        return run.perhapsSent(step) && !step.state().ended() && !judge.absentIsCertain(step);
    }

    private Action lookAtSent(StepRun step) {
        return untilNextLook(step).orElseGet(() -> observe(step));
    }

    /// A person asked to go back: the nearest step behind us that knows how decides what is done.
    private Action goBack(Event.Requested asked) {
        var steps = run.main();
        // Nobody may say of a change that it failed before knowing what became of it.
        var open = steps.stream().filter(this::notKnown).findFirst();
        if (open.isPresent()) {
            return lookAtSent(open.get());
        }
        var current =
                steps.stream().filter(s -> !s.state().ended()).findFirst().orElse(steps.getLast());
        return record(
                new Event.Failed(
                        current.step().key(),
                        asked.by() + " asked to go back" + because(asked.reason()),
                        run.compensatedFrom(current.step())));
    }

    /// A person decided that what is so stays so. This always ends: what cannot be put away is left.
    private Action leave(Event.Resumed decided) {
        // Whoever comes next must not meet a change of ours that lands after them.
        return untilQuiet(run.all())
                .orElseGet(() ->
                        close(
                                OperationState.STOPPED_SAFE,
                                currentKey(),
                                decided.by() + " left it as it is" + because(decided.reason())));
    }

    /// Waits while a change of unknown outcome may still take effect.
    private Optional<Action> untilQuiet(Collection<StepRun> steps) {
        for (var step : steps) {
            var left = judge.quietLeft(step);
            if (!step.state().holds() && left.isPositive()) {
                return Optional.of(
                        new Action.Await(
                                step.step(),
                                left,
                                "a call of unknown outcome may still take effect"));
            }
        }
        return Optional.empty();
    }

    private Action afterFailure(Event.Failed failed) {
        // A call of unknown outcome could still land on top of what the compensations do.
        var wait = untilQuiet(run.main());
        if (wait.isPresent()) {
            return wait.get();
        }
        if (failed.compensate().isEmpty()) {
            // Whoever says that it stopped safely knows that nobody took it over meanwhile.
            return recheck(run.main())
                    .or(this::contradicted)
                    .orElseGet(() ->
                            close(
                                    OperationState.STOPPED_SAFE,
                                    failed.step(),
                                    run.reasons(run.of(failed.step()))));
        }
        var origin = run.of(failed.step());
        if (origin.state() == StepState.FAILED) {
            return record(new Event.Compensating(failed.step()));
        }
        var steps =
                plan.step(failed.compensate()).orElseThrow().onFailure().steps().stream()
                        .map(run::of)
                        .toList();
        if (origin.state() == StepState.COMPENSATING) {
            var action = compensate(steps);
            if (action.isPresent()) {
                return action.get();
            }
            return record(new Event.Compensated(failed.step()));
        }
        var contradicted = recheck(steps).or(() -> firstBlocked(steps));
        if (contradicted.isPresent()) {
            return contradicted.get();
        }
        return close(OperationState.ROLLED_BACK, failed.step(), failed.reason());
    }

    private Optional<Action> compensate(List<StepRun> steps) {
        var again = recheck(steps);
        if (again.isPresent()) {
            return again;
        }
        // Each on its own: one that waits for a person does not hold up the others.
        for (var step : steps) {
            if (!step.state().ended()) {
                return Optional.of(advance(step));
            }
        }
        var blocked = firstBlocked(steps);
        return blocked.isPresent() ? blocked : settle(steps);
    }

    /// After a resume what should still hold is looked at again before anything else is done. Once
    /// production was given back, what becomes of it is no longer ours to judge.
    private Optional<Action> recheck(Collection<StepRun> steps) {
        if (!run.resumed() || givenBack()) {
            return Optional.empty();
        }
        return steps.stream()
                .filter(step -> run.shouldHold(step) && !step.rechecked())
                .findFirst()
                .map(step -> lookAgain(step, Purpose.RECHECK));
    }

    /// Whether the last step, which gives production back, has taken effect or still may have.
    private boolean givenBack() {
        var last = run.of(plan.steps().getLast());
        return last.step().closing()
                && (last.state().holds() || (last.sentAndOpen() && !judge.absentIsCertain(last)));
    }

    private Optional<Action> firstBlocked(List<StepRun> steps) {
        return steps.stream().flatMap(step -> ifBlocked(step).stream()).findFirst();
    }

    private Optional<Action> contradicted() {
        return firstBlocked(
                run.main().stream().filter(s -> s.state() == StepState.CONTRADICTED).toList());
    }

    private Optional<Action> settle(List<StepRun> steps) {
        for (var step : steps) {
            if (run.shouldHold(step) && !judge.justSettled(step)) {
                var left = judge.quietLeft(step);
                return Optional.of(
                        left.isPositive()
                                ? new Action.Await(step.step(), left, "letting it settle")
                                : lookAgain(step, Purpose.SETTLE));
            }
        }
        return firstBlocked(steps);
    }

    private Action close(OperationState state, String step, String reason) {
        for (var closing : plan.steps()) {
            if (!closing.closing()) {
                continue;
            }
            var closingRun = run.of(closing);
            var blocked = ifBlocked(closingRun);
            if (blocked.isPresent() && run.leave().isEmpty()) {
                return blocked.get();
            }
            if (!closingRun.state().ended()) {
                return advance(closingRun);
            }
        }
        return record(new Event.Finished(state, step, reason));
    }

    /// What a step that is not ended needs next.
    private Action advance(StepRun step) {
        var wait = untilNextLook(step);
        if (wait.isPresent()) {
            return wait.get();
        }
        return switch (step.state()) {
            case PLANNED -> observe(step);
            case INTENT ->
                    step.freshlyIntended() || !step.absent().isEmpty() ? send(step) : observe(step);
            case NOT_APPLIED -> {
                if (step.denied()) {
                    yield judge.denied(step, step.detail());
                }
                var left = judge.backoffLeft(step);
                if (left.compareTo(rules.deadline(step.step())) > 0) {
                    yield judge.giveUp(step, step.detail());
                }
                if (left.isPositive()) {
                    yield new Action.Await(step.step(), left, step.detail());
                }
                yield step.absent().isEmpty() ? observe(step) : send(step);
            }
            case ANSWERED, UNKNOWN -> judge.absentIsCertain(step) ? send(step) : observe(step);
            case REFUSED -> judge.absentIsCertain(step) ? refused(step) : observe(step);
            default -> throw new IllegalStateException(step.step().key() + " has ended");
        };
    }

    private Action send(StepRun step) {
        var spent = run.stalled(now).compareTo(rules.deadline(step.step())) >= 0;
        if (step.attemptsThisSitting() >= rules.attempts()
                || (spent && step.attemptsThisSitting() > 0)) {
            return judge.giveUp(
                    step,
                    "%d attempts came to nothing: %s"
                            .formatted(step.attemptsThisSitting(), step.detail()));
        }
        return new Action.Send(step.step(), step.attempts() + 1);
    }

    private Action refused(StepRun step) {
        return record(judge.failed(step.step(), step.detail()));
    }

    /// Observations that say "later" and pairs of readings that need their distance.
    private Optional<Action> untilNextLook(StepRun step) {
        if (step.observed().isEmpty()) {
            return Optional.empty();
        }
        var entry = step.observed().get();
        if (!(entry.event() instanceof Event.Observed observed)) {
            return Optional.empty();
        }
        var left = Duration.ofMillis(observed.againMillis()).minus(run.elapsed(entry, now));
        return left.isPositive()
                ? Optional.of(new Action.Await(step.step(), left, observed.detail()))
                : Optional.empty();
    }

    private Action lookAgain(StepRun step, Purpose purpose) {
        return untilNextLook(step).orElseGet(() -> new Action.Observe(step.step(), purpose));
    }

    private static Action observe(StepRun step) {
        return new Action.Observe(step.step(), Purpose.ACT);
    }

    private Optional<Action> ifBlocked(StepRun step) {
        return switch (step.state()) {
            case NEEDS_OPERATOR, CONTRADICTED ->
                    Optional.of(
                            record(
                                    new Event.Finished(
                                            OperationState.NEEDS_OPERATOR,
                                            step.step().key(),
                                            run.reasons(step))));
            default -> Optional.empty();
        };
    }

    private String currentKey() {
        return run.current().map(PlanStep::key).orElse("");
    }

    private static String because(String reason) {
        return reason.isBlank() ? "" : ": " + reason;
    }

    private static Action pause(String step, String reason, boolean needsOperator) {
        return record(new Event.Paused(step, reason, needsOperator));
    }

    private static Action record(Event event) {
        return Action.Note.of(event);
    }
}
