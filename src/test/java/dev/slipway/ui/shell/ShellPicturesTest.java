package dev.slipway.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.screens.Screens;
import dev.slipway.ui.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Parent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShellPicturesTest {
    @ParameterizedTest
    @EnumSource(
            value = Theme.Scheme.class,
            names = {"LIGHT", "DARK"})
    void everyPageOfTheWindowIsPicturedAtTheSizeAsked(Theme.Scheme scheme) throws Exception {
        var folder = Path.of("target", "screens", scheme.name().toLowerCase(Locale.ROOT));

        var files =
                Screens.render(
                        List.of(
                                new Screen(
                                        "shell-previews", () -> window(Place.Previews.ALL, false)),
                                new Screen(
                                        "shell-drawer",
                                        () -> window(Place.Previews.of(482), false)),
                                new Screen(
                                        "shell-confirm",
                                        () -> window(new Place.Production(), true)),
                                new Screen("shell-arming", ShellPicturesTest::arming)),
                        folder,
                        Screens.Size.DESIGNED,
                        scheme);

        assertThat(files).hasSize(4);
        for (var file : files) {
            assertThat(Files.size(file)).as(file.toString()).isGreaterThan(20_000);
        }
    }

    private static Parent window(Place place, boolean armed) {
        var demo = new DemoWindow();
        if (armed) {
            demo.model
                    .armedProperty()
                    .set(
                            Optional.of(
                                    new ShellModel.Armed(
                                            DemoWindow.NOW.plusSeconds(1580),
                                            "kim",
                                            "release r42")));
            demo.model.operationProperty().set("Promote r42, 10 %");
            demo.model.operationPlaceProperty().set(Optional.of(new Place.Operation("1")));
        }
        demo.navigator.go(place);
        return demo.shell.root();
    }

    private static Parent arming() {
        var demo = new DemoWindow();
        demo.shell.askToArm();
        return demo.shell.root();
    }
}
