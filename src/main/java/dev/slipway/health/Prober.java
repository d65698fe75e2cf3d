package dev.slipway.health;

/// Asks Workers how they are. Never throws for what a Worker or the network does: every way it can
/// end is a [Probe.Outcome].
public interface Prober {
    /// Asks once.
    Probe probe(Question question);
}
