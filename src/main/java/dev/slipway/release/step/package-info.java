/// The steps of a promotion, one file each: how to see whether it is done, and the one change that
/// does it.
@NullMarked
package dev.slipway.release.step;

import org.jspecify.annotations.NullMarked;
