package dev.slipway.ui.kit;

import java.time.Instant;
import java.time.ZoneId;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// When what is shown was read: "as of 14:02:11". A stale reading says so in a word, too.
public final class AsOf extends HBox {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final ObjectProperty<@Nullable Instant> readAt =
            new SimpleObjectProperty<>(this, "readAt");
    private final BooleanProperty stale = new SimpleBooleanProperty(this, "stale");
    private final ObjectProperty<String> words = new SimpleObjectProperty<>(this, "words", "as of");
    private final ObjectProperty<ZoneId> zone =
            new SimpleObjectProperty<>(this, "zone", ZoneId.systemDefault());
    private final ObjectProperty<@Nullable Instant> now = new SimpleObjectProperty<>(this, "now");
    private final Label word = new Label();
    private final Label time = new Label();
    private final Tooltip tip = new Tooltip();

    public AsOf() {
        getStyleClass().add("as-of");
        word.getStyleClass().addAll("caption", "muted");
        time.getStyleClass().addAll("mono", "muted");
        getChildren().addAll(Icon.STALE.node(), word, time);
        setAccessibleRole(AccessibleRole.TEXT);
        Tooltip.install(this, tip);
        readAt.subscribe(_ -> show());
        stale.subscribe(_ -> show());
        words.subscribe(_ -> show());
        zone.subscribe(_ -> show());
        now.subscribe(_ -> show());
    }

    /// When the value was read; null says "not read yet".
    public ObjectProperty<@Nullable Instant> readAtProperty() {
        return readAt;
    }

    public @Nullable Instant getReadAt() {
        return readAt.get();
    }

    public void setReadAt(@Nullable Instant value) {
        readAt.set(value);
    }

    /// Whether the value is too old to rely on.
    public BooleanProperty staleProperty() {
        return stale;
    }

    public boolean isStale() {
        return stale.get();
    }

    public void setStale(boolean value) {
        stale.set(value);
    }

    /// The words before the time, "as of" unless set; such as "checked".
    public ObjectProperty<String> wordsProperty() {
        return words;
    }

    public String getWords() {
        return words.get();
    }

    public void setWords(String value) {
        words.set(value);
    }

    /// The zone times are shown in; the system's unless set.
    public ObjectProperty<ZoneId> zoneProperty() {
        return zone;
    }

    /// The present moment, so that a reading of another day says its day; null says the time only.
    public ObjectProperty<@Nullable Instant> nowProperty() {
        return now;
    }

    private String time(Instant at) {
        var present = now.get();
        return present == null || Times.sameDay(at, present, zone.get())
                ? Times.clock(at, zone.get())
                : Times.day(at, present, zone.get());
    }

    private void show() {
        var at = readAt.get();
        pseudoClassStateChanged(STALE, stale.get());
        if (at == null) {
            word.setText("not read yet");
            time.setText("");
            tip.setText("No answer has arrived yet");
        } else {
            word.setText(stale.get() ? "stale, " + words.get() : words.get());
            time.setText(time(at));
            tip.setText(Times.full(at, zone.get()));
        }
        setAccessibleText(word.getText() + " " + time.getText());
    }
}
