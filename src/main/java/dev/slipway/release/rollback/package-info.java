/// Goes back to a release production had: whether that can be done with code alone, what it would be,
/// and the plan for it; and to a database production had, after a look at what that loses. Nothing here
/// changes production: plans are carried out by the engine.
@NullMarked
package dev.slipway.release.rollback;

import org.jspecify.annotations.NullMarked;
