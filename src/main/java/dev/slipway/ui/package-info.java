/// The window. JavaFX is used below this package and nowhere else.
@NullMarked
package dev.slipway.ui;

import org.jspecify.annotations.NullMarked;
