package dev.slipway.sandbox.world;

import java.io.IOException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.treewalk.TreeWalk;

/// One entry of a tree.
///
/// @param path from the top of the listed tree
/// @param mode octal digits as Git prints them, for example `100644`
/// @param type `blob`, `tree` or `commit` (a submodule)
/// @param sha object id
/// @param size bytes of a blob, -1 for anything else
public record GitEntry(String path, String mode, String type, String sha, long size) {
    /// The entry a walk of one tree stands at.
    static GitEntry of(TreeWalk walk) throws IOException {
        var mode = walk.getFileMode(0);
        return new GitEntry(
                walk.getPathString(),
                "%06o".formatted(mode.getBits()),
                Constants.typeString(mode.getObjectType()),
                walk.getObjectId(0).name(),
                mode.getObjectType() == Constants.OBJ_BLOB ? size(walk) : -1);
    }

    /// An incomplete clone lists files it does not hold; they have no size.
    private static long size(TreeWalk walk) throws IOException {
        try {
            return walk.getObjectReader().getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB);
        } catch (MissingObjectException e) {
            return 0;
        }
    }

    /// The last part of the path.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
