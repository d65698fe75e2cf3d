/// A promotion as a page of the window: the wizard that leads to it, and the operation while it
/// runs, waits, was interrupted or has ended. Everything a page says is computed by pure functions
/// from a draft or from the journal; nothing is sent without arming, and nothing runs by itself.
@NullMarked
package dev.slipway.ui.promotion;

import org.jspecify.annotations.NullMarked;
