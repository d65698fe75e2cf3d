package dev.slipway.cloudflare;

import java.util.Optional;

/// A further version of a Worker with code and bindings of one it has. Its bindings are taken over by
/// Cloudflare itself, so no value of a secret is needed.
///
/// @param script name
/// @param like the version it is made like
/// @param code of that version
/// @param commit full sha it was built from, empty when nobody knows it
/// @param message stored with it, at most 1,000 bytes
public record NewVersion(
        String script,
        VersionDetail like,
        VersionCode code,
        Optional<String> commit,
        String message) {}
