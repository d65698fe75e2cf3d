/// Slipway takes merged work to production and back: previews, promotion, rollback, logs.
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
