package dev.slipway.ui.window;

import static dev.slipway.ui.previews.SomePreviews.list;
import static dev.slipway.ui.previews.SomePreviews.preview;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.State;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.EveryControl;
import dev.slipway.ui.desk.Preferences;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.kit.AsOf;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Drawer;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.previews.SomePreviews;
import dev.slipway.ui.shell.Place;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A window that stands before its world is open.
class EarlierPreviewsTest {
    private static final PreviewList LIVE =
            list(
                    preview(482, "New payment flow, second try", State.READY),
                    preview(491, "Pay later", State.READY));
    private static final PreviewList SAVED =
            new PreviewList(
                    TestDesk.NOW.minus(Duration.ofDays(2)),
                    LIVE.providers(),
                    List.of(
                            preview(479, "Fix session cookie", State.FAILING),
                            preview(482, "New payment flow", State.READY)));

    private final List<URI> browsed = new ArrayList<>();
    private Frame frame;
    private Scene scene;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        frame =
                Fx.call(() ->
                        Frame.before(
                                new Earlier(
                                        "codex",
                                        "codex",
                                        "codex.test",
                                        Preferences.DEFAULT.afterWelcome(),
                                        SAVED),
                                Background.inline(),
                                InstantSource.fixed(TestDesk.NOW),
                                ZoneOffset.UTC,
                                browsed::add));
        scene = Fx.call(() -> frame.shell().scene());
        stage = Fx.show(scene);
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(() -> {
            frame.shell().leave();
            stage.hide();
        });
    }

    @SuppressWarnings("unchecked") // the only table of the page
    private TableView<Preview> table() {
        return (TableView<Preview>) Objects.requireNonNull(scene.lookup(".data-table"));
    }

    private List<Integer> numbers() throws InterruptedException {
        return Fx.call(() -> table().getItems().stream().map(p -> p.number().value()).toList());
    }

    private String words(String style) throws InterruptedException {
        return Fx.call(() ->
                scene.getRoot().lookupAll(style).stream()
                        .map(Node::getAccessibleText)
                        .filter(Objects::nonNull)
                        .reduce("", (a, b) -> a + " " + b));
    }

    private String asOf() throws InterruptedException {
        return Fx.call(() -> ((AsOf) scene.lookup(".as-of")).getAccessibleText());
    }

    private void type(String words) throws InterruptedException {
        for (var letter : words.toCharArray()) {
            Fx.press(scene, KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(letter))));
        }
    }

    /// What is written on the control that has the focus; the drawer may draw it anew.
    private String focused() throws InterruptedException {
        return Fx.call(() -> ((Labeled) scene.getFocusOwner()).getText());
    }

    @Test
    void savedRowsAreThereAndSayThatTheyAreSaved() throws Exception {
        assertThat(numbers()).containsExactly(479, 482);
        assertThat(asOf()).isEqualTo("saved, as of Thu 14:02");
        assertThat(words(".band-part"))
                .contains("Opening the world")
                .contains("Showing previews saved Thu 14:02")
                .contains("Nothing can be changed");
        assertThat(frame.desk().model().connections()).isEmpty();
    }

    @Test
    void theLiveViewTakesOverUnderFilterSelectionAndFocus() throws Exception {
        Fx.press(scene, KeyCode.SLASH);
        type("pay");
        Fx.press(scene, KeyCode.ENTER);
        Fx.press(scene, KeyCode.ENTER);
        assertThat(numbers()).containsExactly(482);
        assertThat(drawer()).contains("New payment flow");
        var table = Fx.call(this::table);
        var focus = focused();

        Fx.run(() -> {
            frame.enter(new TestDesk(new SomePreviews(LIVE)));
            frame.pages().previews().start();
        });
        Fx.pulse(scene);

        assertThat(numbers()).containsExactly(482, 491);
        assertThat(Fx.call(this::table)).isSameAs(table);
        assertThat(focused()).isEqualTo(focus).isEqualTo("Promote…");
        assertThat(Fx.call(() -> ((FilterField) scene.lookup(".filter-field")).getText()))
                .isEqualTo("pay");
        assertThat(Fx.call(() -> table.getSelectionModel().getSelectedItem().number().value()))
                .isEqualTo(482);
        assertThat(drawer()).contains("New payment flow, second try");
        assertThat(asOf()).isEqualTo("as of 14:02:11");
        assertThat(words(".band-part")).doesNotContain("saved").doesNotContain("Opening");
    }

    @Test
    void aPageThatWaitedIsThereOnceTheWorldIsOpen() throws Exception {
        Fx.press(scene, KeyCode.CONTROL, KeyCode.COMMA);
        assertThat(words(".empty-state")).contains("still being opened");

        Fx.run(() -> frame.enter(new TestDesk(new SomePreviews(LIVE))));
        Fx.pulse(scene);

        assertThat(frame.desk().navigator().place()).isEqualTo(new Place.Settings());
        assertThat(words(".empty-state")).doesNotContain("still being opened");
        assertThat(Fx.call(() -> ((Label) scene.lookup(".page-title")).getText()))
                .isEqualTo("Settings");
    }

    @Test
    void whatIsChosenBeforeTheWorldIsOpenIsKeptAfterwards() throws Exception {
        var services = new TestDesk(new SomePreviews(LIVE));

        Fx.run(() -> frame.desk().choose(p -> p.withPlainKeys(false)));
        Fx.run(() -> frame.enter(services));

        assertThat(services.preferences.plainKeys()).isFalse();
    }

    @Test
    void everyControlWorksOrSaysThatItWaitsAndNothingIsArmed() throws Exception {
        Fx.run(() -> frame.desk().navigator().go(Place.Previews.of(482)));
        Fx.pulse(scene);

        var pressed =
                Fx.call(() -> {
                    var all = EveryControl.press(scene.getRoot());
                    frame.shell().askToArm();
                    return all;
                });
        Fx.pulse(scene);

        assertThat(pressed).contains("Promote\u2026", "Open preview", "Refresh");
        assertThat(frame.desk().isOpen()).isFalse();
        assertThat(frame.desk().model().armedProperty().get()).isEqualTo(Optional.empty());
        assertThat(browsed).allMatch(at -> at.getHost().equals("github.example"));
    }

    private String drawer() throws InterruptedException {
        return Fx.call(() ->
                scene.getRoot().lookupAll(".drawer").stream()
                        .filter(Drawer.class::isInstance)
                        .flatMap(drawer -> drawer.lookupAll(".section-title").stream())
                        .map(node -> ((Label) node).getText())
                        .reduce("", String::concat));
    }
}
