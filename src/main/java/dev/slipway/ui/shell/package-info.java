/// The window around the views: header, band, sidebar, content, drawer, bottom panel, status bar;
/// places and the way between them. Views know this package and the kit, and not each other.
@NullMarked
package dev.slipway.ui.shell;

import org.jspecify.annotations.NullMarked;
