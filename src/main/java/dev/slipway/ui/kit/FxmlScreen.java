package dev.slipway.ui.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads the screen of a controller: `Foo.fxml` for `FooController`, in the same package, with the
/// words of `texts.properties` there and, when there is one, the style of `foo.css` there.
public final class FxmlScreen {
    private FxmlScreen() {}

    /// The screen of `controller`, whose `@FXML` fields are set when this returns. In the file it is
    /// named by `fx:controller`; the instance used is always the one given.
    public static Parent load(Object controller) {
        return load(controller.getClass(), controller);
    }

    /// The screen of `type`, of which `controller` is one, with the words of the controller's package:
    /// a frame that several share.
    public static Parent load(Class<?> type, Object controller) {
        var name = type.getSimpleName().replaceFirst("Controller$", "");
        var loader =
                new FXMLLoader(
                        Objects.requireNonNull(
                                type.getResource(name + ".fxml"),
                                () -> name + ".fxml is missing beside " + type.getName()),
                        Texts.of(controller.getClass()).bundle());
        loader.setControllerFactory(wanted -> {
            if (!wanted.isInstance(controller)) {
                throw new IllegalStateException(
                        name + ".fxml names " + wanted.getName() + " as its controller");
            }
            return controller;
        });
        try {
            Parent root = loader.load();
            style(root, type, name.toLowerCase(java.util.Locale.ROOT) + ".css");
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".fxml cannot be read", e);
        }
    }

    /// Puts the stylesheet `file` of the package of `owner` on `root`, when there is one.
    public static void style(Parent root, Class<?> owner, String file) {
        var sheet = owner.getResource(file);
        if (sheet != null) {
            root.getStylesheets().add(sheet.toExternalForm());
        }
    }
}
