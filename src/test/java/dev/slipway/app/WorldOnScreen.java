package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.release.Planned;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.heal.HealView;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.previews.PreviewsModel;
import dev.slipway.ui.previews.PreviewsView;
import dev.slipway.ui.production.ProductionModel;
import dev.slipway.ui.production.ProductionView;
import dev.slipway.ui.promotion.OperationView;
import dev.slipway.ui.promotion.PromotionView;
import dev.slipway.ui.promotion.Releases;
import dev.slipway.ui.promotion.Releasing;
import dev.slipway.ui.rescue.RescueView;
import dev.slipway.ui.rollback.RollbackView;
import dev.slipway.ui.shell.Arming;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.Views;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// The pages of previews and releases in a window over a default world of its own.
final class WorldOnScreen implements AutoCloseable {
    final Sandbox sandbox;
    final WorldSession session;
    final List<Throwable> bugs = new ArrayList<>();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private Desk desk;
    private Scene scene;
    private Stage stage;

    WorldOnScreen(Path home) {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox);
    }

    /// Shows a window at `start`.
    void open(Place start) throws InterruptedException {
        scene =
                Fx.call(() -> {
                    desk =
                            new Desk(
                                    session,
                                    new ShellModel(),
                                    new Navigator(start),
                                    Background.threads(bugs::add),
                                    () -> Clock.systemUTC().instant().plus(ahead.get()),
                                    ZoneOffset.UTC,
                                    _ -> {});
                    var way = new WayBack(desk);
                    var releases = new Releases(desk, Releasing.of(session), way);
                    var production = new ProductionModel(desk);
                    production.stateProperty().subscribe(state -> state.ifPresent(way::look));
                    var views =
                            new Views()
                                    .each(
                                            Place.Promotion.class,
                                            place -> new PromotionView(releases, place))
                                    .each(
                                            Place.Repair.class,
                                            place -> new PromotionView(releases, place))
                                    .each(
                                            Place.Operation.class,
                                            place -> new OperationView(releases, place))
                                    .each(
                                            Place.Rollback.class,
                                            place -> new RollbackView(desk, way, place))
                                    .each(Place.Rescue.class, place -> new RescueView(desk, place))
                                    .each(Place.Heal.class, _ -> new HealView(desk))
                                    .one(
                                            Place.Production.class,
                                            () -> new ProductionView(desk, production, way))
                                    .one(
                                            Place.Previews.class,
                                            () -> new PreviewsView(desk, new PreviewsModel(desk)));
                    var shell =
                            new Shell(
                                    new Shell.Parts(
                                            desk.model(),
                                            desk.navigator(),
                                            views,
                                            new ReadOnly(),
                                            Clock.systemUTC(),
                                            ZoneOffset.UTC,
                                            null));
                    desk.in(shell);
                    return shell.scene();
                });
        stage = Fx.show(scene);
    }

    private static final class ReadOnly implements Arming {
        @Override
        public void arm(String reason) {}

        @Override
        public void disarm() {}
    }

    /// Takes the window away.
    void hide() throws InterruptedException {
        Fx.run(stage::hide);
    }

    Scene scene() {
        return scene;
    }

    /// Where the window is.
    Place place() {
        return desk.navigator().place();
    }

    /// Goes to `place`, as its frame does.
    void go(Place place) throws InterruptedException {
        Fx.run(() -> desk.navigator().go(place));
    }

    /// It is later for the window by `time`, and for nobody else.
    void skip(Duration time) {
        ahead.updateAndGet(time::plus);
    }

    /// Arms the window, as its frame does.
    void arm(String reason) throws InterruptedException {
        var armed = session.arming().arm("kim", reason);
        Fx.run(() ->
                desk.model()
                        .armedProperty()
                        .set(Optional.of(new ShellModel.Armed(armed.until(), "kim", reason))));
    }

    /// Puts the focus on what `selector` finds, once it is there and may be used, and presses Space.
    void act(String selector) throws InterruptedException {
        Fx.until(scene, selector, () -> usable(selector));
        // In one turn: a reading that arrives in between makes the rows anew.
        Fx.run(() -> {
            var node = Objects.requireNonNull(scene.lookup(selector));
            // A control of a page that was made this very moment hears no key before its style.
            scene.getRoot().applyCss();
            node.requestFocus();
            node.fireEvent(space(KeyEvent.KEY_PRESSED));
            node.fireEvent(space(KeyEvent.KEY_RELEASED));
        });
        Fx.pulse(scene);
    }

    private static KeyEvent space(EventType<KeyEvent> type) {
        return new KeyEvent(type, " ", "", KeyCode.SPACE, false, false, false, false);
    }

    private boolean usable(String selector) {
        var node = scene.lookup(selector);
        return node != null && !node.isDisabled();
    }

    /// On to the next page of a wizard, once its way is open.
    void goOn() throws InterruptedException {
        Fx.until(scene, "the way on", () -> !continueDisabled());
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
    }

    boolean continueDisabled() {
        return !usable("#continue");
    }

    /// What labels, buttons and choices say.
    List<String> words() {
        return Stream.of(".label", ".button", ".radio-button")
                .flatMap(style -> scene.getRoot().lookupAll(style).stream())
                .map(node -> ((Labeled) node).getText())
                .filter(Objects::nonNull)
                .toList();
    }

    /// Whether a label, a button or a choice says `text`, among others.
    boolean said(String text) {
        return words().stream().anyMatch(words -> words.contains(text));
    }

    /// What `selector` finds; null when it finds nothing.
    Node node(String selector) {
        return scene.lookup(selector);
    }

    /// Id of what has the focus; empty when that has none.
    String focused() {
        var owner = scene.getFocusOwner();
        return owner == null || owner.getId() == null ? "" : owner.getId();
    }

    /// Types small letters, digits and spaces into what has the focus.
    void type(String text) throws InterruptedException {
        for (char letter : text.toCharArray()) {
            Fx.press(
                    scene,
                    letter == ' '
                            ? KeyCode.SPACE
                            : KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(letter))));
        }
        assertThat(Fx.call(() -> ((TextField) scene.getFocusOwner()).getText())).isEqualTo(text);
    }

    /// Promotes a pull request, as the command line does.
    void promote(int pullRequest) {
        carryOut(
                session.promotions()
                        .propose(
                                new Target.OfPullRequest(new PullRequestNumber(pullRequest)),
                                RehearsalListener.SILENT));
    }

    /// Does what was proposed.
    void carryOut(Planned made) {
        var permit = Permit.forOne(session.login(), "a test");
        var end = session.promotions().start(made, made.phrase(), permit, List.of()).await();
        assertThat(end.state()).isEqualTo(OperationState.SUCCEEDED);
    }

    /// The sentence of the row of this migration in the drawer; empty when there is none.
    String row(String tag) {
        return scene.getRoot().lookupAll(".migration").stream()
                .map(WorldOnScreen::spoken)
                .filter(text -> text.startsWith(tag + ", "))
                .findFirst()
                .orElse("");
    }

    static String spoken(Node node) {
        return node == null || node.getAccessibleText() == null ? "" : node.getAccessibleText();
    }

    @Override
    public void close() {
        session.close();
    }
}
