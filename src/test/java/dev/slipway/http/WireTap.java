package dev.slipway.http;

/// Lets a remote of a simulation announce a change as the transport does.
public final class WireTap {
    private WireTap() {}

    /// Who answers for the change about to be made by this thread.
    public static Wire.Listener take(String what, boolean object) {
        return Wire.take(what, object);
    }
}
