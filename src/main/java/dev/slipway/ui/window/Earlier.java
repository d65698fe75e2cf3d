package dev.slipway.ui.window;

import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Preferences;

/// What is known of a world before it is open: what an earlier session left on this computer.
///
/// @param world what people call it
/// @param repository the repository's name without its owner
/// @param zone the DNS zone
/// @param preferences what the person chose for the window
/// @param previews as they were last read
public record Earlier(
        String world,
        String repository,
        String zone,
        Preferences preferences,
        PreviewList previews) {}
