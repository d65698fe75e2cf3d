package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The bar itself, with moments above and below it. Kept and lost differ by icon, word and hatch, not only
/// by colour.
final class LossTrack extends Region {
    private static final Texts TEXTS = Texts.of(LossTrack.class);
    private static final double HEAD = 40;
    private static final double BAR = 32;
    private static final double FOOT = 26;

    /// The narrowest part that has room for its word.
    private static final double WORDS = 104;

    private final ZoneId zone;
    private final HBox kept = new HBox(8);
    private final HBox lost = new HBox(8);
    private final Region handle = new Region();
    private final Region bend = new Region();
    private final VBox first = new VBox();
    private final VBox point = new VBox();
    private final VBox last = new VBox();
    private final List<Mark> marks = new ArrayList<>();
    private double at;
    private double bendAt;

    private record Mark(double at, Region line, Label words) {}

    LossTrack(ZoneId zone) {
        this.zone = zone;
        getStyleClass().add("loss-bar");
        kept.getStyleClass().add("kept");
        lost.getStyleClass().add("lost");
        handle.getStyleClass().add("handle");
        bend.getStyleClass().add("bend");
        first.setAlignment(Pos.CENTER_LEFT);
        point.setAlignment(Pos.CENTER);
        last.setAlignment(Pos.CENTER_RIGHT);
    }

    void show(LossScale scale, Instant to) {
        at = scale.at(to);
        bendAt = scale.bend().map(scale::at).orElse(-1.0);
        kept.getChildren()
                .setAll(
                        Icon.OK.node(Tone.SUCCESS),
                        label(TEXTS.get("rollback.bar.kept", Times.clock(to, zone)), "strong"));
        var word = label(TEXTS.get("rollback.bar.lost"), "strong");
        word.setGraphic(Icon.ATTENTION.node(Tone.DANGER));
        lost.getChildren().setAll(word);
        moment(first, TEXTS.get("rollback.bar.oldest"), scale.oldest(), scale);
        moment(point, TEXTS.get("rollback.point"), to, scale);
        moment(last, TEXTS.get("rollback.bar.now"), scale.now(), scale);
        marks.clear();
        for (var mark : scale.marks(zone)) {
            var line = new Region();
            line.getStyleClass().add("mark");
            var words = label(words(mark, scale), "caption", "muted", "mono");
            marks.add(new Mark(scale.at(mark), line, words));
        }
        getChildren().setAll(kept, lost, first, last, point);
        if (bendAt >= 0) {
            getChildren().add(bend);
        }
        for (var mark : marks) {
            getChildren().addAll(mark.line(), mark.words());
        }
        getChildren().add(handle);
        requestLayout();
    }

    private void moment(VBox box, String name, Instant moment, LossScale scale) {
        var day = Times.sameDay(moment, scale.now(), zone);
        box.getChildren()
                .setAll(
                        label(name, "caption", "strong"),
                        label(
                                day
                                        ? Times.clock(moment, zone)
                                        : Times.day(moment, scale.now(), zone),
                                "caption",
                                "mono"));
    }

    private String words(Instant mark, LossScale scale) {
        return Times.sameDay(mark, scale.now(), zone)
                ? Times.minutes(mark, zone)
                : Times.day(mark, scale.now(), zone);
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEAD + BAR + FOOT;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 600;
    }

    @Override
    protected void layoutChildren() {
        var width = getWidth();
        double x = Math.round(width * at);
        kept.resizeRelocate(0, HEAD, x, BAR);
        lost.resizeRelocate(x, HEAD, width - x, BAR);
        kept.getChildren().forEach(node -> node.setVisible(x > 2.5 * WORDS));
        lost.getChildren().forEach(node -> node.setVisible(width - x > WORDS));
        handle.resizeRelocate(x - 5, HEAD - 3, 10, BAR + 6);
        place(first, 0);
        var end = width - last.prefWidth(-1);
        place(last, end);
        // Above the handle where that covers neither end.
        var wide = point.prefWidth(-1);
        place(
                point,
                Math.clamp(
                        x - wide / 2,
                        Math.min(first.prefWidth(-1) + 16, end),
                        Math.max(end - wide - 16, first.prefWidth(-1) + 16)));
        bend.resizeRelocate((double) Math.round(width * bendAt), HEAD + BAR, 1, FOOT - 4);
        double taken = 0;
        for (var mark : marks) {
            double middle = Math.round(width * mark.at());
            var words = mark.words();
            var half = words.prefWidth(-1) / 2;
            var fits = middle - half >= taken && middle + half <= width;
            words.setVisible(fits);
            mark.line().resizeRelocate(middle, HEAD + BAR, 1, 4);
            words.resizeRelocate(
                    middle - half, HEAD + BAR + 6, words.prefWidth(-1), words.prefHeight(-1));
            if (fits) {
                taken = middle + half + 8;
            }
        }
    }

    private static void place(VBox box, double x) {
        box.resizeRelocate(x, 0, box.prefWidth(-1), HEAD - 4);
    }
}
