package dev.slipway.ui.kit;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;

/// The picture of a key, such as `Ctrl+K`. It is decoration: the control beside it says the same in
/// its help text.
public final class KeyHint extends Label {
    public KeyHint(String keys) {
        super(keys);
        getStyleClass().addAll("key-hint", "mono");
        setAccessibleRole(AccessibleRole.NODE);
        setMinWidth(USE_PREF_SIZE);
    }
}
