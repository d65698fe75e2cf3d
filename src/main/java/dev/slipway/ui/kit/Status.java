package dev.slipway.ui.kit;

/// A state as people read it: picture, word, colour, in that order of trust.
///
/// @param word what is said and spoken, one or two words, sentence case
public record Status(String word, Icon icon, Tone tone) {
    public static final Status HEALTHY = new Status("Healthy", Icon.OK, Tone.SUCCESS);
    public static final Status PASSED = new Status("Passed", Icon.OK, Tone.SUCCESS);
    public static final Status DONE = new Status("Done", Icon.OK, Tone.SUCCESS);
    public static final Status READY = new Status("Ready", Icon.OK, Tone.SUCCESS);
    public static final Status FAILING = new Status("Failing", Icon.FAILED, Tone.DANGER);
    public static final Status FAILED = new Status("Failed", Icon.FAILED, Tone.DANGER);
    public static final Status ATTENTION = new Status("Attention", Icon.ATTENTION, Tone.WARNING);
    public static final Status PARTIAL = new Status("Partial", Icon.ATTENTION, Tone.WARNING);
    public static final Status SLOW = new Status("Slow", Icon.ATTENTION, Tone.WARNING);
    public static final Status RUNNING = new Status("Running", Icon.RUNNING, Tone.ACCENT);
    public static final Status BUILDING = new Status("Building", Icon.RUNNING, Tone.ACCENT);
    public static final Status QUEUED = new Status("Queued", Icon.WAITING, Tone.MUTED);
    public static final Status WAITING = new Status("Waiting", Icon.WAITING, Tone.MUTED);
    public static final Status PAUSED = new Status("Paused", Icon.PAUSED, Tone.ACCENT);
    public static final Status LIVE = new Status("Live", Icon.LIVE, Tone.PRODUCTION);
    public static final Status UNKNOWN = new Status("Unknown", Icon.UNKNOWN, Tone.MUTED);
    public static final Status STALE = new Status("Stale", Icon.STALE, Tone.MUTED);
    public static final Status EXPIRED = new Status("Expired", Icon.STALE, Tone.MUTED);
    public static final Status NOT_CREATED =
            new Status("Not created", Icon.NOT_CREATED, Tone.MUTED);
    public static final Status MISSING = new Status("Missing", Icon.MISSING, Tone.WARNING);
    public static final Status SKIPPED = new Status("Skipped", Icon.SKIPPED, Tone.MUTED);
    public static final Status WAIVED = new Status("Waived", Icon.WAIVED, Tone.WARNING);
    public static final Status HELD = new Status("Held", Icon.BLOCKED, Tone.DANGER);
    public static final Status BLOCKED = new Status("Blocked", Icon.BLOCKED, Tone.DANGER);
    public static final Status LOCKED = new Status("Locked", Icon.LOCK, Tone.MUTED);
    public static final Status OFFLINE = new Status("Offline", Icon.OFFLINE, Tone.MUTED);
    public static final Status SUPERSEDED = new Status("Superseded", Icon.SUPERSEDED, Tone.MUTED);

    /// The same state in other words.
    public Status saying(String otherWord) {
        return new Status(otherWord, icon, tone);
    }
}
