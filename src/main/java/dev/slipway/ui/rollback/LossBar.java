package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What is kept and what is lost along the time Neon keeps. Left and Right move the point by a second,
/// with Shift by a minute; what was counted for another point is counted anew. Kept and lost differ by
/// icon, word and hatch, not only by colour.
final class LossBar extends VBox {
    /// The lost part is always wide enough to read.
    private static final double LEAST = 14;

    private final ZoneId zone;
    private final Consumer<Instant> moved;
    private final HBox kept = new HBox(8);
    private final HBox lost = new HBox(8);
    private final GridPane bar = new GridPane();
    private final HBox ends = new HBox();
    private Instant oldest = Instant.EPOCH;
    private Instant at = Instant.EPOCH;
    private Instant now = Instant.EPOCH;

    /// @param moved hears another point, to the second
    LossBar(ZoneId zone, Consumer<Instant> moved) {
        this.zone = zone;
        this.moved = moved;
        getStyleClass().add("loss-window");
        setSpacing(6);
        kept.getStyleClass().add("kept");
        lost.getStyleClass().add("lost");
        bar.addRow(0, kept, lost);
        bar.setFocusTraversable(true);
        bar.setAccessibleRole(AccessibleRole.SLIDER);
        bar.getStyleClass().add("loss-bar");
        bar.addEventHandler(KeyEvent.KEY_PRESSED, this::keys);
        var hint = label("Left and Right move it by 1 s, with Shift by 1 min", "caption", "muted");
        getChildren().setAll(ends, bar, hint);
    }

    /// Shows the point `to` between the oldest moment and now.
    void show(Instant first, Instant to, Instant last) {
        oldest = first;
        at = to;
        now = last;
        var whole = Math.max(1, Duration.between(first, last).toSeconds());
        var share = Math.clamp(100.0 * Duration.between(to, last).toSeconds() / whole, LEAST, 86);
        var left = new ColumnConstraints();
        left.setPercentWidth(100 - share);
        var right = new ColumnConstraints();
        right.setPercentWidth(share);
        bar.getColumnConstraints().setAll(left, right);
        kept.getChildren()
                .setAll(
                        Icon.OK.node(Tone.SUCCESS),
                        label("Kept: written up to " + Times.clock(to, zone), "strong"));
        lost.getChildren()
                .setAll(
                        Icon.ATTENTION.node(Tone.DANGER),
                        label("Lost: " + Times.words(Duration.between(to, last)), "strong"));
        ends.getChildren()
                .setAll(
                        label("Oldest possible " + Times.clock(first, zone), "caption", "muted"),
                        Nodes.gap(),
                        label("Now " + Times.clock(last, zone), "caption", "muted"));
        bar.setAccessibleText(
                "Restore point "
                        + Times.clock(to, zone)
                        + ", "
                        + Times.words(Duration.between(to, last))
                        + " are lost");
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
