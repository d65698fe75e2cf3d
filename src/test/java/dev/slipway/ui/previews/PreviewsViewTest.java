package dev.slipway.ui.previews;

import static dev.slipway.ui.previews.SomePreviews.list;
import static dev.slipway.ui.previews.SomePreviews.preview;
import static dev.slipway.ui.previews.SomePreviews.withoutNeon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.RefusedException;
import dev.slipway.migration.Layout;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.preview.Preview.State;
import dev.slipway.preview.PreviewList;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Target;
import dev.slipway.release.TreeMigrations;
import dev.slipway.ui.desk.EveryControl;
import dev.slipway.ui.desk.NoPreviews;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.rehearsal.Rehearsing;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.screens.Screens;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewsViewTest {
    private static final PreviewList FOUR =
            list(
                    preview(479, "Fix session cookie", State.FAILING),
                    preview(484, "Retry webhooks", State.PARTIAL),
                    preview(482, "New payment flow", State.READY),
                    preview(490, "Try passkeys", State.NOT_CREATED, Optional.empty()));

    private final TestDesk desk = new TestDesk(new SomePreviews(FOUR));

    /// A repository whose folder of migrations is empty.
    private static final class NoMigrations implements Rehearsing {
        @Override
        public TreeMigrations migrations(Target target, Wake wake) {
            return new TreeMigrations(
                    "1".repeat(40),
                    new MigrationFolder("drizzle", Layout.JOURNAL, List.of(), List.of()),
                    Optional.empty(),
                    "The production compute sleeps; looking would wake it.",
                    TestDesk.NOW);
        }

        @Override
        public Optional<RehearsalResult> latest(Target target) {
            return Optional.empty();
        }

        @Override
        public RehearsalResult rehearse(Target target, RehearsalListener listener) {
            throw new RefusedException("Nothing is pending. Nothing was rehearsed or changed.");
        }
    }

    private PreviewsView view() {
        return new PreviewsView(desk.desk, new PreviewsModel(desk.desk, new NoMigrations()));
    }

    /// The page as the frame shows it, with its drawer.
    private static Parent framed(PreviewsView view) {
        var frame = new BorderPane(view.content());
        Objects.requireNonNull(view.drawer()).subscribe(frame::setRight);
        return frame;
    }

    @Test
    void theListIsPicturedAloneAndBesideADrawer(@TempDir Path folder) throws Exception {
        var files =
                Screens.render(
                        List.of(
                                new Screen(
                                        "previews",
                                        () -> {
                                            var view = view();
                                            view.show(Place.Previews.ALL);
                                            return framed(view);
                                        }),
                                new Screen(
                                        "previews-drawer",
                                        () -> {
                                            var view = view();
                                            view.show(Place.Previews.of(482));
                                            return framed(view);
                                        })),
                        folder,
                        new Screens.Size(1104, 670),
                        Theme.Scheme.LIGHT);

        for (var file : files) {
            assertThat(Files.size(file)).as(file.toString()).isGreaterThan(20_000);
        }
        assertThat(Files.mismatch(files.getFirst(), files.getLast())).isNotNegative();
    }

    @Test
    void aSilentProviderIsNamedInABanner() throws Exception {
        var silent =
                new TestDesk(
                        new SomePreviews(
                                withoutNeon(
                                        preview(
                                                482,
                                                "New payment flow",
                                                State.UNKNOWN,
                                                Optional.empty()))));

        var words =
                Fx.call(() -> {
                    var view = new PreviewsView(silent.desk, new PreviewsModel(silent.desk));
                    view.show(Place.Previews.ALL);
                    view.leave();
                    return view.bannerText();
                });

        assertThat(words)
                .contains("Neon is not answering")
                .contains("connection refused")
                .contains("Unknown");
    }

    @Test
    void nothingOnThePageWritesWhileTheWindowIsNotArmed() throws Exception {
        var pressed =
                Fx.call(() -> {
                    var view = view();
                    view.show(Place.Previews.of(482));
                    var all = EveryControl.press(framed(view));
                    view.show(Place.Previews.of(482));
                    EveryControl.keys(view);
                    view.leave();
                    return all;
                });

        assertThat(pressed).contains("Promote\u2026", "Open preview", "Refresh");
        assertThat(desk.writes).isEmpty();
        assertThat(desk.arming().state()).isEmpty();
        assertThat(desk.opened).isNotEmpty();
    }

    @Test
    void spacePeeksAndEnterGoesIntoTheDrawerAndReadingAgainLeavesTheFocusThere() throws Exception {
        var view = Fx.call(this::view);
        var scene =
                Fx.call(() -> {
                    view.show(Place.Previews.ALL);
                    desk.navigator.placeProperty().addListener((_, _, place) -> view.show(place));
                    return new javafx.scene.Scene(framed(view), 1104, 670);
                });
        var stage = Fx.show(scene);
        var table = view.entry().orElseThrow();
        Fx.run(table::requestFocus);
        Fx.press(scene, KeyCode.J);

        Fx.press(scene, KeyCode.SPACE);
        assertThat(desk.navigator.place()).isEqualTo(Place.Previews.of(484));
        assertThat(scene.getFocusOwner()).isEqualTo(table);
        Fx.press(scene, KeyCode.SPACE);
        assertThat(desk.navigator.place()).isEqualTo(Place.Previews.ALL);

        Fx.press(scene, KeyCode.ENTER);
        Fx.pulse(scene);
        assertThat(words(scene)).isEqualTo("Promote\u2026");
        Fx.press(scene, KeyCode.TAB);
        assertThat(words(scene)).isEqualTo("Open preview");
        Fx.press(scene, KeyCode.TAB);
        assertThat(words(scene)).isEqualTo("Overview");
        Fx.press(scene, KeyCode.RIGHT);
        assertThat(words(scene)).isEqualTo("Resources");
        assertThat(desk.navigator.place())
                .isEqualTo(new Place.Previews("", Optional.of(484), "Resources"));

        Fx.run(() -> view.shortcuts().getFirst().action().run());
        Fx.pulse(scene);
        assertThat(words(scene)).isEqualTo("Resources");
        Fx.run(() -> {
            view.leave();
            stage.hide();
        });
    }

    @Test
    void aDrawerStaysOnItsPreviewWhenRowsComeLaterAndInAnotherOrder() throws Exception {
        var late = new TestDesk(new NoPreviews(), () -> TestDesk.NOW, Place.Previews.of(482));
        var model = Fx.call(() -> new PreviewsModel(late.desk, new NoMigrations()));
        var view = Fx.call(() -> new PreviewsView(late.desk, model));
        var scene =
                Fx.call(() -> {
                    view.show(late.navigator.place());
                    late.navigator.placeProperty().addListener((_, _, place) -> view.show(place));
                    return new Scene(framed(view), 1104, 670);
                });
        var stage = Fx.show(scene);

        Fx.run(() -> model.show(FOUR));
        Fx.pulse(scene);
        Fx.run(view.entry().orElseThrow()::requestFocus);
        Fx.pulse(scene);
        assertThat(late.navigator.place()).isEqualTo(Place.Previews.of(482));

        Fx.run(() ->
                model.show(
                        list(
                                preview(482, "New payment flow", State.FAILING),
                                preview(479, "Fix session cookie", State.READY),
                                preview(484, "Retry webhooks", State.READY))));
        Fx.pulse(scene);
        assertThat(late.navigator.place()).isEqualTo(Place.Previews.of(482));
        assertThat(scene.lookup(".drawer").lookupAll(".section-title"))
                .extracting(node -> ((Labeled) node).getText())
                .contains("New payment flow");

        Fx.press(scene, KeyCode.J);
        assertThat(late.navigator.place())
                .isEqualTo(new Place.Previews("", Optional.of(479), "Overview"));
        Fx.run(() -> {
            view.leave();
            stage.hide();
        });
    }

    private static String words(Scene scene) {
        return scene.getFocusOwner() instanceof Labeled words ? words.getText() : "none";
    }

    @Test
    void promoteLeadsToTheWizardOfThatPullRequest() throws Exception {
        Fx.run(() -> {
            var view = view();
            view.show(Place.Previews.of(482));
            view.shortcuts().stream()
                    .filter(key -> key.keys().equals("P"))
                    .forEach(key -> key.action().run());
            view.leave();
        });

        assertThat(desk.navigator.place()).isEqualTo(new Place.Promotion("482"));
    }
}
