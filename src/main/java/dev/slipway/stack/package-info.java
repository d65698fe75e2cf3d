/// What one repository deploys, as its `slipway.yaml` on the base branch says it. Reading never
/// guesses: every mistake in the file is named with line and column, all of them at once.
@NullMarked
package dev.slipway.stack;

import org.jspecify.annotations.NullMarked;
