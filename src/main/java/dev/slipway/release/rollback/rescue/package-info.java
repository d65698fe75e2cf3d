/// Brings back what a restore took away: finds the branch that kept it and the point that was restored,
/// shows what was lost, writes it to files, and plans its return. Looking makes throw-away branches;
/// production is only read until a plan is carried out.
@NullMarked
package dev.slipway.release.rollback.rescue;

import org.jspecify.annotations.NullMarked;
