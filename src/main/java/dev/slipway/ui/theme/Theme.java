package dev.slipway.ui.theme;

import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// Puts the look on every window of this process and keeps it in step with the person's choice and
/// with the system's colour scheme. Used on the FX thread only.
///
/// It is a user-agent stylesheet: dialogs and popups, which have scenes of their own, get it too.
public final class Theme {
    /// Which colours to use.
    public enum Scheme {
        /// What the system uses, also when that changes while the window is open.
        SYSTEM,
        LIGHT,
        DARK
    }

    /// Whether text and edges are made stronger.
    public enum Contrast {
        SYSTEM,
        NORMAL,
        HIGH
    }

    private final ObjectProperty<Scheme> scheme =
            new SimpleObjectProperty<>(this, "scheme", Scheme.SYSTEM);
    private final ObjectProperty<Contrast> contrast =
            new SimpleObjectProperty<>(this, "contrast", Contrast.SYSTEM);

    /// Loads the fonts, puts the look on, and follows the system from now on. The toolkit must be
    /// running.
    public void install() {
        Fonts.load();
        scheme.subscribe(_ -> apply());
        contrast.subscribe(_ -> apply());
        Platform.getPreferences().colorSchemeProperty().subscribe(_ -> apply());
    }

    /// Which colours to use.
    public ObjectProperty<Scheme> schemeProperty() {
        return scheme;
    }

    /// Whether text and edges are made stronger.
    public ObjectProperty<Contrast> contrastProperty() {
        return contrast;
    }

    /// Whether the dark colours are in use now.
    public boolean isDark() {
        return switch (scheme.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    private boolean isHighContrast() {
        return switch (contrast.get()) {
            case NORMAL -> false;
            case HIGH -> true;
            case SYSTEM -> systemAsksForContrast();
        };
    }

    // JavaFX has no common name for this wish; the keys are those its platforms publish.
    private static boolean systemAsksForContrast() {
        var preferences = Platform.getPreferences();
        return Boolean.TRUE.equals(preferences.get("Windows.SPI.HighContrast"))
                || Objects.toString(preferences.get("GTK.theme_name"), "").contains("HighContrast");
    }

    private void apply() {
        Application.setUserAgentStylesheet(stylesheet(isDark(), isHighContrast()));
    }

    /// The address of the stylesheet for these wishes.
    static String stylesheet(boolean dark, boolean highContrast) {
        var name =
                "slipway-" + (dark ? "dark" : "light") + (highContrast ? "-contrast" : "") + ".css";
        return Objects.requireNonNull(Theme.class.getResource(name), name).toExternalForm();
    }
}
