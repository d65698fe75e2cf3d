package dev.slipway.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contrast after WCAG 2: 4.5 for text, 3 for what shows where a control is.
class ContrastTest {
    private static final Pattern TOKEN = Pattern.compile("(-color-[a-z0-9-]+):\\s*(#[0-9a-f]{6});");

    @ParameterizedTest
    @ValueSource(strings = {"slipway-light", "slipway-dark"})
    void textIsReadableOnEveryGroundItStandsOn(String sheet) throws IOException {
        var colours = colours(sheet);
        for (var ground : new String[] {"bg-default", "bg-subtle", "bg-selected"}) {
            for (var text :
                    new String[] {
                        "fg-default",
                        "fg-muted",
                        "fg-subtle",
                        "accent-fg",
                        "success-fg",
                        "warning-fg",
                        "danger-fg",
                        "production-fg"
                    }) {
                assertPair(colours, text, ground, 4.5);
            }
            assertPair(colours, "border-control", ground, 3);
            assertPair(colours, "focus", ground, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slipway-light", "slipway-dark"})
    void tintsFillsAndTheLogAreReadable(String sheet) throws IOException {
        var colours = colours(sheet);
        for (var tone : new String[] {"accent", "success", "warning", "danger", "production"}) {
            assertPair(colours, tone + "-fg", tone + "-subtle", 4.5);
            assertPair(colours, "fg-emphasis", tone + "-emphasis", 4.5);
            assertPair(colours, "fg-default", tone + "-subtle", 4.5);
        }
        assertPair(colours, "fg-muted", "neutral-subtle", 4.5);
        assertPair(colours, "fg-default", "bg-hover", 4.5);
        assertPair(colours, "fg-muted", "danger-subtle", 4.5);
        assertPair(colours, "fg-default", "hatch-ground", 4.5);
        assertPair(colours, "log-info", "log-match", 4.5);
        for (var word : new String[] {"info", "time", "debug", "ok", "warn", "error"}) {
            assertPair(colours, "log-" + word, "log-bg", 4.5);
            assertPair(colours, "log-" + word, "bg-selected", 4.5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slipway-light", "slipway-dark"})
    void highContrastNeverWeakensAnything(String sheet) throws IOException {
        var normal = colours(sheet);
        var strong = new HashMap<>(normal);
        strong.putAll(colours(sheet + "-contrast"));
        for (var text :
                new String[] {"fg-muted", "fg-subtle", "border-control", "border-default"}) {
            assertThat(contrast(strong, text, "bg-default"))
                    .as(text)
                    .isGreaterThan(contrast(normal, text, "bg-default"));
        }
        for (var tone : new String[] {"accent", "success", "warning", "danger", "production"}) {
            assertPair(strong, tone + "-fg", tone + "-subtle", 4.5);
        }
    }

    private static void assertPair(
            Map<String, Color> colours, String front, String ground, double least) {
        assertThat(contrast(colours, front, ground))
                .as(front + " on " + ground)
                .isGreaterThanOrEqualTo(least);
    }

    private static double contrast(Map<String, Color> colours, String front, String ground) {
        double a = luminance(Objects.requireNonNull(colours.get("-color-" + front), front));
        double b = luminance(Objects.requireNonNull(colours.get("-color-" + ground), ground));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private static Map<String, Color> colours(String sheet) throws IOException {
        try (var in = Objects.requireNonNull(Theme.class.getResourceAsStream(sheet + ".css"))) {
            var colours = new HashMap<String, Color>();
            var tokens = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (tokens.find()) {
                colours.put(tokens.group(1), Color.web(tokens.group(2)));
            }
            return colours;
        }
    }
}
