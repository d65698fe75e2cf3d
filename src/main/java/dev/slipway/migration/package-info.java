/// Drizzle's migrations: the folder, the ledger, what is pending and whether it is safe to run, and
/// a migrator whose effect is the one of drizzle-orm byte for byte.
@NullMarked
package dev.slipway.migration;

import org.jspecify.annotations.NullMarked;
