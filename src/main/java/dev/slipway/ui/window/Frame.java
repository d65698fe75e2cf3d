package dev.slipway.ui.window;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.Views;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;

/// Frame and pages of one world, put together; it may stand before its world is open, with what an
/// earlier session saved. FX thread only.
final class Frame {
    /// What waits for its world.
    private static final List<Class<? extends Place>> WAITING =
            List.of(
                    Place.Production.class,
                    Place.Promotion.class,
                    Place.Repair.class,
                    Place.Rollback.class,
                    Place.Rescue.class,
                    Place.Heal.class,
                    Place.Operations.class,
                    Place.Operation.class,
                    Place.Logs.class,
                    Place.Faults.class,
                    Place.Settings.class,
                    Place.Welcome.class);

    private final Desk desk;
    private final Pages pages;
    private final Views views;
    private final Shell shell;
    private final Feed feed;

    /// The frame of an open world.
    Frame(
            Services services,
            Background background,
            InstantSource clock,
            ZoneId zone,
            Consumer<URI> browser,
            Place start) {
        this(
                new Desk(
                        services,
                        new ShellModel(),
                        new Navigator(start),
                        background,
                        clock,
                        zone,
                        browser));
    }

    /// The frame of a sandbox that is being opened. Its previews can be looked through; nothing is
    /// asked and nothing can be written until [#enter].
    static Frame before(
            Earlier earlier,
            Background background,
            InstantSource clock,
            ZoneId zone,
            Consumer<URI> browser) {
        var frame =
                new Frame(
                        new Desk(
                                earlier.preferences(),
                                new ShellModel(),
                                new Navigator(Place.Previews.ALL),
                                background,
                                clock,
                                zone,
                                browser));
        frame.feed.await(earlier);
        frame.say("Opening the world\u2026");
        return frame;
    }

    private Frame(Desk desk) {
        this.desk = desk;
        var model = desk.model();
        desk.preferencesProperty().subscribe(p -> model.plainKeysProperty().set(p.plainKeys()));
        pages = new Pages(desk);
        feed = new Feed(desk, pages);
        views = desk.isOpen() ? pages.views() : pages.waiting(WAITING);
        shell = new Shell(parts(desk.navigator(), views));
        desk.in(shell);
    }

    /// Says what is being done to open the world.
    void say(String text) {
        var saved =
                pages.previews()
                        .listProperty()
                        .get()
                        .map(list -> Times.day(list.asOf(), desk.now(), desk.zone()))
                        .map(when -> " Showing previews saved " + when + ".")
                        .orElse("");
        desk.model()
                .openingProperty()
                .set(Optional.of(text + saved + " Nothing can be changed until it is open."));
    }

    /// The world is open: its pages take their places, and what is being looked at stays.
    void enter(Services services) {
        desk.enter(services);
        pages.others(views);
        feed.enter();
        shell.renew();
    }

    /// What a frame like this one, with other pages or at another place, is built from.
    Shell.Parts parts(Navigator navigator, Views others) {
        return new Shell.Parts(
                desk.model(),
                navigator,
                others,
                feed.arming(),
                desk.clock(),
                desk.zone(),
                this::log);
    }

    private Node log() {
        return desk.isOpen()
                ? LogsView.panel(desk.services().log(), desk.zone())
                : new Waiting().content();
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
