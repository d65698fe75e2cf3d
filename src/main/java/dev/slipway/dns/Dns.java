package dev.slipway.dns;

/// Asks the world's resolver.
public interface Dns {
    /// What `hostname` stands for now. Never throws for what the network does: every way it can end
    /// is a [Resolution].
    Resolution resolve(String hostname);
}
