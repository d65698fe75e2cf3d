package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.FocusRing;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Layers;
import dev.slipway.ui.kit.Shortcuts;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window: a frame around the view of the current place. FX thread only.
///
/// Everything it needs is given; it holds no service and changes nothing but what is on screen.
public final class Shell {
    /// The smallest window everything fits into.
    public static final double MIN_WIDTH = 1120;

    public static final double MIN_HEIGHT = 700;

    /// What the window is built from.
    ///
    /// @param logs makes the log of the bottom panel; null while there is none
    /// @param zone the zone times are shown in
    public record Parts(
            ShellModel model,
            Navigator navigator,
            Views views,
            Arming arming,
            InstantSource clock,
            ZoneId zone,
            @Nullable Supplier<Node> logs) {}

    private final Parts parts;
    private final ShellController controller;
    private final Layers layers;
    private final Dialogs dialogs;

    public Shell(Parts parts) {
        this.parts = parts;
        controller = new ShellController(parts);
        layers = new Layers(FxmlScreen.load(controller));
        FxmlScreen.style(layers, Shell.class, "shell.css");
        dialogs = new Dialogs(layers);
        controller.start(dialogs);
    }

    /// The whole window as a node, for a scene or a picture.
    public Parent root() {
        return layers;
    }

    /// The dialogs of this window, for views.
    public Dialogs dialogs() {
        return dialogs;
    }

    /// Opens the prompt that arms, as every locked button does.
    public void askToArm() {
        controller.arm();
    }

    /// A scene of the designed size, with the keyboard.
    public Scene scene() {
        var scene = new Scene(layers, 1280, 800);
        var shortcuts = new Shortcuts(controller::keys, parts.clock());
        shortcuts.plainKeysProperty().bind(parts.model().plainKeysProperty());
        shortcuts.listen(scene);
        FocusRing.follow(scene);
        controller.enter(scene);
        return scene;
    }

    /// Puts the window on `stage`, titled after the world, and shows it.
    public void showOn(Stage stage) {
        stage.setScene(scene());
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        title(stage);
        stage.show();
    }

    /// The views or the log are others now: shows what is on screen anew.
    public void renew() {
        controller.renew();
    }

    /// The window is about to go: stops what its page keeps doing.
    public void leave() {
        controller.leave();
    }

    /// Titles `stage` after the world.
    public void title(Stage stage) {
        stage.titleProperty().bind(controller.title());
    }
}
