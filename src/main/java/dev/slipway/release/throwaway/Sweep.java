package dev.slipway.release.throwaway;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What looking for things that earlier runs left did.
///
/// @param removed what was removed
/// @param left what is still there, each with its reason
/// @param problems why some of it is not known, whole sentences
public record Sweep(List<Debt> removed, List<Debt> left, List<String> problems) {
    /// Nothing was left.
    public static final Sweep CLEAN = new Sweep(List.of(), List.of(), List.of());

    public Sweep {
        removed = List.copyOf(removed);
        left = List.copyOf(left);
        problems = List.copyOf(problems);
    }

    /// What was done, one sentence; empty when nothing was.
    public String done() {
        return removed.isEmpty()
                ? ""
                : "Removed what an earlier run left: "
                        + removed.stream()
                                .map(debt -> debt.kind().word() + " " + debt.name())
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    /// What is still to be done, a sentence each.
    public List<String> open() {
        var all = new ArrayList<String>();
        left.stream().map(Debt::sentence).forEach(all::add);
        all.addAll(problems);
        return List.copyOf(all);
    }
}
