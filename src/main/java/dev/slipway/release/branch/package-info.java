/// Throw-away branches of production: every one is written down before it is asked for, and removed by
/// its id, at the latest by the next start.
@NullMarked
package dev.slipway.release.branch;

import org.jspecify.annotations.NullMarked;
