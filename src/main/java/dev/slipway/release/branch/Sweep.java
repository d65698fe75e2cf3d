package dev.slipway.release.branch;

import java.util.List;
import java.util.stream.Stream;

/// What looking for forgotten branches did.
///
/// @param removed names of the branches that were deleted
/// @param left those that are still there, with the reason
public record Sweep(List<String> removed, List<BranchDebt.Left> left) {
    /// Nothing was forgotten.
    public static final Sweep CLEAN = new Sweep(List.of(), List.of());

    public Sweep {
        removed = List.copyOf(removed);
        left = List.copyOf(left);
    }

    /// What a person reads; empty when there is nothing to say.
    public List<String> sentences() {
        return Stream.concat(
                        removed.stream()
                                .map(name ->
                                        "The throw-away branch "
                                                + name
                                                + ", which an earlier run left, was removed."),
                        left.stream().map(BranchDebt.Left::sentence))
                .toList();
    }
}
