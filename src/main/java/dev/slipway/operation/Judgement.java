package dev.slipway.operation;

import dev.slipway.domain.Failure;
import dev.slipway.operation.Event.Verdict;
import dev.slipway.operation.PlanStep.Kind;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.operation.StepScope.Purpose;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What one observation means for a run. Pure, like the [Engine] it belongs to.
final class Judgement {
    private final RunState run;
    private final Moment now;
    private final Rules rules;

    Judgement(RunState run, Moment now, Rules rules) {
        this.run = run;
        this.now = now;
        this.rules = rules;
    }

    Action of(Seen seen) {
        var step = run.of(seen.step());
        return seen.purpose() == Purpose.ACT ? acting(step, seen) : holding(step, seen);
    }

    /// The step is not ended: is it done, and if not, may it be sent?
    private Action acting(StepRun step, Seen seen) {
        var key = step.step().key();
        return switch (seen.observation()) {
            case Observation.Done(var outputs, var evidence) -> {
                checkNames(step.step(), outputs);
                var ours = step.step().kind() != Kind.MUTATION || step.sent().isPresent();
                yield record(
                        ours
                                ? new Event.Confirmed(key, outputs, evidence)
                                : new Event.Skipped(key, outputs, evidence));
            }
            case Observation.Absent(var evidence, var captured) ->
                    absent(step, seen, evidence, captured);
            case Observation.Foreign(var reason, _) -> foreign(step.step(), reason);
            case Observation.NotYet(var reason, _, var again, _) ->
                    later(step, seen, Verdict.NOT_YET, reason, again.orElse(rules.poll()));
            case Observation.Failed(var reason, _) -> record(failed(step.step(), reason));
            case Observation.CannotTell(var failure) -> cannotTell(step, seen, failure);
        };
    }

    private Action absent(
            StepRun step, Seen seen, Map<String, String> evidence, Map<String, String> captured) {
        if (step.step().kind() != Kind.MUTATION) {
            return later(step, seen, Verdict.NOT_YET, "not there yet", rules.poll());
        }
        if (step.intent().isEmpty()) {
            return record(intent(step.step(), evidence, captured));
        }
        return switch (step.state()) {
            case ANSWERED, UNKNOWN, REFUSED -> {
                var left = quietLeft(step, seen.at());
                if (left.isPositive()) {
                    var look = longer(rules.poll(), left.dividedBy(4));
                    yield new Action.Await(
                            step.step(),
                            shorter(left, look),
                            step.state() == StepState.ANSWERED
                                    ? "accepted; waiting until it can be read back"
                                    : "it is not known whether the change took effect");
                }
                yield record(absentRead(step, seen, evidence));
            }
            default ->
                    record(
                            run.turning() || run.stuckBeside(step.step())
                                    ? absentRead(step, seen, evidence)
                                    : new Event.Observed(
                                            step.step().key(),
                                            Verdict.ABSENT,
                                            seen.purpose(),
                                            "absent",
                                            evidence,
                                            0));
        };
    }

    /// The step is done: does it still hold?
    private Action holding(StepRun step, Seen seen) {
        var key = step.step().key();
        return switch (seen.observation()) {
            case Observation.Done(var outputs, var evidence) -> {
                var other =
                        outputs.entrySet().stream()
                                .filter(e -> differs(e.getKey(), e.getValue()))
                                .findFirst();
                yield record(
                        other.isPresent()
                                ? new Event.Blocked(
                                        key,
                                        "%s was %s and is now %s"
                                                .formatted(
                                                        other.get().getKey(),
                                                        run.output(other.get().getKey()).orElse(""),
                                                        other.get().getValue()))
                                : new Event.Observed(
                                        key, Verdict.DONE, seen.purpose(), "holds", evidence, 0));
            }
            case Observation.Absent(var evidence, _) ->
                    record(
                            certainWith(step, seen)
                                    ? new Event.Blocked(
                                            key,
                                            "\"%s\" was done and is no longer so: %s"
                                                    .formatted(step.step().title(), evidence))
                                    : absentRead(step, seen, evidence));
            case Observation.Foreign(var reason, _) -> record(new Event.Blocked(key, reason));
            case Observation.Failed(var reason, _) -> record(new Event.Blocked(key, reason));
            case Observation.NotYet(var reason, _, var again, _) ->
                    later(step, seen, Verdict.NOT_YET, reason, again.orElse(rules.poll()));
            case Observation.CannotTell(var failure) -> cannotTell(step, seen, failure);
        };
    }

    private boolean differs(String name, String value) {
        return run.output(name).filter(known -> !known.equals(value)).isPresent();
    }

    private Event absentRead(StepRun step, Seen seen, Map<String, String> evidence) {
        var enough = certainWith(step, seen);
        return new Event.Observed(
                step.step().key(),
                Verdict.ABSENT,
                seen.purpose(),
                "absent; one reading may lag behind",
                evidence,
                enough ? 0 : agreement().distance().toMillis());
    }

    boolean absentIsCertain(StepRun step) {
        return agreement().certain(absent(step).toList());
    }

    private boolean certainWith(StepRun step, Seen seen) {
        return agreement().certain(Stream.concat(absent(step), Stream.of(seen.at())).toList());
    }

    private static Stream<Moment> absent(StepRun step) {
        return step.absent().stream().map(Entry::at);
    }

    private Safeguards.Agreement agreement() {
        return rules.safeguards().agreement();
    }

    Duration quietLeft(StepRun step) {
        return quietLeft(step, now);
    }

