/// What Slipway reads from and changes at one Neon project. Nothing here wakes a sleeping
/// compute by itself.
@NullMarked
package dev.slipway.neon;

import org.jspecify.annotations.NullMarked;
