package dev.slipway.ui.window;

import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.FocusRing;
import dev.slipway.ui.kit.Layers;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.theme.Theme;
import dev.slipway.ui.welcome.Connecting;
import dev.slipway.ui.welcome.WelcomePage;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The window, from its first frame to its end. FX thread only, but for [#run].
public final class SlipwayWindow implements Opener.Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(SlipwayWindow.class);

    /// How the window comes to its world. Called on background threads.
    public interface Opening {
        /// What an earlier session left, to be shown until a world that takes long is open; empty when
        /// there is nothing, or the world is soon open.
        Optional<Earlier> earlier();

        /// Opens the world.
        ///
        /// @param progress hears what is being done, a few words
        Services open(Consumer<String> progress);

        /// Whether [#explore] may be offered: no world was named, and none could be opened.
        boolean explorable();

        /// Opens the sandbox of this home instead.
        Services explore(Consumer<String> progress);

        /// The folder [#renew] deletes; empty when this world cannot be made anew.
        Optional<Path> renewable();

        /// Ends the world, deletes it, and opens a new one in its place.
        Services renew(Consumer<String> progress);

        /// Lets go of the world.
        void close();
    }

    private final Opening opening;
    private final Opener opener;
    private final InstantSource clock;
    private final ZoneId zone;
    private final CountDownLatch closed;
    private final Consumer<URI> browser = new Browser()::show;
    private final Theme theme = new Theme();
    private final Stage stage = new Stage();
    private Optional<Frame> frame = Optional.empty();
    private Optional<OpeningPage> page = Optional.empty();

    private SlipwayWindow(
            Opening opening,
            Opener opener,
            InstantSource clock,
            ZoneId zone,
            CountDownLatch closed) {
        this.opening = opening;
        this.opener = opener;
        this.clock = clock;
        this.zone = zone;
        this.closed = closed;
    }

    /// Shows the window and returns when it was closed.
    ///
    /// @throws UnsupportedOperationException where the system has no display
    public static void run(Opening opening, InstantSource clock, ZoneId zone) {
        var closed = new CountDownLatch(1);
        var opener = new Opener(opening);
        opener.begin(opening::open);
        Platform.startup(() -> new SlipwayWindow(opening, opener, clock, zone, closed).start());
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            opening.close();
            Platform.exit();
        }
    }

    /// Shows addresses with the system's browser.
    private static final class Browser extends Application {
        @Override
        public void start(Stage stage) {
            throw new IllegalStateException("the window is started by SlipwayWindow");
        }

        void show(URI address) {
            getHostServices().showDocument(address.toString());
        }
    }

    private void start() {
        theme.install();
        Platform.setImplicitExit(false);
        stage.setTitle("Slipway");
        stage.setMinWidth(Shell.MIN_WIDTH);
        stage.setMinHeight(Shell.MIN_HEIGHT);
        stage.setOnCloseRequest(event -> {
            event.consume();
            askToClose();
        });
        opener.earlier()
                .ifPresentOrElse(
                        earlier -> put(Frame.before(earlier, background(), clock, zone, browser)),
                        this::showOpening);
        stage.show();
        opener.tell(this);
    }

    private static Background background() {
        return Background.threads(bug -> LOG.error("a page hit a defect", bug));
    }

    private void showOpening() {
        var shown = new OpeningPage();
        page = Optional.of(shown);
        stage.titleProperty().unbind();
        stage.setTitle("Slipway");
        stage.setScene(new Scene(shown, 1280, 800));
    }

    private void open(Opener.Way way) {
        showOpening();
        opener.open(way);
    }

    @Override
    public void says(String words) {
        page.ifPresent(shown -> shown.say(words));
        frame.filter(shown -> !shown.desk().isOpen()).ifPresent(shown -> shown.say(words));
    }

    @Override
    public void failed(String why) {
        leave();
        if (page.isEmpty()) {
            showOpening();
        }
        page.ifPresent(shown -> shown.failed(why, this::end));
    }

    @Override
    public void cannot(String why) {
        if (!opening.explorable()) {
            failed(why);
            return;
        }
        var welcome =
                new WelcomePage(
                        Optional.of(why),
                        WelcomePage.Sandbox.NOT_STARTED,
                        Set.of(),
                        () -> open(opening::explore),
                        () -> dialogs().ifPresent(Connecting::open));
        page = Optional.empty();
        var scene = new Scene(new Layers(new StackPane(welcome)), 1280, 800);
        FocusRing.follow(scene);
        stage.setScene(scene);
        welcome.focus();
    }

    private Optional<Dialogs> dialogs() {
        return stage.getScene().getRoot() instanceof Layers layers
                ? Optional.of(new Dialogs(layers))
                : Optional.empty();
    }

    @Override
    public void opened(Services services) {
        page = Optional.empty();
        frame.ifPresentOrElse(
                shown -> shown.enter(services),
                () ->
                        put(
                                new Frame(
                                        services,
                                        background(),
                                        clock,
                                        zone,
                                        browser,
                                        services.world().sandbox()
                                                        && !services.memory()
                                                                .preferences()
                                                                .welcomed()
                                                ? new Place.Welcome()
                                                : Place.Previews.ALL)));
        frame.ifPresent(shown -> {
            opening.renewable().ifPresent(folder -> offerNew(shown, folder));
            shown.feed().start();
        });
    }

    private void offerNew(Frame shown, Path folder) {
        shown.desk()
                .model()
                .worldActions()
                .setAll(
                        new ShellModel.WorldAction(
                                "New world\u2026",
                                () -> new Renewal(shown.desk(), folder).ask(this::renew)));
    }

    private void put(Frame made) {
        frame = Optional.of(made);
        made.desk()
                .preferencesProperty()
                .subscribe(chosen -> {
                    theme.schemeProperty().set(chosen.scheme());
                    theme.contrastProperty().set(chosen.contrast());
                });
        var scene = made.shell().scene();
        stage.setScene(scene);
        made.shell().title(stage);
        made.pages().previews().listProperty().subscribe(list -> onRows(scene, list));
    }

    private void onRows(Scene scene, Optional<PreviewList> list) {
        if (list.isPresent()) {
            Drawn.once(
                    scene,
                    () -> {
                        LOG.debug("rows are on screen");
                        opener.drawn();
                    });
        }
    }

    private void askToClose() {
        frame.filter(shown -> shown.desk().isOpen())
                .ifPresentOrElse(shown -> new Closing(shown, this::end).ask(), this::end);
    }

    private void renew() {
        leave();
        open(opening::renew);
    }

    private void leave() {
        frame.ifPresent(shown -> {
            shown.feed().stop();
            shown.shell().leave();
        });
        frame = Optional.empty();
    }

    private void end() {
        leave();
        stage.hide();
        opener.drawn();
        closed.countDown();
    }
}
