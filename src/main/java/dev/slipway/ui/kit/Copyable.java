package dev.slipway.ui.kit;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Lets a person take a shown value along as text.
public final class Copyable {
    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private Copyable() {}

    /// Ctrl/Cmd+C on `node`, while it has the focus, copies `text`.
    public static void byKey(Node node, Supplier<String> text) {
        node.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (COPY.match(event)) {
                        toClipboard(text.get());
                        event.consume();
                    }
                });
    }

    /// As [#byKey], and a context menu with "Copy" and the name of what is copied.
    public static void install(Node node, String what, Supplier<String> text) {
        byKey(node, text);
        var item = new MenuItem("Copy " + what);
        item.setOnAction(_ -> toClipboard(text.get()));
        var menu = new ContextMenu(item);
        node.setOnContextMenuRequested(
                event -> menu.show(node, event.getScreenX(), event.getScreenY()));
    }

    /// Puts `text` on the clipboard.
    public static void toClipboard(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
