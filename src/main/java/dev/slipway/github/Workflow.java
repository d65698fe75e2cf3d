package dev.slipway.github;

/// A workflow Actions knows.
///
/// @param path of its file, for example `.github/workflows/deploy.yml`
/// @param active whether events start it
public record Workflow(long id, String name, String path, boolean active) {}
