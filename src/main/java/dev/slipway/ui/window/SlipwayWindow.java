package dev.slipway.ui.window;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.FxThread;
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

/// The window, from its first frame to its end.
public final class SlipwayWindow {
    private static final Logger LOG = LoggerFactory.getLogger(SlipwayWindow.class);

    /// How the window comes to its world. Called on background threads.
    public interface Opening {
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
    private final InstantSource clock;
    private final ZoneId zone;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Consumer<URI> browser = new Browser()::show;
    private final Theme theme = new Theme();
    private Optional<Frame> frame = Optional.empty();

    private SlipwayWindow(Opening opening, InstantSource clock, ZoneId zone) {
        this.opening = opening;
        this.clock = clock;
        this.zone = zone;
    }

    /// Shows the window and returns when it was closed.
    ///
    /// @throws UnsupportedOperationException where the system has no display
    public static void run(Opening opening, InstantSource clock, ZoneId zone) {
        var window = new SlipwayWindow(opening, clock, zone);
        Platform.startup(window::start);
        try {
            window.closed.await();
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
        var stage = new Stage();
        stage.setTitle("Slipway");
        stage.setMinWidth(Shell.MIN_WIDTH);
        stage.setMinHeight(Shell.MIN_HEIGHT);
        stage.setOnCloseRequest(event -> {
            event.consume();
            askToClose(stage);
        });
        open(stage, opening::open);
        stage.show();
    }

    @FunctionalInterface
    private interface Open {
        Services open(Consumer<String> progress);
    }

    private void open(Stage stage, Open how) {
        var page = new OpeningPage();
        stage.titleProperty().unbind();
        stage.setTitle("Slipway");
        stage.setScene(new Scene(page, 1280, 800));
        Thread.ofVirtual()
                .name("slipway-opening")
                .start(() -> {
                    try {
                        var services = how.open(text -> FxThread.later(() -> page.say(text)));
                        FxThread.later(() -> show(stage, services));
                    } catch (InputException e) {
                        FxThread.later(
                                () -> cannotOpen(stage, page, String.join("\n", e.problems())));
                    } catch (RefusedException e) {
                        FxThread.later(() ->
                                page.failed(String.join("\n", e.reasons()), () -> end(stage)));
                    } catch (FailureException e) {
                        FxThread.later(() ->
                                page.failed(
                                        e.failure().sentence() + ". Nothing was changed.",
                                        () -> end(stage)));
                    } catch (RuntimeException e) {
                        LOG.error("the world cannot be opened", e);
                        FxThread.later(() ->
                                page.failed(
                                        "Slipway itself failed ("
                                                + e.getClass().getSimpleName()
                                                + "). Nothing was changed; the log has"
                                                + " the details.",
                                        () -> end(stage)));
                    }
                });
    }

    private void cannotOpen(Stage stage, OpeningPage page, String why) {
        if (!opening.explorable()) {
            page.failed(why, () -> end(stage));
            return;
        }
        var welcome =
                new WelcomePage(
                        Optional.of(why),
                        WelcomePage.Sandbox.NOT_STARTED,
                        Set.of(),
                        () -> open(stage, opening::explore),
                        () -> dialogs(stage).ifPresent(Connecting::open));
        var layers = new Layers(new StackPane(welcome));
        stage.setScene(new Scene(layers, 1280, 800));
        welcome.focus();
    }

    private static Optional<Dialogs> dialogs(Stage stage) {
        return stage.getScene().getRoot() instanceof Layers layers
                ? Optional.of(new Dialogs(layers))
                : Optional.empty();
    }

    private void show(Stage stage, Services services) {
        var made =
                new Frame(
                        services,
                        Background.threads(bug -> LOG.error("a page hit a defect", bug)),
                        clock,
                        zone,
                        browser,
                        services.world().sandbox() && !services.preferences().welcomed()
                                ? new Place.Welcome()
                                : Place.Previews.ALL);
        frame = Optional.of(made);
        made.desk()
                .preferencesProperty()
                .subscribe(chosen -> {
                    theme.schemeProperty().set(chosen.scheme());
                    theme.contrastProperty().set(chosen.contrast());
                });
        opening.renewable()
                .ifPresent(folder ->
                        made.desk()
                                .model()
                                .worldActions()
                                .setAll(
                                        new ShellModel.WorldAction(
                                                "New world\u2026",
                                                () ->
                                                        new Renewal(made.desk(), folder)
                                                                .ask(() -> renew(stage)))));
        made.feed().start();
        stage.setScene(made.shell().scene());
        made.shell().title(stage);
    }

    private void askToClose(Stage stage) {
        frame.ifPresentOrElse(
                shown -> new Closing(shown, () -> end(stage)).ask(), () -> end(stage));
    }

    private void renew(Stage stage) {
        leave();
        open(stage, opening::renew);
    }

    private void leave() {
        frame.ifPresent(shown -> {
            shown.feed().stop();
            shown.shell().leave();
        });
        frame = Optional.empty();
    }

    private void end(Stage stage) {
        leave();
        stage.hide();
        closed.countDown();
    }
}
