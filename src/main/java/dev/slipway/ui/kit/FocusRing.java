package dev.slipway.ui.kit;

import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// Shows where the focus is to whoever works with the keyboard, however it came there.
///
/// The toolkit's own `:focus-visible` holds only after Tab, so a focus that a shortcut moved would
/// be nowhere to be seen. The sheets draw the ring for `.root:keyboard :focused` instead.
public final class FocusRing {
    private static final PseudoClass KEYBOARD = PseudoClass.getPseudoClass("keyboard");

    private FocusRing() {}

    /// Shows the ring in `scene` from now on, and hides it from each press of the mouse to the next
    /// key.
    public static void follow(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> show(scene, true));
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> show(scene, false));
        show(scene, true);
    }

    private static void show(Scene scene, boolean on) {
        scene.getRoot().pseudoClassStateChanged(KEYBOARD, on);
    }
}
