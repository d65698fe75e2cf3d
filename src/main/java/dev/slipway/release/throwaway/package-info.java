/// What Slipway makes at providers only to throw it away: every such thing is written down before it is
/// asked for, and removed by its id, at the latest after the next start.
@NullMarked
package dev.slipway.release.throwaway;

import org.jspecify.annotations.NullMarked;
