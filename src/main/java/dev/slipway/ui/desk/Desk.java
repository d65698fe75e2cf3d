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
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What a page needs of its window. FX thread only.
public final class Desk {
    private final Services services;
    private final ShellModel model;
    private final Navigator navigator;
    private final Background background;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<URI> browser;
    private final ReadOnlyObjectWrapper<Preferences> preferences;
    private Optional<Shell> shell = Optional.empty();

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
        this.services = services;
        this.model = model;
        this.navigator = navigator;
        this.background = background;
        this.clock = clock;
        this.zone = zone;
        this.browser = browser;
        preferences = new ReadOnlyObjectWrapper<>(this, "preferences", services.preferences());
    }

    /// Tells the desk which frame it is in; pages are made before their frame is whole.
    public void in(Shell frame) {
        shell = Optional.of(frame);
    }

    public Services services() {
        return services;
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
            background.start(
                    () -> {
                        services.keep(chosen);
                        return chosen;
                    },
                    _ -> {},
                    _ -> {});
        }
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

    /// How often what is on screen is read again by itself.
    public Duration refreshEvery() {
        var every = services.world().bounds().poll().multipliedBy(10);
        return every.compareTo(LEAST) < 0 ? LEAST : every;
    }

    private static final Duration LEAST = Duration.ofSeconds(5);
}
