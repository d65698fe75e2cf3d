package dev.slipway.neon;

/// A database of a branch.
public record Database(String name, String owner) {}
