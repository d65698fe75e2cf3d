package dev.slipway.github;

/// A ref.
///
/// @param name full name, for example `refs/tags/production-r12`
/// @param sha what it points to
/// @param type `commit`, or `tag` for an annotated one
public record Ref(String name, String sha, String type) {}
