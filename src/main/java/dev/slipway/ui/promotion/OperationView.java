package dev.slipway.ui.promotion;

import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import dev.slipway.ui.wizard.Styles;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;

/// One operation: running, waiting for a person, interrupted, or ended. Leaving the page changes
/// nothing about it; coming back shows the same page.
public final class OperationView implements View {
    private final OperationController controller;
    private final Parent content;

    /// @param place says which operation
    public OperationView(Releases releases, Place.Operation place) {
        controller = new OperationController(releases, place.id());
        content = FxmlScreen.load(controller);
        Styles.on(content);
        controller.start();
    }

    @Override
    public Parent content() {
        return content;
    }

    @Override
    public void show(Place place) {
        controller.show();
    }

    @Override
    public void leave() {
        controller.leave();
    }

    @Override
    public Optional<Node> entry() {
        return controller.entry();
    }

    @Override
    public List<Shortcut> shortcuts() {
        return controller.shortcuts();
    }

    OperationController controller() {
        return controller;
    }
}
