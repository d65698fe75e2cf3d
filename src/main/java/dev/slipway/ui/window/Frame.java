package dev.slipway.ui.window;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.Views;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Consumer;

/// Frame and pages of one world, put together. FX thread only.
final class Frame {
    private final Desk desk;
    private final Pages pages;
    private final Shell shell;
    private final Feed feed;

    Frame(
            Services services,
            Background background,
            InstantSource clock,
            ZoneId zone,
            Consumer<URI> browser,
            Place start) {
        var model = new ShellModel();
        var navigator = new Navigator(start);
        desk = new Desk(services, model, navigator, background, clock, zone, browser);
        desk.preferencesProperty().subscribe(p -> model.plainKeysProperty().set(p.plainKeys()));
        pages = new Pages(desk);
        feed = new Feed(desk, pages);
        shell = new Shell(parts(navigator, pages.views()));
        desk.in(shell);
    }

    /// What a frame like this one, with other pages or at another place, is built from.
    Shell.Parts parts(Navigator navigator, Views views) {
        return new Shell.Parts(
                desk.model(),
                navigator,
                views,
                feed.arming(),
                desk.clock(),
                desk.zone(),
                () -> LogsView.panel(desk.services().log(), desk.zone()));
    }

    Desk desk() {
        return desk;
    }

    Pages pages() {
        return pages;
    }

    Shell shell() {
        return shell;
    }

    Feed feed() {
        return feed;
    }
}
