package dev.slipway.github;

import java.util.List;
import java.util.Set;

/// The rulesets that hold for a branch.
///
/// @param types every rule's type as GitHub names it, for example `merge_queue`
/// @param requiredChecks contexts that must be green
/// @param approvals how many approvals a pull request needs; zero when none
/// @param mergeMethods the methods a ruleset leaves; empty when no rule speaks of them
public record BranchRules(
        Set<String> types,
        List<String> requiredChecks,
        int approvals,
        Set<MergeMethod> mergeMethods) {
    public BranchRules {
        types = Set.copyOf(types);
        requiredChecks = List.copyOf(requiredChecks);
        mergeMethods = Set.copyOf(mergeMethods);
    }

    /// Whether pull requests reach the branch only through a merge queue.
    public boolean mergeQueue() {
        return types.contains("merge_queue");
    }
}
