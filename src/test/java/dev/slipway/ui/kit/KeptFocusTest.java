package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A page that is drawn anew while somebody works in it.
class KeptFocusTest {
    private VBox rail;
    private VBox page;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        rail = Fx.call(() -> new VBox(new Button("Rail")));
        page = Fx.call(VBox::new);
        stage = Fx.show(Fx.call(() -> new HBox(rail, page)));
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(stage::hide);
    }

    /// Draws buttons, gives one the focus, draws others, and tells which has it then.
    private String after(Function<Integer, Button> first, int at, Function<Integer, Button> then)
            throws Exception {
        return Fx.call(() -> {
            page.getChildren().setAll(three(first));
            page.getChildren().get(at).requestFocus();
            KeptFocus.in(() -> page.getChildren().setAll(three(then)), rail, page);
            return stage.getScene().getFocusOwner() instanceof Button button
                    ? button.getText()
                    : "none";
        });
    }

    private static List<Node> three(Function<Integer, Button> made) {
        return IntStream.range(0, 3).mapToObj(made::apply).map(Node.class::cast).toList();
    }

    private static Button named(String id, String text) {
        var button = new Button(text);
        button.setId(id);
        return button;
    }

    @Test
    void theNodeOfTheSameNameHasItAgain() throws Exception {
        assertThat(after(i -> named("b" + i, "old " + i), 2, i -> named("b" + (2 - i), "new " + i)))
                .isEqualTo("new 0");
    }

    @Test
    void withoutANameTheOneThatSaysTheSameHasIt() throws Exception {
        assertThat(after(i -> new Button("row " + i), 1, i -> new Button("row " + (2 - i) % 3)))
                .isEqualTo("row 1");
    }

    @Test
    void aRowWhoseWordsChangedKeepsItByItsPlace() throws Exception {
        assertThat(after(i -> new Button("at " + i), 1, i -> new Button("now at " + i)))
                .isEqualTo("now at 1");
    }

    @Test
    void aNamedNodeThatIsGoneLeavesItToTheRail() throws Exception {
        assertThat(after(i -> named("b" + i, "old"), 1, i -> named("c" + i, "other")))
                .isEqualTo("Rail");
    }

    @Test
    void aDialogGivesItBackToWhatReplacedItsOpener() throws Exception {
        var layers = Fx.call(() -> new Layers(new VBox(named("open", "old"), new Button("other"))));
        var scene = Fx.call(() -> new javafx.scene.Scene(layers, 400, 300));
        var shown = Fx.show(scene);
        Fx.run(() -> {
            scene.lookup("#open").requestFocus();
            new Dialogs(layers).tell("What?", new javafx.scene.control.Label("That."));
            ((VBox) scene.lookup("#open").getParent()).getChildren().set(0, named("open", "new"));
        });

        Fx.press(scene, javafx.scene.input.KeyCode.ESCAPE);

        assertThat(((Button) scene.getFocusOwner()).getText()).isEqualTo("new");
        Fx.run(shown::hide);
    }

    @Test
    void whatHasItElsewhereIsLeftAlone() throws Exception {
        var kept =
                Fx.call(() -> {
                    rail.getChildren().getFirst().requestFocus();
                    KeptFocus.in(() -> page.getChildren().setAll(new Button("new")), page);
                    return stage.getScene().getFocusOwner();
                });
        assertThat(kept).isEqualTo(rail.getChildren().getFirst());
    }
}
