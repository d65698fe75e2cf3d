package dev.slipway.ui.theme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The two bundled families: Inter for words, JetBrains Mono for everything that must align.
final class Fonts {
    private static final List<String> FILES =
            List.of(
                    "inter/Inter-Regular.otf",
                    "inter/Inter-SemiBold.otf",
                    "inter/Inter-Bold.otf",
                    "jetbrains_mono/JetBrainsMono-Regular.ttf",
                    "jetbrains_mono/JetBrainsMono-Bold.ttf");

    private Fonts() {}

    /// Makes the families known to JavaFX; loading them again changes nothing.
    static void load() {
        for (var file : FILES) {
            try (var in = Fonts.class.getResourceAsStream("/com/formdev/flatlaf/fonts/" + file)) {
                if (in == null || Font.loadFont(in, 13) == null) {
                    throw new IllegalStateException("the font " + file + " cannot be loaded");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
