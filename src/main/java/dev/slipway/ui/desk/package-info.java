/// What every page stands on: the services of the opened world as the window sees them, the frame
/// around the page, and the way to the background. Pages get a [Desk] and nothing else.
@NullMarked
package dev.slipway.ui.desk;

import org.jspecify.annotations.NullMarked;
