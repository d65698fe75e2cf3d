package dev.slipway.sandbox.world;

import java.util.Optional;

/// What happened to one file between two trees.
///
/// @param status `added`, `removed`, `modified` or `renamed`
/// @param previous its path before, when renamed
/// @param sha blob id after, or before when removed
/// @param additions added lines, zero for a binary file
/// @param deletions removed lines, zero for a binary file
/// @param patch hunks in unified form, empty for a binary file
public record GitFileChange(
        String path,
        String status,
        Optional<String> previous,
        String sha,
        int additions,
        int deletions,
        String patch) {}
