package dev.slipway.ui.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The phrase typed before production changes, such as `promote r42`.
///
/// [#allowedProperty()] becomes true when the phrase matches and the page has not changed for two
/// seconds. What was typed before the field came on screen does not count, Enter in the field does
/// nothing, and a changed page or phrase takes the permission back. Whoever shows the acting button
/// binds it to that property and does not make it the default.
public final class ConfirmPhrase extends VBox {
    /// How long the page must stand still.
    public static final Duration STILL = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final TextField field = new TextField();
    private final Label wanted = new Label();
    private final StatusChip match = new StatusChip();
    private final Label hint = new Label();
    private final ReadOnlyBooleanWrapper allowed = new ReadOnlyBooleanWrapper(this, "allowed");
    private final ReadOnlyStringWrapper phrase = new ReadOnlyStringWrapper(this, "phrase", "");
    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    judge();
                }
            };
    private Instant changedAt;

    /// @param phrase what must be typed, exactly
    public ConfirmPhrase(String phrase, InstantSource clock) {
        this.clock = clock;
        this.changedAt = clock.instant();
        getStyleClass().add("confirm-phrase");
        var type = new Label("Type");
        type.getStyleClass().add("strong");
        wanted.getStyleClass().addAll("mono-strong", "phrase");
        var title = new HBox(8, type, wanted);
        title.getStyleClass().add("field-title");
        field.getStyleClass().add("mono");
        HBox.setHgrow(field, Priority.ALWAYS);
        match.setMouseTransparent(true);
        StackPane.setAlignment(match, javafx.geometry.Pos.CENTER_RIGHT);
        var stack = new StackPane(field, match);
        stack.getStyleClass().add("phrase-field");
        hint.getStyleClass().addAll("caption", "muted");
        getChildren().addAll(title, stack, hint);
        field.textProperty().subscribe(_ -> judge());
        // Enter would press a default button somewhere else on the page.
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        event.consume();
                    }
                });
        sceneProperty()
                .subscribe(scene -> {
                    if (scene == null) {
                        timer.stop();
                    } else {
                        field.clear();
                        pageChanged();
                        timer.start();
                    }
                });
        setPhrase(phrase);
    }

    /// Another phrase is wanted now, because the consequence changed; what was typed is cleared.
    public void setPhrase(String value) {
        if (!value.equals(phrase.get())) {
            phrase.set(value);
            wanted.setText(value);
            field.setAccessibleRole(AccessibleRole.TEXT_FIELD);
            field.setAccessibleText("Type " + value);
            field.clear();
            pageChanged();
        }
    }

    /// What must be typed.
    public ReadOnlyStringProperty phraseProperty() {
        return phrase.getReadOnlyProperty();
    }

    /// Something the person should see changed on the page; the two seconds start again.
    public void pageChanged() {
        changedAt = clock.instant();
        judge();
    }

    /// Whether the acting button may be pressed.
    public ReadOnlyBooleanProperty allowedProperty() {
        return allowed.getReadOnlyProperty();
    }

    /// The field, for the focus.
    public TextField field() {
        return field;
    }

    private void judge() {
        boolean matches = field.getText().equals(phrase.get()) && !phrase.get().isEmpty();
        boolean still = !clock.instant().isBefore(changedAt.plus(STILL));
        match.setStatus(matches ? Status.PASSED.saying("Matches") : null);
        hint.setText(
                !matches
                        ? "The button is live when the phrase matches."
                        : still
                                ? "The button is live: the page has not changed for 2 s."
                                : "The page has just changed. The button is live in a moment.");
        allowed.set(matches && still);
    }
}
