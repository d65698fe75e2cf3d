package dev.slipway.github;

import java.util.Locale;

/// How a pull request becomes commits of its base branch.
public enum MergeMethod {
    MERGE,
    SQUASH,
    REBASE;

    /// As GitHub writes it.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
