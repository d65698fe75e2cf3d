package dev.slipway.simulation;

/// The program of an operator dies here. Nothing catches it but the run.
final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;

    PowerCut() {
        super("power cut", null, false, false);
    }
}
