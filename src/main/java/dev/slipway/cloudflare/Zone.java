package dev.slipway.cloudflare;

/// A DNS zone.
///
/// @param status Cloudflare's word, for example `active`
/// @param account id of the account it belongs to
public record Zone(String id, String name, String status, String account) {}
