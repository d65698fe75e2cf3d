package dev.slipway.cli;

/// The types of a journal's events as people read them.
final class JournalWords {
    private JournalWords() {}

    /// @param type as the journal and `--json` hold it, such as `INTENDED`
    static String of(String type) {
        return switch (type) {
            case "STARTED" -> "started";
            case "RESUMED" -> "resumed";
            case "TOOK_OVER" -> "taken over";
            case "WOKE_UP" -> "the computer slept";
            case "REQUESTED" -> "asked to pause or to go back";
            case "PAUSED" -> "paused";
            case "SETTLED" -> "seen to hold at the end";
            case "FINISHED" -> "ended";
            case "INTENDED" -> "announced";
            case "SENT" -> "sent";
            case "ANSWERED" -> "answered";
            case "OBSERVED" -> "looked at";
            case "CONFIRMED" -> "done";
            case "SKIPPED" -> "was so already";
            case "FAILED" -> "failed";
            case "WARNED" -> "did not come true, goes on";
            case "BLOCKED" -> "needs an operator";
            case "COMPENSATING" -> "is being undone";
            case "COMPENSATED" -> "undone";
            default -> type;
        };
    }
}
