package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What is kept and what is lost along the time Neon keeps. Left and Right move the point by a second,
/// with Shift by a minute; what was counted for another point is counted anew.
final class LossBar extends VBox {
    private static final Texts TEXTS = Texts.of(LossBar.class);

    private final ZoneId zone;
    private final Consumer<Instant> moved;
    private final LossTrack track;
    private final HBox foot = new HBox(8);
    private Instant oldest = Instant.EPOCH;
    private Instant at = Instant.EPOCH;
    private Instant now = Instant.EPOCH;

    /// @param moved hears another point, to the second
    LossBar(ZoneId zone, Consumer<Instant> moved) {
        super(6);
        this.zone = zone;
        this.moved = moved;
        track = new LossTrack(zone);
        track.setFocusTraversable(true);
        track.setAccessibleRole(AccessibleRole.SLIDER);
        track.addEventHandler(KeyEvent.KEY_PRESSED, this::keys);
        foot.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("card", "loss-window");
        getChildren().setAll(track, foot);
    }

    /// Shows the point `to` between the oldest moment and now.
    void show(Instant first, Instant to, Instant last) {
        oldest = first;
        at = to;
        now = last;
        var scale = new LossScale(first, last);
        track.show(scale, to);
        foot.getChildren()
                .setAll(
                        label(
                                scale.bend().isPresent() ? TEXTS.get("rollback.bar.wider") : "",
                                "caption",
                                "muted"),
                        Nodes.gap(),
                        new KeyHint("\u2190"),
                        new KeyHint("\u2192"),
                        label(TEXTS.get("rollback.bar.second"), "caption", "muted"),
                        new KeyHint("Shift"),
                        label(TEXTS.get("rollback.bar.minute"), "caption", "muted"));
        track.setAccessibleText(
                TEXTS.get(
                        "rollback.bar.spoken",
                        Times.clock(to, zone),
                        Times.words(Duration.between(to, last))));
    }

    private void keys(KeyEvent event) {
        var step =
                switch (event.getCode()) {
                    case LEFT -> -1;
                    case RIGHT -> 1;
                    default -> 0;
                };
        if (step == 0 || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        event.consume();
        var next =
                at.plus(step, event.isShiftDown() ? ChronoUnit.MINUTES : ChronoUnit.SECONDS)
                        .truncatedTo(ChronoUnit.SECONDS);
        if (!next.isBefore(oldest) && !next.isAfter(now)) {
            at = next;
            moved.accept(next);
        }
    }
}
