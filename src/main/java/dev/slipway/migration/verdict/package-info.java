/// What was measured, in one answer: which code works on which schema, and which order of code and
/// schema is safe.
@NullMarked
package dev.slipway.migration.verdict;

import org.jspecify.annotations.NullMarked;
