package dev.slipway.ui.kit;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The dialogs of a window. The title is the question about the consequence, the verb repeats the
/// title's verb, and the way out says what stays.
public final class Dialogs {
    private final Layers layers;

    public Dialogs(Layers layers) {
        this.layers = layers;
    }

    /// Whether one is open.
    public boolean isOpen() {
        return layers.isOpen();
    }

    /// What a dialog says and offers.
    ///
    /// @param title a question, such as "Delete the preview of PR 482?"
    /// @param body what is asked or listed
    /// @param verb what the acting button says
    /// @param keep what the other button says, such as "Keep r41"
    /// @param tone `DANGER` and `PRODUCTION` fill the acting button so and never make it the default
    /// @param first what has the focus at first; null for the button that keeps
    public record Question(
            String title, Node body, String verb, String keep, Tone tone, @Nullable Node first) {}

    /// Asks; `act` runs after the acting button, nothing after anything else.
    public void ask(Question question, Runnable act) {
        ask(question, new SimpleBooleanProperty(true), act);
    }

    /// As above; the acting button can be pressed only while `allowed` holds.
    public void ask(Question question, ObservableBooleanValue allowed, Runnable act) {
        var keep = new Button(question.keep());
        keep.setCancelButton(true);
        keep.getStyleClass().add("strong");
        var verb = new Button(question.verb());
        verb.getStyleClass().addAll(styles(question.tone()));
        verb.disableProperty().bind(javafx.beans.binding.Bindings.not(allowed));
        // Enter on a dialog that deletes or releases must never do it.
        boolean careful = question.tone() == Tone.DANGER || question.tone() == Tone.PRODUCTION;
        verb.setDefaultButton(!careful);
        var box = box(question.title(), question.body(), keep, verb);
        keep.setOnAction(_ -> layers.close());
        verb.setOnAction(_ -> {
            layers.close();
            act.run();
        });
        var first = question.first();
        layers.open(box, first == null ? keep : first, careful, () -> {});
    }

    /// Tells something that needs no decision.
    public void tell(String title, Node body) {
        var close = new Button("Close");
        close.setDefaultButton(true);
        close.setOnAction(_ -> layers.close());
        layers.open(box(title, body, close), close, false, () -> {});
    }

    /// Shows `body` without buttons, `first` having the focus; Esc and a click beside it close it,
    /// and so does the answer.
    public Runnable show(String title, Node body, Node first) {
        layers.open(box(title, body), first, false, () -> {});
        return layers::close;
    }

    private static VBox box(String title, Node body, Button... buttons) {
        var heading = new Label(title);
        heading.getStyleClass().add("section-title");
        heading.setWrapText(true);
        heading.setMinHeight(Label.USE_PREF_SIZE);
        var row = new HBox(8, buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        row.getStyleClass().add("dialog-buttons");
        var box = new VBox(heading, body);
        if (buttons.length > 0) {
            box.getChildren().add(row);
        }
        box.getStyleClass().add("dialog-box");
        box.setAccessibleRole(AccessibleRole.DIALOG);
        box.setAccessibleText(title);
        return box;
    }

    private static String[] styles(Tone tone) {
        return switch (tone) {
            case DANGER -> new String[] {"danger", "filled"};
            case PRODUCTION -> new String[] {"production"};
            case MUTED, DEFAULT, ACCENT, SUCCESS, WARNING -> new String[] {"accent"};
        };
    }
}
