package dev.slipway.neon;

import java.time.Duration;
import java.util.OptionalInt;

/// A project and what its plan allows.
///
/// @param history how far back a branch can be taken; zero when history is off
/// @param branchLimit how many branches the plan includes, when Neon says it
/// @param storesPasswords whether connection strings can be asked for
public record Project(
        String id,
        String name,
        String region,
        int postgres,
        Duration history,
        OptionalInt branchLimit,
        boolean storesPasswords) {}
