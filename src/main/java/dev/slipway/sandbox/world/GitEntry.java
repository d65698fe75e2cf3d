package dev.slipway.sandbox.world;

/// One entry of a tree.
///
/// @param path from the top of the listed tree
/// @param mode octal digits as Git prints them, for example `100644`
/// @param type `blob`, `tree` or `commit` (a submodule)
/// @param sha object id
/// @param size bytes of a blob, -1 for anything else
public record GitEntry(String path, String mode, String type, String sha, long size) {
    /// The last part of the path.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
