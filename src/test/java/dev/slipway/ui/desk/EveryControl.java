package dev.slipway.ui.desk;

import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollPane;

/// Does everything a person can do with the keys and buttons of a page.
public final class EveryControl {
    private EveryControl() {}

    /// Presses every button of `root`, as they are when it is called.
    ///
    /// @return what was pressed
    public static List<String> press(Parent root) {
        var buttons = new ArrayList<ButtonBase>();
        collect(root, buttons);
        var pressed = new ArrayList<String>();
        for (var button : buttons) {
            pressed.add(
                    button.getText() == null || button.getText().isEmpty()
                            ? String.valueOf(button.getAccessibleText())
                            : button.getText());
            button.fire();
        }
        return pressed;
    }

    /// Runs every shortcut of `view`.
    ///
    /// @return what they say they do
    public static List<String> keys(View view) {
        return view.shortcuts().stream()
                .map(shortcut -> {
                    shortcut.action().run();
                    return shortcut.words();
                })
                .toList();
    }

    private static void collect(Node node, List<ButtonBase> into) {
        if (node instanceof ButtonBase button) {
            into.add(button);
        }
        if (node instanceof ScrollPane pane && pane.getContent() != null) {
            collect(pane.getContent(), into);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }
}
