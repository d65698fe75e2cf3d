package dev.slipway.ui.promotion;

import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;

/// The wizard for one target: choose, preflight, rehearse, plan, confirm. Once it is confirmed the
/// operation has a page of its own, see [OperationView].
public final class PromotionView implements View {
    private final BorderPane content = new BorderPane();
    private final PromotionModel model;

    /// @param place says what is to be promoted
    public PromotionView(Desk desk, Place.Promotion place) {
        model =
                new PromotionModel(
                        place.target(),
                        desk.releasing(),
                        desk.arming(),
                        desk.background(),
                        desk.clock(),
                        (draft, operation) -> {
                            desk.started().put(operation.plan().id(), draft);
                            desk.navigator().go(new Place.Operation(operation.plan().id()));
                        });
    }

    @Override
    public Parent content() {
        return content;
    }

    @Override
    public void show(Place place) {
        model.open();
    }
}
