/// Holds the statements that production really executes against a changed schema. What they were is
/// read from the server's statistics; values never are. What cannot be checked is counted and told.
@NullMarked
package dev.slipway.migration.workload;

import org.jspecify.annotations.NullMarked;
