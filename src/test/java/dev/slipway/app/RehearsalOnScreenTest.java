package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.log.LogRow;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.previews.PreviewsModel;
import dev.slipway.ui.previews.PreviewsView;
import dev.slipway.ui.promotion.PromotionView;
import dev.slipway.ui.promotion.Releases;
import dev.slipway.ui.promotion.Releasing;
import dev.slipway.ui.shell.Arming;
import dev.slipway.ui.shell.Navigator;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.Views;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wizard's page "Rehearse" and the drawer's tab "Migrations" in a window over the default world,
/// by keys alone.
class RehearsalOnScreenTest {
    @TempDir private static Path home;
    private static Sandbox sandbox;
    private static WorldSession session;

    private final List<Throwable> bugs = new ArrayList<>();
    private Scene scene;
    private Stage stage;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(
                        SandboxOptions.temporary(Path.of("target/postgres-cache").toAbsolutePath())
                                .speed(4),
                        _ -> {});
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox);
    }

    @AfterAll
    static void end() {
        session.close();
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(stage::hide);
        assertThat(bugs).isEmpty();
        assertThat(sandbox.neon().branches(sandbox.worldFile().project()))
                .noneMatch(branch -> branch.name().startsWith("slipway/"));
    }

    @Test
    void itRehearsesByItselfShowsWhatBreaksAndOpensTheEvidence() throws Exception {
        open("471");
        toRehearse();
        Fx.until(scene, "the verdict", () -> scene.lookup(".verdict-card") != null);

        assertThat(words())
                .contains("The new code gets traffic first, then the migrations run.")
                .anySatisfy(text -> assertThat(text).contains("0043_drop_legacy_id takes away"))
                .contains("Move to after traffic", "42703", "users");

        Fx.run(() -> focusOn("Statement 1 of 0043_drop_legacy_id"));
        Fx.press(scene, KeyCode.ENTER);
        Fx.until(scene, "the evidence", () -> scene.lookup(".drawer") != null);
        assertThat(words()).contains("ALTER TABLE \"users\" DROP COLUMN \"legacy_id\"");

        Fx.until(scene, "focus in the drawer", () -> in(".drawer", scene.getFocusOwner()));
        Fx.press(scene, KeyCode.ESCAPE);
        Fx.until(
                scene,
                "focus back on the row",
                () ->
                        scene.lookup(".drawer") == null
                                && spoken(scene.getFocusOwner())
                                        .startsWith("Statement 1 of 0043_drop_legacy_id"));

        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(scene.lookup(".plan-table")).isNotNull();
        assertThat(rows())
                .extracting(LogRow::text)
                .anySatisfy(text ->
                        assertThat(text)
                                .startsWith("#471: 0043_drop_legacy_id statement 1 of 1, "));
    }

    @Test
    void aFailedRehearsalIsTheEndOfTheWay() throws Exception {
        open("485");
        Fx.until(scene, "the proposal", () -> !continueDisabled());
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);

        // Its checks are red, so the way ends before the rehearsal.
        assertThat(continueDisabled()).isTrue();
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(scene.lookup(".preflight")).isNotNull();
    }

    @Test
    void withoutMigrationsThereIsNothingToRehearse() throws Exception {
        open("487");
        toRehearse();

        assertThat(words()).contains("No migrations in r42. Nothing to rehearse.");
        assertThat(continueDisabled()).isFalse();
    }

    @Test
    void stoppingRemovesTheBranchAndLeavesTheWayClosed() throws Exception {
        open("482");
        toRehearse();
        Fx.until(
                scene,
                "a branch",
                () -> words().stream().anyMatch(text -> text.startsWith("Branches production")));

        Fx.run(() -> Objects.requireNonNull(scene.lookup("#stop-rehearsing")).requestFocus());
        Fx.press(scene, KeyCode.SPACE);
        Fx.until(scene, "the end", () -> scene.lookup("#stop-rehearsing") == null);

        assertThat(words())
                .anySatisfy(text ->
                        assertThat(text)
                                .contains(
                                        "was stopped",
                                        "Production was only read",
                                        "branch was removed"));
        assertThat(continueDisabled()).isTrue();
        assertThat(scene.lookup("#rehearse")).isNotNull();
    }

    @Test
    void thePreviewsMigrationsAreListedAndRehearsedInItsDrawer() throws Exception {
        open(new Place.Previews("", Optional.of(471), "Migrations"));
        Fx.until(scene, "the migrations", () -> row("0043_drop_legacy_id").contains("Pending"));
        assertThat(row("0042_email_verified")).contains("Applied");
        Fx.until(scene, "the button", () -> !scene.lookup("#rehearse").isDisabled());

        Fx.run(() -> scene.lookup("#rehearse").requestFocus());
        Fx.press(scene, KeyCode.SPACE);
        Fx.until(scene, "figures", () -> row("0043_drop_legacy_id").contains("breaks"));

        assertThat(row("0043_drop_legacy_id")).contains("ms", "of WAL");
        assertThat(words()).contains("rehearsed just now").anyMatch(w -> w.contains("42703"));
    }

    @Test
    void aForkIsListedAndNotRehearsed() throws Exception {
        open(new Place.Previews("", Optional.of(483), "Migrations"));
        Fx.until(scene, "the migrations", () -> row("0042_email_verified").contains("Applied"));

        assertThat(scene.lookup("#rehearse").isDisabled()).isTrue();
        assertThat(words()).anyMatch(w -> w.startsWith("It comes from a fork."));
    }

    @Test
    void aMigrationDrizzleWillNeverRunSaysWhatToDo() throws Exception {
        open(new Place.Previews("", Optional.of(476), "Migrations"));

        Fx.until(
                scene,
                "the migrations",
                () -> row("0043_email_preferences").contains("Skipped by Drizzle"));
        assertThat(row("0043_email_preferences")).contains("Generate it again");
    }

    /// The sentence of the row of this migration.
    private String row(String tag) {
        return scene.getRoot().lookupAll(".migration").stream()
                .map(RehearsalOnScreenTest::spoken)
                .filter(text -> text.startsWith(tag + ", "))
                .findFirst()
                .orElse("");
    }

    private void open(String target) throws Exception {
        open(new Place.Promotion(target));
    }

    private void open(Place start) throws Exception {
        scene =
                Fx.call(() -> {
                    var navigator = new Navigator(start);
                    var desk =
                            new Desk(
                                    session,
                                    new ShellModel(),
                                    navigator,
                                    Background.threads(bugs::add),
                                    Clock.systemUTC(),
                                    ZoneOffset.UTC,
                                    _ -> {});
                    var releases = new Releases(desk, Releasing.of(session));
                    var views =
                            new Views()
                                    .each(
                                            Place.Promotion.class,
                                            place -> new PromotionView(releases, place))
                                    .one(
                                            Place.Previews.class,
                                            () -> new PreviewsView(desk, new PreviewsModel(desk)));
                    var shell =
                            new Shell(
                                    new Shell.Parts(
                                            desk.model(),
                                            navigator,
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

    private void toRehearse() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            Fx.until(scene, "the proposal", () -> !continueDisabled());
            Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        }
    }

    private boolean continueDisabled() {
        var next = scene.lookup("#continue");
        return next == null || next.isDisabled();
    }

    private List<LogRow> rows() {
        var rows = new ArrayList<LogRow>();
        var reader = session.log().reader();
        var some = reader.poll(1_000);
        while (!some.isEmpty()) {
            rows.addAll(some);
            some = reader.poll(1_000);
        }
        return rows;
    }

    private List<String> words() {
        return Stream.of(".label", ".button")
                .flatMap(style -> scene.getRoot().lookupAll(style).stream())
                .map(node -> ((Labeled) node).getText())
                .filter(Objects::nonNull)
                .toList();
    }

    private void focusOn(String sentence) {
        scene.getRoot().lookupAll(".spoken").stream()
                .filter(node -> spoken(node).startsWith(sentence))
                .findFirst()
                .orElseThrow()
                .requestFocus();
    }

    private static String spoken(Node node) {
        return node == null || node.getAccessibleText() == null ? "" : node.getAccessibleText();
    }

    private boolean in(String style, Node node) {
        for (var at = node; at != null; at = at.getParent()) {
            if (at.equals(scene.lookup(style))) {
                return true;
            }
        }
        return false;
    }
}
