package dev.slipway.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.Fx;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The window without a mouse.
class ShellKeyboardTest {
    private DemoWindow window;
    private Stage stage;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        window = Fx.call(DemoWindow::new);
        scene = Fx.call(window.shell::scene);
        stage = Fx.show(scene);
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(stage::hide);
    }

    @Test
    void aDigitOrTwoLettersGoToAView() throws Exception {
        Fx.press(scene, KeyCode.CONTROL, KeyCode.DIGIT4);
        assertThat(window.navigator.place()).isEqualTo(Place.Logs.ALL);

        Fx.press(scene, KeyCode.G);
        Fx.press(scene, KeyCode.P);
        assertThat(window.navigator.place()).isEqualTo(Place.Previews.ALL);

        Fx.press(scene, KeyCode.ALT, KeyCode.LEFT);
        assertThat(window.navigator.place()).isEqualTo(Place.Logs.ALL);
        Fx.press(scene, KeyCode.ALT, KeyCode.RIGHT);
        assertThat(window.navigator.place()).isEqualTo(Place.Previews.ALL);
    }

    @Test
    void aPageThatTakesTheFocusWithItLeavesItToTheNextOne() throws Exception {
        Fx.run(() -> window.navigator.go(new Place.Production()));
        Fx.pulse(scene);
        var within =
                Fx.call(() -> {
                    var page =
                            ((javafx.scene.layout.BorderPane) scene.lookup(".shell")).getCenter();
                    var node = dev.slipway.ui.kit.Shortcuts.firstFocusable(page);
                    node.requestFocus();
                    return node;
                });
        assertThat(scene.getFocusOwner()).isEqualTo(within);

        Fx.run(() -> window.navigator.go(Place.Previews.ALL));
        Fx.pulse(scene);

        assertThat(scene.getFocusOwner()).isNotNull();
        assertThat(scene.getFocusOwner().getScene()).isEqualTo(scene);
        Fx.press(scene, KeyCode.CONTROL, KeyCode.DIGIT4);
        assertThat(window.navigator.place()).isEqualTo(Place.Logs.ALL);
    }

    @Test
    void slashGoesToTheFilterAndLettersTypedThereGoNowhere() throws Exception {
        Fx.press(scene, KeyCode.SLASH);
        assertThat(scene.getFocusOwner()).isInstanceOf(FilterField.class);

        Fx.press(scene, KeyCode.G);
        Fx.press(scene, KeyCode.L);

        assertThat(window.navigator.place()).isEqualTo(Place.Previews.ALL);
        assertThat(((FilterField) scene.getFocusOwner()).getText()).isEqualTo("gl");
    }

    @Test
    void armingNeedsAReasonAndEscapeClosesExactlyThePrompt() throws Exception {
        Fx.press(scene, KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
        assertThat(scene.getFocusOwner()).isInstanceOf(TextField.class);

        Fx.press(scene, KeyCode.ENTER);
        assertThat(window.asked).isEmpty();

        Fx.press(scene, KeyCode.ESCAPE);
        assertThat(window.asked).isEmpty();
        assertThat(scene.lookup(".dialog-box")).isNull();

        Fx.press(scene, KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.A);
        Fx.press(scene, KeyCode.R);
        Fx.press(scene, KeyCode.DIGIT4);
        Fx.press(scene, KeyCode.ENTER);
        assertThat(window.asked).containsExactly("arm r4");
        assertThat(scene.lookup(".band-part.armed").getAccessibleText())
                .contains(
                        "Armed for production", "codex.test", "by kim", "ends 14:32", "reason r4");
    }

    @Test
    void tabStaysInsideADialog() throws Exception {
        Fx.run(window.shell::askToArm);
        Fx.pulse(scene);
        for (int i = 0; i < 7; i++) {
            Fx.press(scene, KeyCode.TAB);
            assertThat(isInside(scene.getFocusOwner(), scene.lookup(".dialog-box"))).isTrue();
        }
    }

    @Test
    void f6ReachesEveryRegion() throws Exception {
        var reached = new java.util.HashSet<String>();
        for (int i = 0; i < 6; i++) {
            Fx.press(scene, KeyCode.F6);
            for (var region :
                    new String[] {".header", ".sidebar", ".page", ".bottom-panel", ".status-bar"}) {
                if (isInside(scene.getFocusOwner(), scene.lookup(region))) {
                    reached.add(region);
                }
            }
        }
        assertThat(reached).hasSize(5);
    }

    @Test
    void whereTheFocusWentByAKeyIsSeenUntilTheMouseIsUsed() throws Exception {
        Fx.press(scene, KeyCode.F6);
        Fx.press(scene, KeyCode.SHIFT, KeyCode.F6);
        var there = (javafx.scene.layout.Region) scene.getFocusOwner();
        assertThat(there.getBorder().getStrokes()).hasSize(1);

        Fx.run(() -> {
            var robot = new javafx.scene.robot.Robot();
            robot.mouseMove(600, 500);
            robot.mousePress(javafx.scene.input.MouseButton.PRIMARY);
            robot.mouseRelease(javafx.scene.input.MouseButton.PRIMARY);
            there.requestFocus();
        });
        Fx.pulse(scene);

        assertThat(there.getBorder()).isNull();
    }

    @Test
    void aPageThatIsComeToHasTheFocusWhereverItWas() throws Exception {
        Fx.run(() -> scene.lookup("#help").requestFocus());
        Fx.press(scene, KeyCode.CONTROL, KeyCode.DIGIT2);
        Fx.pulse(scene);

        var page = ((javafx.scene.layout.BorderPane) scene.lookup(".shell")).getCenter();
        assertThat(isInside(scene.getFocusOwner(), page)).isTrue();
    }

    @Test
    void aDialogKeepsTheFocusWhenThePageBelowItChanges() throws Exception {
        Fx.run(window.shell::askToArm);
        Fx.run(() -> window.navigator.go(new Place.Production()));
        Fx.pulse(scene);

        assertThat(isInside(scene.getFocusOwner(), scene.lookup(".dialog-box"))).isTrue();
    }

    @Test
    void theStatusBarSaysBrieflyWhoHoldsTheLockAndInFullWhenAsked() throws Exception {
        Fx.run(() ->
                window.model
                        .lockProperty()
                        .set(
                                new ShellModel.Lock(
                                        "kim on kim-mbp, step 5 of 8",
                                        "kim on kim-mbp, promotion of r42, step 5 of 8, renewed 4 s ago",
                                        false)));
        Fx.pulse(scene);
        var item = (Button) scene.lookup(".status-item");

        assertThat(item.getText()).isEqualTo("Lock: kim on kim-mbp, step 5 of 8");
        assertThat(item.getAccessibleText()).contains("promotion of r42", "renewed 4 s ago");
    }

    @Test
    void rightAndLeftTurnToAnotherTabOfThePanel() throws Exception {
        Fx.press(scene, KeyCode.CONTROL, KeyCode.J);
        Fx.run(() -> scene.lookup(".panel-tab").requestFocus());
        Fx.press(scene, KeyCode.RIGHT);
        Fx.press(scene, KeyCode.RIGHT);

        assertThat(scene.getRoot().lookupAll(".panel-row").size()).isEqualTo(2);
    }

    @Test
    void theDrawerClosesWithEscape() throws Exception {
        Fx.run(() -> window.navigator.go(Place.Previews.of(482)));
        Fx.pulse(scene);
        assertThat(scene.lookup(".drawer")).isNotNull();

        Fx.run(() -> scene.lookup(".drawer .button").requestFocus());
        Fx.press(scene, KeyCode.ESCAPE);

        assertThat(scene.lookup(".drawer")).isNull();
    }

    @Test
    void everyFocusableNodeHasSomethingToSay() throws Exception {
        Fx.run(() -> window.navigator.go(Place.Previews.of(482)));
        Fx.pulse(scene);
        var silent =
                scene.getRoot().lookupAll("*").stream()
                        .filter(Node::isFocusTraversable)
                        .filter(node ->
                                node.getAccessibleText() == null
                                        || node.getAccessibleText().isBlank())
                        .filter(node ->
                                !(node instanceof javafx.scene.control.Labeled l)
                                        || l.getText() == null
                                        || l.getText().isBlank())
                        .filter(node -> !(node instanceof javafx.scene.control.TableView))
                        .filter(node -> !(node instanceof javafx.scene.control.ScrollPane))
                        .map(Object::toString)
                        .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void thePaletteFindsAViewByAFewLetters() throws Exception {
        Fx.press(scene, KeyCode.CONTROL, KeyCode.K);
        Fx.press(scene, KeyCode.P);
        Fx.press(scene, KeyCode.D);
        Fx.press(scene, KeyCode.ENTER);

        assertThat(window.navigator.place()).isEqualTo(new Place.Production());
        assertThat(scene.lookup(".dialog-box")).isNull();
    }

    @Test
    void questionMarkListsTheKeys() throws Exception {
        Fx.run(() -> ((Button) scene.lookup("#help")).fire());
        Fx.pulse(scene);
        assertThat(scene.lookup(".dialog-box").getAccessibleText())
                .isEqualTo("Which keys work here?");
    }

    private static boolean isInside(Node node, Node region) {
        for (var n = node; n != null; n = n.getParent()) {
            if (n == region) {
                return true;
            }
        }
        return false;
    }
}
