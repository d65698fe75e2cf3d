package dev.slipway.ui.kit;

import static dev.slipway.ui.kit.Nodes.gap;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The panel at the right that shows one row of a list in full, 400 px wide. Esc and the cross
/// close it.
public final class Drawer extends BorderPane {
    private final Button cross = new Button("Close details", Icon.CLOSE.node());

    /// @param identity what this is about, left of the buttons
    /// @param more further buttons, such as an overflow menu; may be empty
    /// @param content scrolls when it is higher than the window
    /// @param close called once by Esc or the cross
    public Drawer(Node identity, Node more, Region content, Runnable close) {
        getStyleClass().add("drawer");
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText("Details");
        cross.getStyleClass().addAll("flat", "icon-only");
        cross.setAccessibleText("Close details");
        cross.setOnAction(_ -> close.run());
        var head = new HBox(4, identity, gap(), more, cross);
        head.getStyleClass().add("drawer-head");
        setTop(head);
        content.getStyleClass().add("drawer-content");
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setCenter(scroll);
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        event.consume();
                        close.run();
                    }
                });
    }

    /// Takes the focus.
    public void focus() {
        cross.requestFocus();
    }
}
