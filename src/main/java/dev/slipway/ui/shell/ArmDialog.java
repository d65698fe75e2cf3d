package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.InstantSource;
import java.time.ZoneId;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Asks for the reason and arms. Without a reason nothing can be armed.
final class ArmDialog {
    private static final Texts TEXTS = Texts.of(ArmDialog.class);

    private ArmDialog() {}

    static void open(
            Dialogs dialogs, ShellModel model, Arming arming, InstantSource clock, ZoneId zone) {
        var where = model.repositoryProperty().get() + " / " + model.zoneProperty().get();
        var until = Times.minutes(clock.instant().plus(Arming.LENGTH), zone);
        var body = new Label(TEXTS.get("shell.arm.body", until, where));
        body.setWrapText(true);
        body.setMinHeight(Label.USE_PREF_SIZE);
        var reason = new TextField();
        reason.setPromptText(TEXTS.get("shell.arm.reason.prompt"));
        var name = new Label(TEXTS.get("shell.arm.reason"));
        name.getStyleClass().add("strong");
        name.setLabelFor(reason);
        reason.setAccessibleText(TEXTS.get("shell.arm.reason"));
        var hint = new Label(TEXTS.get("shell.arm.reason.hint"));
        hint.getStyleClass().addAll("caption", "muted");
        var field = new VBox(4, name, reason, hint);
        dialogs.ask(
                new Dialogs.Question(
                        TEXTS.get("shell.arm.title"),
                        new VBox(12, body, field),
                        TEXTS.get("shell.arm.verb"),
                        TEXTS.get("shell.arm.keep"),
                        Tone.ACCENT,
                        reason),
                Bindings.createBooleanBinding(
                        () -> !reason.getText().isBlank(), reason.textProperty()),
                () -> arming.arm(reason.getText().strip()));
    }
}
