/// Runs pending migrations on a branch of production exactly as they will run there, and measures
/// each statement while it does. What is measured is told as it was; nothing is guessed from SQL.
@NullMarked
package dev.slipway.migration.rehearsal;

import org.jspecify.annotations.NullMarked;
