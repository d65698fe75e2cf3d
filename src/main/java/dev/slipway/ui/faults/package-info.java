/// The page that makes a sandbox go wrong on purpose. It is there only where there is a sandbox, and
/// knows it by its switchboard alone.
@NullMarked
package dev.slipway.ui.faults;

import org.jspecify.annotations.NullMarked;
