/// What a database holds, read from its system catalogs, and what a difference between two readings
/// means to code that is live. Objects are known by OID, so a rename is seen and not guessed.
@NullMarked
package dev.slipway.migration.catalog;

import org.jspecify.annotations.NullMarked;
