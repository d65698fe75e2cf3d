package dev.slipway.ui.wizard;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.ConfirmPhrase;
import dev.slipway.ui.kit.Nodes;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The reason and the phrase that are typed before production changes. It lives as long as its page is
/// on screen, because what was typed must stay while the facts are read again; when the plan changed,
/// the phrase is asked for again.
public final class ConfirmCard {
    private final HBox box;
    private final TextField reason = new TextField();
    private final ConfirmPhrase phrase;
    private final SimpleBooleanProperty confirmable = new SimpleBooleanProperty();
    private Optional<String> hash = Optional.empty();

    /// @param wanted the phrase, exactly
    /// @param example a reason somebody might have
    public ConfirmCard(Desk desk, String wanted, String example) {
        phrase = new ConfirmPhrase(wanted, desk.clock());
        desk.model()
                .armedProperty()
                .subscribe(_ -> {
                    if (reason.getText().isBlank()) {
                        desk.services()
                                .arming()
                                .state()
                                .ifPresent(known -> reason.setText(known.reason()));
                    }
                });
        reason.setAccessibleText("Reason, kept in the record");
        reason.setPromptText(example);
        reason.setId("reason");
        var name = label("Reason", "strong");
        name.setLabelFor(reason);
        var title = new HBox(8, name, label("kept in the record", "caption", "muted"));
        title.getStyleClass().add("field-title");
        var left =
                new VBox(
                        4,
                        title,
                        reason,
                        label(
                                "Kept with the operation and shown wherever it is listed.",
                                "caption",
                                "muted"));
        HBox.setHgrow(left, Priority.ALWAYS);
        Nodes.wide(374, phrase);
        box = new HBox(32, left, phrase);
        box.getStyleClass().addAll("card", "production", "confirm-card");
    }

    /// The card; the same node at every call.
    public HBox node() {
        return box;
    }

    /// Whether the acting button may be pressed: fresh facts, a reason, the phrase, two seconds.
    public ObservableBooleanValue allowed() {
        return Bindings.createBooleanBinding(
                () ->
                        confirmable.get()
                                && phrase.allowedProperty().get()
                                && !reason.getText().isBlank(),
                confirmable,
                phrase.allowedProperty(),
                reason.textProperty());
    }

    /// The reason.
    public TextField reason() {
        return reason;
    }

    /// The phrase.
    public ConfirmPhrase phrase() {
        return phrase;
    }

    /// What is typed first: the reason, when arming did not give one.
    public TextField first() {
        return reason.getText().isBlank() ? reason : phrase.field();
    }

    /// Takes in what the page shows now.
    ///
    /// @param plan hash of the plan; another one than before is confirmed anew
    /// @param settled whether nothing is being read and nothing went wrong
    /// @param may whether the plan may be started at all
    public void show(String wanted, String plan, boolean settled, boolean may) {
        phrase.setPhrase(wanted);
        var same = hash.equals(Optional.of(plan));
        if (!same || !settled) {
            phrase.pageChanged();
        }
        if (hash.isPresent() && !same) {
            phrase.field().clear();
        }
        hash = Optional.of(plan);
        confirmable.set(may);
    }
}
