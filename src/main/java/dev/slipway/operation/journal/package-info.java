/// The journal as a SQLite file: append-only, hashed line by line, on disk before a method returns.
/// One process writes it; any number read beside it.
@NullMarked
package dev.slipway.operation.journal;

import org.jspecify.annotations.NullMarked;
