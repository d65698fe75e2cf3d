package dev.slipway.ui.kit;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.control.Label;

/// A number beside a name; not there at all when it is zero.
public final class CountBadge extends Label {
    private final IntegerProperty count = new SimpleIntegerProperty(this, "count");

    public CountBadge() {
        getStyleClass().addAll("count-badge", "mono");
        textProperty().bind(count.asString("%,d"));
        visibleProperty().bind(count.greaterThan(0));
        managedProperty().bind(visibleProperty());
    }

    /// The number shown.
    public IntegerProperty countProperty() {
        return count;
    }

    /// Colours the badge, such as accent for work that runs.
    public CountBadge in(Tone tone) {
        tone.on(this);
        return this;
    }
}
