package dev.slipway.ui.window;

import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.shell.View;
import javafx.scene.Parent;

/// Stands where a page will be once the world is open.
final class Waiting implements View {
    private final EmptyState page =
            new EmptyState(
                    Icon.STALE,
                    "The world is still being opened",
                    "This page is here as soon as it is open. Nothing was asked and nothing changed.");

    @Override
    public Parent content() {
        return page;
    }
}
