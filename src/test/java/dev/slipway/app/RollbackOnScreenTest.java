package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Production goes back to the code of the release before in a window over the default world, by keys
/// alone.
class RollbackOnScreenTest {
    private WorldOnScreen window;

    @BeforeEach
    void start(@TempDir Path home) {
        window = new WorldOnScreen(home);
    }

    @AfterEach
    void end() throws Exception {
        window.hide();
        window.close();
        assertThat(window.bugs).isEmpty();
    }

    @Test
    void fromProductionToHealthyAndForthAgainByKeysAlone() throws Exception {
        var before = production();
        window.promote(482);
        var bad = production();
        assertThat(versions(bad)).isNotEqualTo(versions(before));

        window.open(new Place.Production());
        Fx.until(
                window.scene(),
                "the answer",
                () -> window.said("Can we go back? Yes, to r41, code only"));
        assertThat(window.words())
                .anySatisfy(text ->
                        assertThat(text)
                                .contains("0043_payment_intents only adds to it", "No data"));

        // The whole way of a person: a combination, a reason, a phrase, the button.
        Fx.press(window.scene(), KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        assertThat(window.place()).isEqualTo(Place.Rollback.NEAREST);
        Fx.until(
                window.scene(),
                "the releases",
                () -> window.scene().lookup("#release-r42") != null);
        assertThat(window.node("#release-r42").isDisabled()).isTrue();
        assertThat(window.node("#release-r41").isDisabled()).isFalse();
        window.goOn();
        Fx.until(
                window.scene(),
                "the reason has the focus",
                () -> "reason".equals(window.focused()));
        assertThat(window.words())
                .contains("Send all users of codex.test back to r41?")
                .anySatisfy(text -> assertThat(text).contains("0043_payment_intents", "no row"));
        window.type("500s");
        Fx.press(window.scene(), KeyCode.TAB);
        window.type("roll back to r41");
        Fx.press(window.scene(), KeyCode.ENTER);
        assertThat(window.place()).isEqualTo(Place.Rollback.NEAREST);
        Fx.until(window.scene(), "the button", () -> !window.node("#roll-back").isDisabled());
        Fx.press(window.scene(), KeyCode.TAB);
        assertThat(Fx.call(window::focused)).isEqualTo("roll-back");
        Fx.press(window.scene(), KeyCode.SPACE);

        Fx.until(window.scene(), "its operation", () -> window.place() instanceof Place.Operation);
        Fx.until(window.scene(), "the result", () -> window.said("Users are back on r41"));
        assertThat(operation().state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(operation().by()).isEqualTo(window.session.login());
        var after = production();
        assertThat(versions(after)).isEqualTo(versions(before));
        assertThat(after.health()).isEqualTo(ProductionState.Health.HEALTHY);
        assertThat(after.schema().state().orElseThrow().latest())
                .isEqualTo(bad.schema().state().orElseThrow().latest());
        Fx.until(
                window.scene(),
                "production beside the result",
                () ->
                        window.words().stream()
                                .anyMatch(text -> text.startsWith("Production runs r41")));
        // The page is drawn anew when the answer is found out anew.
        Fx.until(
                window.scene(),
                "what became of it",
                () ->
                        window.words().stream()
                                .filter(text -> text.contains("Every Worker serves r41 again"))
                                .anyMatch(t -> t.contains("not touched") && t.contains("held")));

        // Undoing it: what was left is held, so the hold is released first.
        window.act("#choice-undo");
        assertThat(window.place()).isEqualTo(Place.Rollback.to(Optional.of("r42")));
        Fx.until(
                window.scene(),
                "why not",
                () ->
                        window.words().stream()
                                .anyMatch(text -> text.contains("r42 is held: r42 was rolled")));
        assertThat(window.continueDisabled()).isTrue();
        letGoAndHoldAgain();
    }

    /// The hold is released where it is told, and what is live can be held.
    private void letGoAndHoldAgain() throws Exception {
        window.arm("a test of holds");
        window.go(new Place.Production());
        Fx.until(window.scene(), "the hold is told", () -> window.said("r42 is held, "));
        press("Release hold\u2026");
        decide("unhold ");
        Fx.until(window.scene(), "released", () -> operation().kind().equals("unhold"));
        window.go(new Place.Production());
        Fx.until(window.scene(), "no hold", () -> !window.said("r42 is held, "));
        window.act("#hold-live");
        decide("hold ");
        Fx.until(window.scene(), "held", () -> operation().kind().equals("hold"));
    }

    /// Types the phrase of the dialog, which begins so, and acts by its button.
    private void decide(String begin) throws Exception {
        Fx.until(window.scene(), begin, () -> window.node("#hold-phrase") != null);
        var box = window.node(".dialog-box");
        var phrase = Fx.call(() -> ((Label) box.lookup(".phrase")).getText());
        assertThat(phrase).startsWith(begin);
        var verb = begin.startsWith("un") ? "Release the hold" : "Hold it";
        assertThat(Fx.call(() -> button(verb).isDisabled())).isTrue();
        Fx.run(() -> ((TextField) window.node("#hold-phrase")).setText(phrase));
        window.skip(Duration.ofSeconds(3));
        Fx.until(window.scene(), "the phrase", () -> !button(verb).isDisabled());
        press(verb);
        Fx.until(
                window.scene(),
                "its end",
                () -> window.place() instanceof Place.Operation && operation().state().terminal());
        assertThat(operation().state()).isEqualTo(OperationState.SUCCEEDED);
    }

    private void press(String verb) throws Exception {
        Fx.run(() -> button(verb).fire());
        Fx.pulse(window.scene());
    }

    private Button button(String verb) {
        return window.scene().getRoot().lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(button -> verb.equals(button.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + verb));
    }

    private OperationRow operation() {
        return window.session
                .operations()
                .one(((Place.Operation) window.place()).id())
                .orElseThrow()
                .row();
    }

    private ProductionState production() {
        return window.session.production().read(Wake.ALLOWED);
    }

    private static Map<String, String> versions(ProductionState state) {
        var versions = new TreeMap<String, String>();
        for (LiveWorker worker : state.workers()) {
            versions.put(worker.name(), worker.only().orElseThrow().id());
        }
        return versions;
    }
}
