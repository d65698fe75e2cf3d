package dev.slipway.release.fit;

/// A version of a script whose code can be read.
///
/// @param script name of the script at Cloudflare
/// @param version its id
record Source(String script, String version) {}
