package dev.slipway.ui.kit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Holds a page and, above it, dialogs. They live in the same scene, so a screenshot and a test see
/// them. A layer keeps Tab inside, Esc closes exactly the topmost, and the focus goes back to where
/// it was.
public final class Layers extends StackPane {
    private record Layer(
            StackPane pane, @Nullable Node opener, boolean persistent, Runnable closed) {}

    private final Node page;
    private final Deque<Layer> open = new ArrayDeque<>();

    public Layers(Node page) {
        this.page = page;
        getStyleClass().add("layers");
        getChildren().add(page);
        addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    /// Puts `box` above everything and gives the focus to `first`.
    ///
    /// @param persistent whether a click beside the box leaves it open; Esc always closes
    /// @param closed called once, however the layer goes
    public void open(Region box, Node first, boolean persistent, Runnable closed) {
        var scrim = new Region();
        scrim.getStyleClass().add("scrim");
        scrim.setAccessibleRole(AccessibleRole.NODE);
        var pane = new StackPane(scrim, box);
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        var scene = getScene();
        var layer =
                new Layer(pane, scene == null ? null : scene.getFocusOwner(), persistent, closed);
        scrim.setOnMouseClicked(_ -> {
            if (!layer.persistent()) {
                close();
            }
        });
        below().setDisable(false);
        below().setMouseTransparent(true);
        open.push(layer);
        getChildren().add(pane);
        if (scene == null) {
            // A window that opens with a dialog has no focus to give yet.
            sceneProperty().subscribe(() -> FxThread.later(first::requestFocus));
        } else {
            first.requestFocus();
        }
    }

    /// Closes the topmost dialog, if any.
    public void close() {
        if (open.isEmpty()) {
            return;
        }
        var layer = open.pop();
        getChildren().remove(layer.pane());
        below().setMouseTransparent(false);
        var opener = layer.opener();
        if (opener != null && Objects.equals(opener.getScene(), getScene())) {
            opener.requestFocus();
        } else if (opener != null && opener.getId() != null) {
            // It was drawn anew meanwhile, as a page does whose operation runs.
            Optional.ofNullable(lookup("#" + opener.getId())).ifPresent(Node::requestFocus);
        }
        layer.closed().run();
    }

    /// Whether a dialog is open.
    public boolean isOpen() {
        return !open.isEmpty();
    }

    private Node below() {
        var top = open.peek();
        return top == null ? page : top.pane();
    }

    private void keys(KeyEvent event) {
        var top = open.peek();
        if (top == null) {
            return;
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            close();
        } else if (event.getCode() == KeyCode.TAB) {
            event.consume();
            step(top.pane(), event.isShiftDown());
        }
    }

    private void step(Parent within, boolean back) {
        var stops = Shortcuts.stops(within);
        if (stops.isEmpty()) {
            return;
        }
        int at = stops.indexOf(getScene().getFocusOwner());
        stops.get(Math.floorMod(at + (back ? -1 : 1), stops.size())).requestFocus();
    }
}
