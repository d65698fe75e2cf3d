/// The overview of production: what serves traffic, on which schema, how it is and was. Changes
/// nothing, and wakes nothing unless a person asks.
@NullMarked
package dev.slipway.ui.production;

import org.jspecify.annotations.NullMarked;
