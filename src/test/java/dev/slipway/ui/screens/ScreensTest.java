package dev.slipway.ui.screens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.ui.theme.Theme;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.scene.image.Image;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.controlsfx.control.CheckComboBox;
import org.controlsfx.control.SegmentedBar;
import org.controlsfx.control.StatusBar;
import org.controlsfx.control.TaskProgressView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreensTest {
    @TempDir Path folder;

    @Test
    void aPictureHasTheSizeAskedAndTheColoursOfTheTheme() throws Exception {
        for (var scheme : new Theme.Scheme[] {Theme.Scheme.LIGHT, Theme.Scheme.DARK}) {
            var files =
                    Screens.render(
                            List.of(new Screen("empty", VBox::new)),
                            folder,
                            new Screens.Size(1920, 1080),
                            scheme);

            var image = new Image(new ByteArrayInputStream(Files.readAllBytes(files.getFirst())));
            assertThat(image.getException()).isNull();
            assertThat(image.getWidth()).isEqualTo(1920);
            assertThat(image.getHeight()).isEqualTo(1080);
            assertThat(image.getPixelReader().getColor(1900, 1000))
                    .isEqualTo(Color.web(scheme == Theme.Scheme.DARK ? "#0d1117" : "#ffffff"));
        }
    }

    @Test
    void noStylesheetOfTheControlsFindsANameMissing() throws Exception {
        var warnings = new ArrayList<String>();
        var listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        warnings.add(record.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        var logger = Logger.getLogger("javafx");
        logger.addHandler(listener);
        try {
            Screens.render(
                    List.of(
                            new Screen(
                                    "controls",
                                    () ->
                                            new VBox(
                                                    new StatusBar(),
                                                    new CheckComboBox<String>(),
                                                    new SegmentedBar<>(),
                                                    new TaskProgressView<>()))),
                    folder,
                    Screens.Size.DESIGNED,
                    Theme.Scheme.DARK);
        } finally {
            logger.removeHandler(listener);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSizeThatIsNoneIsASentence() {
        assertThat(Screens.Size.parse("1280x800")).isEqualTo(Screens.Size.DESIGNED);
        assertThatThrownBy(() -> Screens.Size.parse("big")).hasMessageContaining("1280x800");
    }
}
