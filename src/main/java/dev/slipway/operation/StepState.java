package dev.slipway.operation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Where a step is. The legal transitions are the table below and nothing else; an event that is
/// not in it is a defect of this program and is never journalled.
public enum StepState {
    PLANNED,
    /// Announced in the journal, nothing sent.
    INTENT,
    /// On its way; no answer noted yet.
    SENT,
    /// The provider says it was carried out; not seen yet.
    ANSWERED,
    /// Nobody knows whether it was carried out.
    UNKNOWN,
    /// Certainly not carried out; will be tried again.
    NOT_APPLIED,
    /// The provider said no; not looked yet whether it is there all the same.
    REFUSED,
    /// Seen to be there, by our doing.
    CONFIRMED,
    /// Was there before anything was sent.
    SKIPPED_ALREADY_TRUE,
    /// Did not come true, and the plan goes on.
    WARNED,
    FAILED,
    COMPENSATING,
    COMPENSATED,
    /// Was confirmed and is no longer there.
    CONTRADICTED,
    NEEDS_OPERATOR;

    /// What moves a step.
    public enum Trigger {
        INTENDED,
        SENT,
        ACCEPTED,
        NOT_APPLIED,
        REFUSED,
        UNKNOWN,
        CONFIRMED,
        SKIPPED,
        FAILED,
        WARNED,
        BLOCKED,
        COMPENSATING,
        COMPENSATED,
        RESUMED
    }

    private static final Map<StepState, Map<Trigger, StepState>> TABLE = table();

    /// Every legal transition.
    public static Map<StepState, Map<Trigger, StepState>> transitions() {
        return TABLE;
    }

    /// The state after `trigger`.
    ///
    /// @throws IllegalStateException when the transition is not declared
    public StepState after(Trigger trigger) {
        var next = TABLE.getOrDefault(this, Map.of()).get(trigger);
        if (next == null) {
            throw new IllegalStateException("no transition from " + this + " by " + trigger);
        }
        return next;
    }

    /// The state after a resume, which leaves most states as they are.
    StepState resumed() {
        return TABLE.getOrDefault(this, Map.of()).getOrDefault(Trigger.RESUMED, this);
    }

    /// As people read it.
    public String words() {
        return switch (this) {
            case PLANNED -> "planned";
            case INTENT -> "announced";
            case SENT -> "sent";
            case ANSWERED -> "accepted, not seen yet";
            case UNKNOWN -> "not known whether it was carried out";
            case NOT_APPLIED -> "not carried out";
            case REFUSED -> "refused";
            case CONFIRMED -> "done";
            case SKIPPED_ALREADY_TRUE -> "was so already";
            case WARNED -> "did not come true, goes on";
            case FAILED -> "failed";
            case COMPENSATING -> "is being undone";
            case COMPENSATED -> "undone";
            case CONTRADICTED -> "was done and is no longer so";
            case NEEDS_OPERATOR -> "needs an operator";
        };
    }

    /// Whether the step needs nothing more.
    public boolean ended() {
        return switch (this) {
            case CONFIRMED, SKIPPED_ALREADY_TRUE, WARNED, FAILED, COMPENSATING, COMPENSATED -> true;
            case CONTRADICTED, NEEDS_OPERATOR -> true;
            case PLANNED, INTENT, SENT, ANSWERED, UNKNOWN, NOT_APPLIED, REFUSED -> false;
        };
    }

    /// Whether it came to nothing, or a person must decide about it.
    boolean stuck() {
        return this == FAILED || this == NEEDS_OPERATOR || this == CONTRADICTED;
    }

    /// Whether it was seen to be true.
    public boolean holds() {
        return this == CONFIRMED || this == SKIPPED_ALREADY_TRUE;
    }

