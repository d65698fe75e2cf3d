package dev.slipway.migration.verdict;

/// Which code works on which schema.
///
/// @param liveOnNew whether the code that is live works on the schema after the migrations
/// @param newOnLive whether the code that is released works on the schema of today
public record Fit(Judgement liveOnNew, Judgement newOnLive) {
    /// An answer that does not guess.
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    /// An answer and where it comes from.
    ///
    /// @param reason from what it is known, or why it is not; a whole sentence
    public record Judgement(Answer answer, String reason) {
        /// A yes.
        public static Judgement yes(String reason) {
            return new Judgement(Answer.YES, reason);
        }

        /// A no.
        public static Judgement no(String reason) {
            return new Judgement(Answer.NO, reason);
        }

        /// Nobody knows.
        public static Judgement unknown(String reason) {
            return new Judgement(Answer.UNKNOWN, reason);
        }
    }

    /// Nothing is pending, so both schemas are one.
    public static final Fit SAME =
            new Fit(
                    Judgement.yes("No migration is pending."),
                    Judgement.yes("No migration is pending."));
}
