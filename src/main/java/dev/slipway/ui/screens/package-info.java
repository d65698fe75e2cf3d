/// Pictures of pages without a display: starts the toolkit headless by itself, lays a page out at a
/// size and writes a PNG. Uses no AWT.
@NullMarked
package dev.slipway.ui.screens;

import org.jspecify.annotations.NullMarked;
