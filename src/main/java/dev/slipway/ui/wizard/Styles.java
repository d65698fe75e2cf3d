package dev.slipway.ui.wizard;

import dev.slipway.ui.kit.FxmlScreen;
import javafx.scene.Parent;

/// The stylesheet of all wizards.
public final class Styles {
    private Styles() {}

    /// Puts it on `root`.
    public static void on(Parent root) {
        FxmlScreen.style(root, Styles.class, "wizard.css");
    }
}
