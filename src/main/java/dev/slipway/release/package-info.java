/// Takes a commit to production: what may go, in which order, and each step. Planners and gates are
/// pure; a step's work looks and makes one change.
@NullMarked
package dev.slipway.release;

import org.jspecify.annotations.NullMarked;
