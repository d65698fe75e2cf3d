package dev.slipway.release.throwaway;

/// Removes things of one kind, by id, after they were seen to be ours and to hold nothing else up.
public interface Removal {
    /// What became of one.
    sealed interface Result {
        /// It was removed and is gone.
        record Deleted() implements Result {}

        /// It is not there and can no longer come.
        record NeverThere() implements Result {}

        /// It is not there, but a request that was never answered may still make it.
        record MayCome(String reason) implements Result {}

        /// It is there, or nobody can say.
        record Stays(String reason) implements Result {}
    }

    /// Looks for what `debt` stands for and removes it. Never throws for what a provider does.
    ///
    /// @throws InterruptedException while it waited
    Result of(Debt debt) throws InterruptedException;
}
