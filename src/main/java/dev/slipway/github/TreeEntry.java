package dev.slipway.github;

import java.util.OptionalLong;

/// A file in a tree.
///
/// @param path from the root of the tree, with `/`
/// @param mode as Git writes it; `100644` is a plain file, `120000` a link, `160000` a submodule
/// @param sha of its blob
/// @param size in bytes, when GitHub says it
public record TreeEntry(String path, String mode, String sha, OptionalLong size) {
    /// Whether it is a plain or executable file, neither link nor submodule.
    public boolean file() {
        return mode.startsWith("100");
    }
}
