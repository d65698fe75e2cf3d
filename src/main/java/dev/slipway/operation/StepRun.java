package dev.slipway.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the journal says about one step.
final class StepRun {
    private final PlanStep step;
    private StepState state = StepState.PLANNED;
    private int attempts;
    private int attemptsThisSitting;
    private Event.@Nullable Intended intent;
    private @Nullable Entry sent;
    private @Nullable Entry answer;
    private @Nullable Entry observed;
    private Map<String, String> receipt = Map.of();
    private String reason = "";
    private boolean intendedThisSitting;
    private boolean rechecked;
    private @Nullable Entry settled;
    private boolean handedOver;
    private final List<Entry> absent = new ArrayList<>();

    StepRun(PlanStep step) {
        this.step = step;
    }

    PlanStep step() {
        return step;
    }

    StepState state() {
        return state;
    }

    /// Attempts so far, over all sittings.
    int attempts() {
        return attempts;
    }

    int attemptsThisSitting() {
        return attemptsThisSitting;
    }

    Optional<Event.Intended> intent() {
        return Optional.ofNullable(intent);
    }

    /// Whether the intent is fresh, so that what it was based on needs no second look.
    boolean freshlyIntended() {
        return intendedThisSitting && state == StepState.INTENT && attemptsThisSitting == 0;
    }

    Optional<Entry> sent() {
        return Optional.ofNullable(sent);
    }

    /// Whether a change left and it is not known yet whether it took effect.
    boolean sentAndOpen() {
        return sent != null
                && switch (state) {
                    case SENT, ANSWERED, UNKNOWN, REFUSED -> true;
                    default -> false;
                };
    }

    Optional<Entry> answer() {
        return Optional.ofNullable(answer);
    }

    /// The last observation of this sitting that was journalled, unless something was sent since.
    Optional<Entry> observed() {
        return Optional.ofNullable(observed);
    }

    /// The readings of this sitting, after the last answer, that agree on "absent".
    List<Entry> absent() {
        return absent;
    }

    /// What the last answer said; empty without one.
    String detail() {
        return answered().map(Event.Answered::detail).orElse("");
    }

    /// Whether the last attempt of this sitting was refused for its token.
    boolean denied() {
        return attemptsThisSitting > 0
                && answered().filter(a -> a.outcome() == Event.Outcome.DENIED).isPresent();
    }

    private Optional<Event.Answered> answered() {
        return answer().map(Entry::event)
                .flatMap(e ->
                        e instanceof Event.Answered answered
                                ? Optional.of(answered)
                                : Optional.empty());
    }

    Map<String, String> receipt() {
        return receipt;
    }

    /// Why it failed, warned or waits for a person.
    String reason() {
        return reason;
    }

    boolean rechecked() {
        return rechecked;
    }

    /// The last look of this sitting before the end, which saw it hold.
    Optional<Entry> settled() {
        return Optional.ofNullable(settled);
    }

    /// Whether somebody else was at it, whose last lines nobody here has.
    boolean handedOver() {
        return handedOver;
    }

    void handOver() {
        handedOver = true;
    }

    void resumed() {
        state = state.resumed();
        attemptsThisSitting = 0;
        woke();
    }

    /// What was seen before counts no more.
    void woke() {
        intendedThisSitting = false;
        rechecked = false;
        settled = null;
        observed = null;
        absent.clear();
    }

    void apply(Entry entry, Event.OfStep event) {
        StepState.trigger(event).ifPresent(t -> state = state.after(t));
        switch (event) {
            case Event.Intended intended -> {
                intent = intended;
                intendedThisSitting = true;
                looked();
            }
            case Event.Sent(_, var attempt, _, _, _, _, _) -> {
                sent = entry;
                answer = null;
                count(attempt);
            }
            case Event.Answered(_, var attempt, _, _, _, var ids) -> {
                answer = entry;
                receipt = ids;
                if (attempt > attempts) {
                    count(attempt);
                }
                looked();
            }
            case Event.Observed(_, var verdict, var purpose, _, _, _) -> {
                observed = entry;
                switch (verdict) {
                    case ABSENT -> absent.add(entry);
                    // Not being able to look contradicts nothing that was seen.
                    case CANNOT_TELL -> {}
                    default -> absent.clear();
                }
                if (verdict == Event.Verdict.DONE) {
                    rechecked = true;
                    settled = purpose == StepScope.Purpose.SETTLE ? entry : settled;
                }
            }
            case Event.Confirmed _, Event.Skipped _ -> {
                rechecked = true;
                looked();
            }
            case Event.Failed(_, var why, _) -> reason = why;
            case Event.Warned(_, var why) -> reason = why;
            case Event.Blocked(_, var why) -> reason = why;
            case Event.Compensating _, Event.Compensated _ -> {}
        }
    }

    private void count(int attempt) {
        attempts = attempt;
        attemptsThisSitting++;
    }

    private void looked() {
        observed = null;
        absent.clear();
    }
}
