/// The page "Settings": looks, keys, connections, and what protects production. Nothing here can take
/// a protection away.
@NullMarked
package dev.slipway.ui.settings;

import org.jspecify.annotations.NullMarked;