    /// How long the last change may still take effect; not positive when it cannot.
    private Duration quietLeft(StepRun step, Moment at) {
        if (step.sent().isEmpty()
                || step.answer().isEmpty()
                || !(step.answer().get().event() instanceof Event.Answered answered)) {
            return Duration.ZERO;
        }
        return switch (answered.outcome()) {
            case NOT_APPLIED, REFUSED, DENIED -> Duration.ZERO;
            case ACCEPTED, UNKNOWN -> {
                // The last byte left before the answer, and before the call's own timeout.
                var sinceSent = run.elapsed(step.sent().get(), at).minus(rules.mutation());
                var sinceAnswer = run.elapsed(step.answer().get(), at);
                yield rules.quiet(step.step()).minus(longer(sinceSent, sinceAnswer));
            }
        };
    }

    /// Whether a step was seen to hold a short while ago. A machine that slept since has to look again;
    /// the wall clock shows it, the other one stands still.
    boolean justSettled(StepRun step) {
        return step.settled()
                .map(Entry::at)
                .map(at -> {
                    var shown = Duration.between(at.wall(), now.wall());
                    return now.comparable(at) && now.since(at).compareTo(shown) > 0
                            ? now.since(at)
                            : shown;
                })
                .filter(age -> age.compareTo(rules.stepDeadline()) <= 0)
                .isPresent();
    }

    /// How long to wait before the next attempt; not positive when none is needed.
    Duration backoffLeft(StepRun step) {
        if (step.answer().isEmpty()
                || !(step.answer().get().event() instanceof Event.Answered answered)) {
            return Duration.ZERO;
        }
        var asked =
                answered.retryAfterMillis() > 0
                        ? Optional.of(Duration.ofMillis(answered.retryAfterMillis()))
                        : Optional.<Duration>empty();
        return rules.beforeRetry(run.plan(), step.step(), step.attemptsThisSitting(), asked)
                .minus(run.elapsed(step.answer().get(), now));
    }

    private Action cannotTell(StepRun step, Seen seen, Failure failure) {
        if (failure instanceof Failure.Unauthorized) {
            return denied(step, failure.sentence());
        }
        var again = longer(Rules.asked(failure, now.wall()).orElse(rules.poll()), rules.poll());
        return later(step, seen, Verdict.CANNOT_TELL, failure.sentence(), again);
    }

    /// A token that is refused does not get better by waiting.
    Action denied(StepRun step, String sentence) {
        return goesOn(step.step())
                ? giveUp(step, sentence)
                : record(new Event.Paused(step.step().key(), sentence, true));
    }

    private Action later(StepRun step, Seen seen, Verdict verdict, String detail, Duration again) {
        var deadline = rules.deadline(step.step());
        if (run.stalled(now).compareTo(deadline) >= 0 || again.compareTo(deadline) > 0) {
            return giveUp(step, detail);
        }
        var same =
                step.observed()
                        .map(Entry::event)
                        .filter(e ->
                                e instanceof Event.Observed o
                                        && o.verdict() == verdict
                                        && o.detail().equals(detail))
                        .isPresent();
        return same
                ? new Action.Await(step.step(), again, detail)
                : record(
                        new Event.Observed(
                                step.step().key(),
                                verdict,
                                seen.purpose(),
                                detail,
                                Map.of(),
                                again.toMillis()));
    }

    /// The time or the attempts of a step are spent and nothing is certain.
    Action giveUp(StepRun step, String reason) {
        var key = step.step().key();
        if (goesOn(step.step()) && !step.state().ended()) {
            return record(
                    run.isCompensation(step.step())
                            ? new Event.Blocked(key, reason)
                            : new Event.Warned(key, reason));
        }
        return record(new Event.Paused(key, reason, false));
    }

    Event failed(PlanStep step, String reason) {
        if (run.isCompensation(step)) {
            return new Event.Blocked(step.key(), reason);
        }
        if (step.closing()) {
            return new Event.Warned(step.key(), reason);
        }
        return switch (step.onFailure()) {
            case OnFailure.WarnOnly() -> new Event.Warned(step.key(), reason);
            case OnFailure.StopSafe() -> new Event.Failed(step.key(), reason, "");
            case OnFailure.Compensate _ -> new Event.Failed(step.key(), reason, step.key());
        };
    }

    private Action foreign(PlanStep step, String reason) {
        var warns = step.closing() || step.onFailure() instanceof OnFailure.WarnOnly;
        var back = run.rollBack();
        if (back.isPresent() && run.failed().isEmpty() && !warns) {
            // Whoever asked to go back may have put things back by hand: what undoes it looks
            // itself.
            var compensate = run.compensatedFrom(step);
            if (!compensate.isEmpty()) {
                return record(
                        new Event.Failed(
                                step.key(),
                                back.get().by() + " asked to go back. " + reason,
                                compensate));
            }
        }
        return record(
                warns && !run.isCompensation(step)
                        ? new Event.Warned(step.key(), reason)
                        : new Event.Blocked(step.key(), reason));
    }

    /// Whether others are carried out although this one came to nothing.
    private boolean goesOn(PlanStep step) {
        return run.isCompensation(step) || step.onFailure() instanceof OnFailure.WarnOnly;
    }

    private Event intent(
            PlanStep step, Map<String, String> evidence, Map<String, String> captured) {
        var epoch = run.output(RunState.EPOCH).map(Long::valueOf);
        return new Event.Intended(step.key(), run.plan().mark(step), evidence, captured, epoch);
    }

    private void checkNames(PlanStep step, Map<String, String> outputs) {
        for (var output : outputs.entrySet()) {
            if (!output.getKey().startsWith(step.group() + ".")
                    || differs(output.getKey(), output.getValue())) {
                throw new IllegalStateException(
                        step.key() + " may not give the output " + output.getKey());
            }
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Action record(Event event) {
        return Action.Note.of(event);
    }
}
