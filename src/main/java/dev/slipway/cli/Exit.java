package dev.slipway.cli;

/// How a command ends.
public final class Exit {
    /// Done, partial readings included.
    public static final int DONE = 0;

    /// Found wrong without asking a remote; nothing was changed.
    public static final int INPUT = 2;

    /// Refused after asking; nothing was changed.
    public static final int REFUSED = 3;

    /// Stopped; the message says what production runs now.
    public static final int STOPPED = 4;

    /// Paused, or needs an operator.
    public static final int PAUSED = 5;

    private Exit() {}
}
