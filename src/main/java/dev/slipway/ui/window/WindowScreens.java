package dev.slipway.ui.window;

import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.screens.HeadlessToolkit;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.screens.Screens;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.theme.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Pictures every page of a world, in the frame of the window, without a display.
public final class WindowScreens {
    private WindowScreens() {}

    /// Pictures all pages in each of `schemes` into `folder`; the files end with the scheme's name.
    public static List<Path> render(
            Services services,
            InstantSource clock,
            ZoneId zone,
            Path folder,
            Screens.Size size,
            List<Theme.Scheme> schemes)
            throws IOException, InterruptedException {
        HeadlessToolkit.start();
        var moment = new StillClock(clock);
        var frame =
                HeadlessToolkit.call(() -> {
                    new Theme().install();
                    var made =
                            new Frame(
                                    services,
                                    Background.inline(),
                                    moment,
                                    zone,
                                    _ -> {},
                                    Place.Previews.ALL);
                    made.feed().start();
                    made.feed().stop();
                    moment.stop();
                    return made;
                });
        var pictures =
                HeadlessToolkit.call(() ->
                        new Gallery(
                                        frame,
                                        shown ->
                                                new Frame(
                                                        new OtherPreviews(services, shown),
                                                        Background.inline(),
                                                        moment,
                                                        zone,
                                                        _ -> {},
                                                        Place.Previews.ALL))
                                .screens());
        var files = new ArrayList<Path>();
        for (var scheme : schemes) {
            var suffix = "-" + scheme.name().toLowerCase(Locale.ROOT);
            var screens =
                    pictures.stream().map(p -> new Screen(p.name() + suffix, p.root())).toList();
            files.addAll(Screens.render(screens, folder, size, scheme));
        }
        return files;
    }
}
