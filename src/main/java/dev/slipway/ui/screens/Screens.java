package dev.slipway.ui.screens;

import dev.slipway.ui.theme.Theme;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// Pictures pages into files.
public final class Screens {
    /// Width and height in pixels at scale 1.
    public record Size(int width, int height) {
        private static final Pattern WORDS = Pattern.compile("([0-9]{3,4})[xX×]([0-9]{3,4})");

        /// What the window is designed for.
        public static final Size DESIGNED = new Size(1280, 800);

        /// Reads `1280x800`. Anything else is an [IllegalArgumentException] that says so.
        public static Size parse(String text) {
            var words = WORDS.matcher(text);
            if (!words.matches()) {
                throw new IllegalArgumentException(
                        "The size "
                                + text
                                + " is not of the form 1280x800, each between 100 and 9999.");
            }
            return new Size(Integer.parseInt(words.group(1)), Integer.parseInt(words.group(2)));
        }
    }

    private static final double WINDOW = 600;

    private Screens() {}

    /// Pictures each page into `directory`, made if it is missing, and gives the files in order. The
    /// toolkit is started headless unless it runs already.
    ///
    /// @param scheme `SYSTEM` means what the platform says, light when it says nothing
    public static List<Path> render(
            List<Screen> screens, Path directory, Size size, Theme.Scheme scheme)
            throws IOException, InterruptedException {
        HeadlessToolkit.start();
        Files.createDirectories(directory);
        HeadlessToolkit.call(() -> {
            var theme = new Theme();
            theme.schemeProperty().set(scheme);
            theme.install();
            return theme;
        });
        var files = new ArrayList<Path>();
        for (var screen : screens) {
            var image = HeadlessToolkit.call(() -> picture(screen.root().get(), size));
            var file = directory.resolve(screen.name() + ".png");
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                Png.write(image, out);
            }
            files.add(file);
        }
        return files;
    }

    /// Pictures `root` as it looks after `size` is given to it. FX thread; nested pulses are run, so
    /// that virtualised lists have made their rows.
    public static Image picture(Parent root, Size size) {
        // The headless screen is 1000 x 1000 and a higher window writes beyond it, so the page is
        // larger than its window. It has one at all, because focus needs a window.
        var page = new StackPane(root);
        page.getStyleClass().add("root");
        page.setManaged(false);
        var scene = new Scene(new Pane(page), WINDOW, WINDOW);
        var stage = new Stage();
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        try {
            for (int i = 0; i < 3; i++) {
                page.resizeRelocate(0, 0, size.width(), size.height());
                pulse(scene);
            }
            var parameters = new SnapshotParameters();
            parameters.setViewport(new Rectangle2D(0, 0, size.width(), size.height()));
            return page.snapshot(parameters, null);
        } finally {
            stage.hide();
            page.getChildren().clear();
        }
    }

    private static void pulse(Scene scene) {
        var key = new Object();
        // A nested loop ends only after this listener returned, so it is told once per pulse waited
        // for.
        Runnable laidOut = () -> Platform.exitNestedEventLoop(key, null);
        scene.addPostLayoutPulseListener(laidOut);
        Platform.requestNextPulse();
        Platform.enterNestedEventLoop(key);
        scene.removePostLayoutPulseListener(laidOut);
    }
}
