package dev.slipway.github;

import dev.slipway.domain.CommitSha;

/// An annotated tag's object. It never changes.
///
/// @param sha of the object itself
/// @param tag name it was made for
public record TagObject(String sha, String tag, String message, CommitSha commit) {}
