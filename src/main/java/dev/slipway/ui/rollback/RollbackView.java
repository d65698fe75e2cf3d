package dev.slipway.ui.rollback;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import dev.slipway.ui.wizard.Styles;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;

/// The wizard that goes back: choose, confirm. Once it is confirmed the operation has a page of its own.
public final class RollbackView implements View {
    private final RollbackController controller;
    private final Parent content;

    /// @param place says which release was asked for
    public RollbackView(Desk desk, WayBack way, Place.Rollback place) {
        controller =
                new RollbackController(
                        desk,
                        way,
                        place.undoes()
                                .map(RollbackDraft::undoing)
                                .orElseGet(() -> RollbackDraft.to(place.release())));
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

    RollbackController controller() {
        return controller;
    }
}
