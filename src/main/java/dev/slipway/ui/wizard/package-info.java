/// What every wizard and every page of an operation is made of: the head, gates as rows, the card where
/// a change of production is confirmed and the button that starts it. Nothing here acts by itself.
@NullMarked
package dev.slipway.ui.wizard;

import org.jspecify.annotations.NullMarked;
