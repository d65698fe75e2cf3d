package dev.slipway.ui.rehearsal;

import java.util.Optional;

/// What the codes and schemas are called.
///
/// @param live what users see now, such as `r41`
/// @param next what is released, such as `r42`; empty when only the schema changes
public record Sides(String live, Optional<String> next) {}
