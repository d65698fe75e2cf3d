package dev.slipway.cloudflare;

/// A hostname that leads to a Worker.
///
/// @param hostname full name
/// @param service name of the Worker
/// @param zone id of the zone
public record CustomDomain(String id, String hostname, String service, String zone) {}
