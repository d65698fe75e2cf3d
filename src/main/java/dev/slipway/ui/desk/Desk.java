package dev.slipway.ui.desk;

import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What a page needs of its window. FX thread only.
///
/// A window may stand before its world is open, with what an earlier session saved; then there are no
/// [#services()] yet, so that nothing can be asked and nothing written.
public final class Desk {
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper(this, "open");
    private final ShellModel model;
    private final Navigator navigator;
    private final Background background;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<URI> browser;
    private final ReadOnlyObjectWrapper<Preferences> preferences;
    private Optional<Services> services = Optional.empty();
    private Optional<Shell> shell = Optional.empty();
    private boolean unkept;

    /// A desk of an open world.
    ///
    /// @param background carries blocking work away; [Background#inline()] in tests and pictures
    /// @param browser shows an address outside of the window
    public Desk(
            Services services,
            ShellModel model,
            Navigator navigator,
            Background background,
            InstantSource clock,
            ZoneId zone,
            Consumer<URI> browser) {
        this(services.memory().preferences(), model, navigator, background, clock, zone, browser);
        enter(services);
    }

    /// A desk whose world is not open yet.
    ///
    /// @param chosen what the person chose for the window
    /// @param background carries blocking work away; [Background#inline()] in tests and pictures
    /// @param browser shows an address outside of the window
    public Desk(
            Preferences chosen,
            ShellModel model,
            Navigator navigator,
            Background background,
            InstantSource clock,
            ZoneId zone,
            Consumer<URI> browser) {
        this.model = model;
        this.navigator = navigator;
        this.background = background;
        this.clock = clock;
        this.zone = zone;
        this.browser = browser;
        preferences = new ReadOnlyObjectWrapper<>(this, "preferences", chosen);
    }

    /// The world is open from now on. What was chosen before is kept now.
    public void enter(Services opened) {
        services = Optional.of(opened);
        open.set(true);
        if (unkept) {
            keep(preferences.get());
        }
    }

    /// Whether the world is open.
    public boolean isOpen() {
        return open.get();
    }

    /// Whether the world is open; it never closes under its pages.
    public ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    /// Tells the desk which frame it is in; pages are made before their frame is whole.
    public void in(Shell frame) {
        shell = Optional.of(frame);
    }

    /// The services of the world.
    ///
    /// @throws IllegalStateException while it is not open
    public Services services() {
        return services.orElseThrow(() -> new IllegalStateException("the world is not open yet"));
    }

    /// What the frame shows: arming, lock, running operation.
    public ShellModel model() {
        return model;
    }

    public Navigator navigator() {
        return navigator;
    }

    public Background background() {
        return background;
    }

    public InstantSource clock() {
        return clock;
    }

    /// This moment.
    public Instant now() {
        return clock.instant();
    }

    /// The zone times are shown in.
    public ZoneId zone() {
        return zone;
    }

    /// Shows `address` in the browser of the person.
    public void browse(URI address) {
        browser.accept(address);
    }

    /// The dialogs of the window; not while pages are being made.
    public Dialogs dialogs() {
        return shell.orElseThrow(() -> new IllegalStateException("the frame is not whole yet"))
                .dialogs();
    }

    /// What the person chose for the window.
    public ReadOnlyObjectProperty<Preferences> preferencesProperty() {
        return preferences.getReadOnlyProperty();
    }

    /// Changes what the person chose, now and for later.
    public void choose(UnaryOperator<Preferences> change) {
        var chosen = change.apply(preferences.get());
        if (!chosen.equals(preferences.get())) {
            preferences.set(chosen);
            unkept = !isOpen();
            if (isOpen()) {
                keep(chosen);
            }
        }
    }

    private void keep(Preferences chosen) {
        var world = services();
        background.start(
                () -> {
                    world.memory().keep(chosen);
                    return chosen;
                },
                _ -> {},
                _ -> {});
    }

    /// Opens the prompt that arms, as every locked button does.
    public void askToArm() {
        shell.ifPresent(Shell::askToArm);
    }

    /// Whether writing is allowed now.
    public boolean armed() {
        return writing() == Writing.ARMED;
    }

    /// Whether a person may write, and why not.
    public enum Writing {
        ARMED,
        /// It takes arming first.
        READ_ONLY,
        /// No provider can be reached: nothing is sent, now or later.
        OFFLINE
    }

    /// Whether a person may write, and why not.
    public Writing writing() {
        return model.offlineSinceProperty().get().isPresent()
                ? Writing.OFFLINE
                : model.armedProperty().get().isPresent() ? Writing.ARMED : Writing.READ_ONLY;
    }

    /// Calls `action` now and whenever [#writing] may have changed.
    public void onWriting(Runnable action) {
        model.armedProperty().subscribe(_ -> action.run());
        model.offlineSinceProperty().addListener((_, _, _) -> action.run());
    }

    /// How often what is on screen is read again by itself, once the world is open.
    public Duration refreshEvery() {
        return services.map(world -> world.world().bounds().poll().multipliedBy(10))
                .filter(every -> every.compareTo(LEAST) > 0)
                .orElse(LEAST);
    }

    private static final Duration LEAST = Duration.ofSeconds(5);
}
