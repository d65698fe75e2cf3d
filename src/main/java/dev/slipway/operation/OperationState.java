package dev.slipway.operation;

/// Where an operation is, as people and the command line see it.
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

    private final boolean terminal;

    OperationState(boolean terminal) {
        this.terminal = terminal;
    }

    /// Whether it ended.
    public boolean terminal() {
        return terminal;
    }

    /// Whether it can be resumed.
    public boolean resumable() {
        return this == PAUSED || this == INTERRUPTED || this == NEEDS_OPERATOR;
    }
}
