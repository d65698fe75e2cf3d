package dev.slipway.sandbox.world;

import java.util.List;

/// What a change of a Neon world made, and the operations Neon reports for it.
public record Outcome<T>(T made, List<NeonOperation> operations) {}
