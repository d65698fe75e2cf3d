/// The look: AtlantaFX Primer with our own roles, fonts and sizes. The only place with colour
/// literals; every other stylesheet names roles.
@NullMarked
package dev.slipway.ui.theme;

import org.jspecify.annotations.NullMarked;
