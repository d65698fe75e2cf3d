package dev.slipway.neon;

/// A branch that gets other data, while its id, its computes and its connection string stay. What it
/// held is kept under another name, with the branches that were made from it.
///
/// @param branch id of the branch
/// @param source id of the branch whose data it gets; the branch itself for its own past
/// @param point where in the history of the source
/// @param backup name of the branch that keeps what it held; never empty, although Neon would allow it
///     where the source is another branch
public record BranchRestore(String branch, String source, NewBranch.Point point, String backup) {
    /// @throws IllegalArgumentException when nothing would keep what the branch held, or when it would
    ///     be restored to what it is
    public BranchRestore {
        if (backup.isEmpty() || backup.length() > 256) {
            throw new IllegalArgumentException(
                    "a restore keeps what was there under a name of 1 to 256 characters");
        }
        if (source.equals(branch) && point instanceof NewBranch.Point.Head) {
            throw new IllegalArgumentException("a branch is what it is now; name an earlier point");
        }
    }
}
