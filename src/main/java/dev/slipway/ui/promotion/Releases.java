package dev.slipway.ui.promotion;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;

/// What the pages of a promotion have beside the desk of every page; one for a window.
///
/// @param releasing what they ask of the services
/// @param started drafts whose operation was started from this window
/// @param wayBack whether production can go back
public record Releases(Desk desk, Releasing releasing, Drafts started, WayBack wayBack) {
    /// For a window that has started nothing yet.
    public Releases(Desk desk, Releasing releasing, WayBack wayBack) {
        this(desk, releasing, new Drafts(), wayBack);
    }
}
