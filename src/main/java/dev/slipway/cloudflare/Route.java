package dev.slipway.cloudflare;

import java.util.Optional;

/// A pattern of a zone whose requests go to a Worker. It takes precedence over a custom domain of the same
/// hostname, and of several the most specific one counts (developers.cloudflare.com/workers/configuration/routing/routes).
///
/// @param pattern host and path, `shop.example.com/*`
/// @param script name of the Worker; empty lets no Worker answer
public record Route(String id, String pattern, Optional<String> script) {}
