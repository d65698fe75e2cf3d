package dev.slipway.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.screens.Screens;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import javafx.scene.Parent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogsPicturesTest {
    @ParameterizedTest
    @EnumSource(
            value = Theme.Scheme.class,
            names = {"LIGHT", "DARK"})
    void theLogIsPicturedFollowingAndPaused(Theme.Scheme scheme) throws Exception {
        var folder = Path.of("target", "screens", scheme.name().toLowerCase(Locale.ROOT));

        var files =
                Screens.render(
                        List.of(
                                new Screen("logs", () -> page(false)),
                                new Screen("logs-paused", () -> page(true))),
                        folder,
                        new Screens.Size(1104, 670),
                        scheme);

        for (var file : files) {
            assertThat(Files.size(file)).as(file.toString()).isGreaterThan(20_000);
        }
    }

    private static Parent page(boolean paused) {
        var log = DemoLog.log();
        var view = new LogsView(log, ZoneOffset.UTC, _ -> {});
        view.show(Place.Logs.ALL);
        if (paused) {
            var pane = view.controller().pane();
            pane.jump(-1, row -> row.source().equals("migration"));
            pane.toggleExpanded();
            pane.toggleMark();
            view.controller().model().find("verified");
            for (int i = 0; i < 40; i++) {
                DemoLog.more(log, i);
            }
        }
        return view.content();
    }
}
