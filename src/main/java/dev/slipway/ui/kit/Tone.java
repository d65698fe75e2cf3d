package dev.slipway.ui.kit;

import java.util.Locale;
import javafx.css.Styleable;

/// What a colour is allowed to say. It only repeats what an icon and a word say.
public enum Tone {
    /// Nothing is asked of anybody.
    MUTED,
    DEFAULT,
    ACCENT,
    SUCCESS,
    WARNING,
    /// Broken now.
    DANGER,
    /// Belongs to production.
    PRODUCTION;

    /// The style class, such as `tone-danger`.
    public String styleClass() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }

    /// Gives `target` this tone and takes any other away.
    public void on(Styleable target) {
        target.getStyleClass().removeIf(name -> name.startsWith("tone-"));
        target.getStyleClass().add(styleClass());
    }
}
