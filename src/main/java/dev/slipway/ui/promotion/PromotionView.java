package dev.slipway.ui.promotion;

import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import dev.slipway.ui.wizard.Styles;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// The wizard for one aim: choose, preflight, rehearse, plan, confirm. Once it is confirmed the
/// operation has a page of its own, see [OperationView].
public final class PromotionView implements View {
    private final PromotionController controller;
    private final Parent content;

    /// @param place says what is to be promoted
    public PromotionView(Releases releases, Place.Promotion place) {
        this(releases, new Aim.Promotion(place.target()));
    }

    /// @param place says which migration is to be repaired
    public PromotionView(Releases releases, Place.Repair place) {
        this(releases, new Aim.Repair(place.tag(), Optional.empty()));
    }

    private PromotionView(Releases releases, Aim aim) {
        controller = new PromotionController(releases, aim);
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
    public Optional<Node> entry() {
        return controller.entry();
    }

    @Override
    public List<Shortcut> shortcuts() {
        return controller.shortcuts();
    }

    @Override
    public ObservableValue<? extends @Nullable Node> drawer() {
        return controller.rehearsePage().drawerProperty();
    }

    PromotionController controller() {
        return controller;
    }
}
