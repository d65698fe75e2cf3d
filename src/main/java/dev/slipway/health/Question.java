package dev.slipway.health;

import dev.slipway.stack.HealthShape;
import java.util.Optional;

/// Whom to ask, and which version has to answer.
///
/// @param worker the stack's name, for people
/// @param script the script's name, which a pinned request has to give
/// @param pinned the version the request is to be answered by, even one without traffic
/// @param expected the version whose answer counts; empty when any version will do
public record Question(
        String worker,
        String script,
        String hostname,
        HealthShape shape,
        Optional<String> pinned,
        Optional<String> expected) {}
