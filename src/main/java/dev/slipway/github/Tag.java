package dev.slipway.github;

import dev.slipway.domain.CommitSha;

/// A tag and the commit it stands for.
///
/// @param name short name, without `refs/tags/`
public record Tag(String name, CommitSha commit) {}
