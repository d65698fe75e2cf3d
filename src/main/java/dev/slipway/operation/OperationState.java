package dev.slipway.operation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Where an operation is, as people and the command line see it. The legal transitions are the table
/// below and nothing else.
public enum OperationState {
    /// A living program works on it.
    RUNNING(false),
    /// Stopped between calls, waiting for a person or for better weather.
    PAUSED(false),
    /// The program that worked on it is gone; nothing resumes by itself.
    INTERRUPTED(false),
    /// Every step is done and was seen to hold at the end.
    SUCCEEDED(true),
    /// Every compensation is done and was seen to hold at the end.
    ROLLED_BACK(true),
    /// Stopped where it is safe to stay.
    STOPPED_SAFE(true),
    /// Facts contradict the plan: a person decides. Can be resumed with that decision.
    NEEDS_OPERATOR(true);

    /// What moves an operation.
    public enum Trigger {
        /// It stopped between calls.
        PAUSED,
        /// The program ended without a word.
        LOST,
        /// A person decided to go on, or to go back.
        RESUMED,
        /// It ended.
        SUCCEEDED,
        ROLLED_BACK,
        STOPPED_SAFE,
        NEEDS_OPERATOR
    }

    private static final Map<OperationState, Map<Trigger, OperationState>> TABLE = table();

    private final boolean terminal;

    OperationState(boolean terminal) {
        this.terminal = terminal;
    }

    /// Every legal transition.
    public static Map<OperationState, Map<Trigger, OperationState>> transitions() {
        return TABLE;
    }

    /// The state after `trigger`.
    ///
    /// @throws IllegalStateException when the transition is not declared
    public OperationState after(Trigger trigger) {
        var next = Objects.requireNonNull(TABLE.get(this)).get(trigger);
        if (next == null) {
            throw new IllegalStateException("no transition from " + this + " by " + trigger);
        }
        return next;
    }

    /// As people read it.
    public String words() {
        return switch (this) {
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case INTERRUPTED -> "interrupted";
            case SUCCEEDED -> "done";
            case ROLLED_BACK -> "rolled back";
            case STOPPED_SAFE -> "stopped where it is safe to stay";
            case NEEDS_OPERATOR -> "needs an operator";
        };
    }

    /// Whether it ended.
    public boolean terminal() {
        return terminal;
    }

    /// Whether it can be resumed.
    public boolean resumable() {
        return Objects.requireNonNull(TABLE.get(this)).containsKey(Trigger.RESUMED);
    }

    private static Map<OperationState, Map<Trigger, OperationState>> table() {
        var table = new EnumMap<OperationState, Map<Trigger, OperationState>>(OperationState.class);
        for (var state : values()) {
            table.put(state, new EnumMap<>(Trigger.class));
        }
        var running = Objects.requireNonNull(table.get(RUNNING));
        running.put(Trigger.PAUSED, PAUSED);
        running.put(Trigger.LOST, INTERRUPTED);
        running.put(Trigger.SUCCEEDED, SUCCEEDED);
        running.put(Trigger.ROLLED_BACK, ROLLED_BACK);
        running.put(Trigger.STOPPED_SAFE, STOPPED_SAFE);
        running.put(Trigger.NEEDS_OPERATOR, NEEDS_OPERATOR);
        for (var state : new OperationState[] {PAUSED, INTERRUPTED, NEEDS_OPERATOR}) {
            Objects.requireNonNull(table.get(state)).put(Trigger.RESUMED, RUNNING);
        }
        table.replaceAll((_, row) -> Collections.unmodifiableMap(row));
        return Collections.unmodifiableMap(table);
    }
}
