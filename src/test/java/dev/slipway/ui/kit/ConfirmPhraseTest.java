package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class ConfirmPhraseTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T14:06:18Z"));

    private ConfirmPhrase phrase() throws InterruptedException {
        return Fx.call(() -> new ConfirmPhrase("promote r42", now::get));
    }

    private void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    @Test
    void thePhraseAloneIsNotEnoughBeforeThePageStoodStillForTwoSeconds() throws Exception {
        var phrase = phrase();
        var stage = Fx.show(new VBox(phrase));

        Fx.run(() -> phrase.field().setText("promote r42"));
        assertThat(phrase.allowedProperty().get()).isFalse();

        pass(Duration.ofSeconds(2));
        Fx.pulse(stage.getScene());
        assertThat(phrase.allowedProperty().get()).isTrue();
        Fx.run(stage::hide);
    }

    @Test
    void aPageThatChangesTakesThePermissionBack() throws Exception {
        var phrase = phrase();
        var stage = Fx.show(new VBox(phrase));
        Fx.run(() -> phrase.field().setText("promote r42"));
        pass(Duration.ofSeconds(3));
        Fx.pulse(stage.getScene());

        Fx.run(phrase::pageChanged);
        assertThat(phrase.allowedProperty().get()).isFalse();
        Fx.run(stage::hide);
    }

    @Test
    void anotherPhraseMustBeTypedAgain() throws Exception {
        var phrase = phrase();
        var stage = Fx.show(new VBox(phrase));
        Fx.run(() -> phrase.field().setText("promote r42"));

        Fx.run(() -> phrase.setPhrase("promote r43"));
        pass(Duration.ofSeconds(3));
        Fx.pulse(stage.getScene());

        assertThat(phrase.field().getText()).isEmpty();
        assertThat(phrase.allowedProperty().get()).isFalse();
        Fx.run(stage::hide);
    }

    @Test
    void whatWasTypedBeforeTheFieldCameOnScreenDoesNotCount() throws Exception {
        var phrase = phrase();
        Fx.run(() -> phrase.field().setText("promote r42"));

        var stage = Fx.show(new VBox(phrase));
        pass(Duration.ofSeconds(3));
        Fx.pulse(stage.getScene());

        assertThat(phrase.allowedProperty().get()).isFalse();
        Fx.run(stage::hide);
    }

    @Test
    void enterInTheFieldPressesNoDefaultButton() throws Exception {
        var phrase = phrase();
        var pressed = new AtomicReference<>(false);
        var button = Fx.call(() -> new javafx.scene.control.Button("Promote"));
        Fx.run(() -> {
            button.setDefaultButton(true);
            button.setOnAction(_ -> pressed.set(true));
        });
        var stage = Fx.show(new VBox(phrase, button));
        Fx.run(() -> phrase.field().requestFocus());

        Fx.press(stage.getScene(), KeyCode.ENTER);

        assertThat(pressed.get()).isFalse();
        Fx.run(stage::hide);
    }
}
