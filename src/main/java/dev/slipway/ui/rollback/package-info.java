/// The wizard that goes back, and the dialog that holds commits and lets them go. It asks the services
/// that the command line asks; what it starts has the page of every operation.
@NullMarked
package dev.slipway.ui.rollback;

import org.jspecify.annotations.NullMarked;
