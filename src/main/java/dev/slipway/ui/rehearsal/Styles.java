package dev.slipway.ui.rehearsal;

import dev.slipway.ui.kit.FxmlScreen;
import javafx.scene.Parent;

/// The look of this package.
final class Styles {
    private Styles() {}

    static void on(Parent part) {
        FxmlScreen.style(part, Styles.class, "rehearsal.css");
    }
}