    static Optional<Trigger> trigger(Event.OfStep event) {
        return Optional.ofNullable(
                switch (event) {
                    case Event.Intended _ -> Trigger.INTENDED;
                    case Event.Sent _ -> Trigger.SENT;
                    case Event.Answered(_, _, var outcome, _, _, _) ->
                            switch (outcome) {
                                case ACCEPTED -> Trigger.ACCEPTED;
                                case NOT_APPLIED, DENIED -> Trigger.NOT_APPLIED;
                                case REFUSED -> Trigger.REFUSED;
                                case UNKNOWN -> Trigger.UNKNOWN;
                            };
                    case Event.Observed _ -> null;
                    case Event.Confirmed _ -> Trigger.CONFIRMED;
                    case Event.Skipped _ -> Trigger.SKIPPED;
                    case Event.Failed _ -> Trigger.FAILED;
                    case Event.Warned _ -> Trigger.WARNED;
                    case Event.Blocked _ -> Trigger.BLOCKED;
                    case Event.Compensating _ -> Trigger.COMPENSATING;
                    case Event.Compensated _ -> Trigger.COMPENSATED;
                });
    }

    private static Map<StepState, Map<Trigger, StepState>> table() {
        var table = new EnumMap<StepState, Map<Trigger, StepState>>(StepState.class);
        for (var state : values()) {
            table.put(state, new EnumMap<>(Trigger.class));
        }
        put(table, PLANNED, Trigger.INTENDED, INTENT);
        put(table, PLANNED, Trigger.CONFIRMED, CONFIRMED);
        for (var state : new StepState[] {INTENT, NOT_APPLIED, UNKNOWN, ANSWERED}) {
            put(table, state, Trigger.SENT, SENT);
            // No byte left: the attempt ended at the lock or while it was being prepared.
            put(table, state, Trigger.NOT_APPLIED, NOT_APPLIED);
            put(table, state, Trigger.REFUSED, REFUSED);
        }
        put(table, SENT, Trigger.ACCEPTED, ANSWERED);
        put(table, SENT, Trigger.NOT_APPLIED, NOT_APPLIED);
        put(table, SENT, Trigger.REFUSED, REFUSED);
        put(table, SENT, Trigger.UNKNOWN, UNKNOWN);
        for (var state : new StepState[] {PLANNED, INTENT, NOT_APPLIED, REFUSED, UNKNOWN}) {
            put(table, state, Trigger.SKIPPED, SKIPPED_ALREADY_TRUE);
        }
        for (var state : new StepState[] {ANSWERED, UNKNOWN, NOT_APPLIED, REFUSED}) {
            put(table, state, Trigger.CONFIRMED, CONFIRMED);
        }
        for (var state :
                new StepState[] {PLANNED, INTENT, ANSWERED, UNKNOWN, NOT_APPLIED, REFUSED}) {
            put(table, state, Trigger.FAILED, FAILED);
            put(table, state, Trigger.WARNED, WARNED);
            put(table, state, Trigger.BLOCKED, NEEDS_OPERATOR);
        }
        // An operator looked into it; what was sent before is as unknown as a lost answer.
        put(table, UNKNOWN, Trigger.INTENDED, INTENT);
        put(table, NEEDS_OPERATOR, Trigger.RESUMED, UNKNOWN);
        // Somebody asks to go back after the last step, before it settled.
        for (var state : new StepState[] {CONFIRMED, SKIPPED_ALREADY_TRUE, WARNED}) {
            put(table, state, Trigger.FAILED, FAILED);
        }
        put(table, CONFIRMED, Trigger.BLOCKED, CONTRADICTED);
        put(table, SKIPPED_ALREADY_TRUE, Trigger.BLOCKED, CONTRADICTED);
        put(table, CONTRADICTED, Trigger.RESUMED, CONFIRMED);
        put(table, FAILED, Trigger.COMPENSATING, COMPENSATING);
        put(table, COMPENSATING, Trigger.COMPENSATED, COMPENSATED);
        table.replaceAll((_, row) -> Collections.unmodifiableMap(row));
        return Collections.unmodifiableMap(table);
    }

    private static void put(
            Map<StepState, Map<Trigger, StepState>> table,
            StepState from,
            Trigger trigger,
            StepState to) {
        Objects.requireNonNull(table.get(from)).put(trigger, to);
    }
}
