package dev.slipway.ui.wizard;

import dev.slipway.ui.kit.Shortcut;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Joins the frame of a wizard to its model. FX thread only.
public abstract class WizardController {
    /// What it is about and the ways out.
    @FXML protected HBox head;

    /// The pages.
    @FXML protected VBox rail;

    /// The page of the moment.
    @FXML protected VBox page;

    /// What can be done next.
    @FXML protected HBox footer;

    /// Fills the frame; called once, after it is loaded.
    protected abstract void start();

    /// The wizard is on screen.
    protected abstract void show();

    /// It leaves the screen.
    protected void leave() {}

    /// Where the focus begins.
    protected abstract Optional<Node> entry();

    /// Keys that are valid while it is on screen.
    protected abstract List<Shortcut> shortcuts();

    /// What is open at the right; null when it never has a drawer.
    protected @Nullable ObservableValue<? extends @Nullable Node> drawer() {
        return null;
    }
}
