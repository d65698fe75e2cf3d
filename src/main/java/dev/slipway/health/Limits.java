package dev.slipway.health;

import java.time.Duration;

/// What a series of probes has to hold.
///
/// @param probes consecutive good probes that are needed, at least one
/// @param maxErrorRate share of failed probes, 0 to 1
/// @param maxP95 95th percentile of the latency of good probes
public record Limits(int probes, double maxErrorRate, Duration maxP95) {}
