package dev.slipway.ui.window;

import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Preferences;
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

    /// Every page of the world, each made when it is asked for. The toolkit is started headless.
    public static List<Screen> screens(Services services, InstantSource clock, ZoneId zone)
            throws InterruptedException {
        HeadlessToolkit.start();
        var moment = new StillClock(clock);
        return HeadlessToolkit.call(() -> {
            new Theme().install();
            var frame = frame(services, moment, zone);
            frame.feed().start();
            frame.feed().stop();
            moment.stop();
            return new Gallery(
                            frame,
                            shown -> frame(new OtherPreviews(services, shown), moment, zone),
                            (shown, log) ->
                                    frame(new OtherPreviews(services, shown, log), moment, zone),
                            saved -> early(services, saved, moment, zone))
                    .screens();
        });
    }

    private static Frame frame(Services services, InstantSource clock, ZoneId zone) {
        return new Frame(services, Background.inline(), clock, zone, _ -> {}, Place.Previews.ALL);
    }

    private static Frame early(
            Services services, PreviewList saved, InstantSource clock, ZoneId zone) {
        var earlier =
                new Earlier(
                        services.world().name(),
                        services.stack().repositoryName(),
                        services.stack().cloudflare().zone(),
                        Preferences.DEFAULT.afterWelcome(),
                        saved);
        return Frame.before(earlier, Background.inline(), clock, zone, _ -> {});
    }

    /// Pictures all pages in each of `schemes` into `folder`; the files end with the scheme's name.
    public static List<Path> render(
            Services services,
            InstantSource clock,
            ZoneId zone,
            Path folder,
            Screens.Size size,
            List<Theme.Scheme> schemes)
            throws IOException, InterruptedException {
        var pictures = screens(services, clock, zone);
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
