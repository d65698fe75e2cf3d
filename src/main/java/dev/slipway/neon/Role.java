package dev.slipway.neon;

/// A role of a branch.
///
/// @param isProtected whether Neon keeps it for itself
public record Role(String name, boolean isProtected) {}
