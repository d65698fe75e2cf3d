package dev.slipway.sandbox.world;

/// A hostname that belongs to a Worker, with a DNS record of its own.
///
/// @param id UUID
/// @param hostname whole name
/// @param service the Worker's name
public record WorkerDomain(String id, String hostname, String service) {}
