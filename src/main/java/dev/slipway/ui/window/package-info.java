/// The window of one world: opens the world in the background, puts frame and pages together, keeps
/// the frame in step with the services, and pictures all pages without a display.
@NullMarked
package dev.slipway.ui.window;

import org.jspecify.annotations.NullMarked;
