package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.Optional;

/// An annotated tag.
///
/// @param id object id of the tag itself
/// @param target object id of what it marks
/// @param type type of what it marks
public record GitTag(
        String id,
        String name,
        String message,
        String target,
        String type,
        Optional<GitPerson> tagger,
        Optional<Instant> taggedAt) {}
