package dev.slipway.sandbox.world;

import java.util.Set;

/// A repository and its rules.
///
/// @param id its number at GitHub
/// @param merges allowed ways to merge
/// @param approvals how many approving reviews a merge into the default branch needs
/// @param requiredChecks names of checks or status contexts that must be green before such a merge
/// @param deletesHead whether a merge deletes the head branch
public record GitHubSettings(
        long id,
        String owner,
        String name,
        String defaultBranch,
        boolean hidden,
        Set<GitHubPulls.Method> merges,
        int approvals,
        Set<String> requiredChecks,
        boolean deletesHead) {

    public GitHubSettings {
        merges = Set.copyOf(merges);
        requiredChecks = Set.copyOf(requiredChecks);
    }

    /// A private repository that allows every merge and requires nothing.
    public static GitHubSettings of(String owner, String name, String defaultBranch) {
        return new GitHubSettings(
                70_000_000L + Math.floorMod((owner + "/" + name).hashCode(), 1_000_000),
                owner,
                name,
                defaultBranch,
                true,
                Set.of(GitHubPulls.Method.values()),
                0,
                Set.of(),
                false);
    }

    /// The same with reviews required.
    public GitHubSettings requiring(int reviews) {
        return new GitHubSettings(
                id,
                owner,
                name,
                defaultBranch,
                hidden,
                merges,
                reviews,
                requiredChecks,
                deletesHead);
    }

    /// The same with these checks required.
    public GitHubSettings requiring(Set<String> checks) {
        return new GitHubSettings(
                id, owner, name, defaultBranch, hidden, merges, approvals, checks, deletesHead);
    }

    /// The same with only these ways to merge.
    public GitHubSettings allowing(Set<GitHubPulls.Method> ways) {
        return new GitHubSettings(
                id,
                owner,
                name,
                defaultBranch,
                hidden,
                ways,
                approvals,
                requiredChecks,
                deletesHead);
    }

    /// `owner/name`.
    public String fullName() {
        return owner + "/" + name;
    }
}
