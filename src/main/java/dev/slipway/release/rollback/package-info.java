/// Goes back to a release production had: whether that can be done with code alone, what it would be,
/// and the plan for it. The database is only read here; what needs it put back is said so.
@NullMarked
package dev.slipway.release.rollback;

import org.jspecify.annotations.NullMarked;
