/// Carries out a frozen [dev.slipway.operation.Plan]: a pure core decides the next action from what
/// is journalled and what is observed, a driver on virtual threads does it. Nothing is believed
/// before it was observed, and no byte of a changing call leaves before the journal knows of it.
@NullMarked
package dev.slipway.operation;

import org.jspecify.annotations.NullMarked;
