package dev.slipway.ui.promotion;

import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;

/// One operation: running, waiting for a person, interrupted, or ended. Leaving the page changes
/// nothing about it; coming back shows the same page.
public final class OperationView implements View {
    private final BorderPane content = new BorderPane();

    /// @param place says which operation
    public OperationView(Desk desk, Place.Operation place) {
        content.setAccessibleText(desk.window().worldProperty().get() + " " + place.id());
    }

    @Override
    public Parent content() {
        return content;
    }
}
