package dev.slipway.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ColourLiteralsTest {
    private static final Pattern LITERAL =
            Pattern.compile(
                    "#[0-9a-fA-F]{3,8}\\b|rgba?\\(|hsba?\\(|color:\\s*(white|black|red|gray|grey)\\b");

    @Test
    void coloursAreNamedByRoleEverywhereButInTheTheme() throws IOException {
        int sheets = 0;
        try (var files = Files.walk(Path.of("src/main/resources/dev/slipway/ui"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".css")).toList()) {
                sheets++;
                var name = file.getFileName().toString();
                if (!name.startsWith("slipway-")) {
                    assertThat(
                                    LITERAL.matcher(Files.readString(file))
                                            .results()
                                            .map(m -> m.group()))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
        assertThat(sheets).isGreaterThan(5);
    }
}
