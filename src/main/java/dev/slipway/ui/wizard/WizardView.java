package dev.slipway.ui.wizard;

import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// A wizard in its frame. Leaving it changes nothing about it; coming back shows the same page.
///
/// @param <C> what fills the frame
public abstract class WizardView<C extends WizardController> implements View {
    private final C controller;
    private final Parent content;

    protected WizardView(C controller) {
        this.controller = controller;
        content = FxmlScreen.load(WizardController.class, controller);
        controller.start();
    }

    /// What fills the frame.
    public final C controller() {
        return controller;
    }

    @Override
    public final Parent content() {
        return content;
    }

    @Override
    public final void show(Place place) {
        controller.show();
    }

    @Override
    public final void leave() {
        controller.leave();
    }

    @Override
    public final Optional<Node> entry() {
        return controller.entry();
    }

    @Override
    public final List<Shortcut> shortcuts() {
        return controller.shortcuts();
    }

    @Override
    public final @Nullable ObservableValue<? extends @Nullable Node> drawer() {
        return controller.drawer();
    }
}
