package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Shortcut;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// What fills the content of the window. FX thread only.
public interface View {
    /// The page; the same node at every call.
    Parent content();

    /// The page is now on screen at `place`; also called when only a filter or drawer changed.
    default void show(Place place) {}

    /// The page leaves the screen: stop timers and subscriptions that only it needs.
    default void leave() {}

    /// What has the focus when the page is come to; empty for the first control that can.
    default Optional<Node> entry() {
        return Optional.empty();
    }

    /// Keys that are valid while the page is on screen.
    default List<Shortcut> shortcuts() {
        return List.of();
    }

    /// Keys that the list of the page takes while it has the focus; only told, not listened for.
    default List<Shortcut> listKeys() {
        return List.of();
    }

    /// What is open at the right; holds null for nothing. Null means the view never has a drawer.
    default @Nullable ObservableValue<? extends @Nullable Node> drawer() {
        return null;
    }
}
