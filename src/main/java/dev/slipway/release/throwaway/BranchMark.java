package dev.slipway.release.throwaway;

import dev.slipway.neon.Branch;
import java.util.Map;

/// How a branch says whose it is: by a text stored with it when it was made.
public final class BranchMark {
    private static final String KEY = "slipway-mark";

    private BranchMark() {}

    /// What is stored with a branch.
    public static Map<String, String> annotation(String mark) {
        return Map.of(KEY, mark);
    }

    /// The mark of `branch`, empty when it has none.
    public static String of(Branch branch) {
        return branch.annotation().getOrDefault(KEY, "");
    }
}
