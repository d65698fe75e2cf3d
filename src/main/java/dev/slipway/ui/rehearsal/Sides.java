package dev.slipway.ui.rehearsal;

/// What the two codes and schemas are called.
///
/// @param live what users see now, such as `r41`
/// @param next what is released, such as `r42`
public record Sides(String live, String next) {}
