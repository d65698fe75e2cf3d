package dev.slipway.preview;

import dev.slipway.domain.PullRequestNumber;

/// Reads previews. A refresh costs a fixed handful of calls, however many pull requests are open, and
/// wakes no compute.
public interface Previews {
    /// Reads all of them: one reading of each provider.
    PreviewList refresh();

    /// As [#refresh], when nobody waits for it: what every provider keeps in reserve is left alone,
    /// and one that has only that left is not asked.
    PreviewList poll();

    /// Reads all of them and returns one, whose Workers are asked how they are.
    ///
    /// @throws dev.slipway.domain.RefusedException when no pull request of that number is open
    PreviewList one(PullRequestNumber number);
}
