/// The log on screen: one list for all sources, drawn by its own virtualised pane, because no
/// standard list keeps up with thousands of lines a second. Its cost does not depend on how many
/// lines there are.
@NullMarked
package dev.slipway.ui.logs;

import org.jspecify.annotations.NullMarked;
