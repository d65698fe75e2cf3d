package dev.slipway.ui.rescue;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.rollback.rescue.RescueProposal;
import dev.slipway.release.rollback.rescue.RescueWords;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.Review;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// Bringing rows back: what came of it on a branch of production.
record RescueReview(RescueProposal planned) implements Review {
    private static final List<Conflict> NONE = List.of();
    private static final Texts TEXTS = Texts.of(RescueReview.class);

    @Override
    public String question() {
        return TEXTS.get(
                "rescue.question", planned.rehearsed().rows(), planned.kept().production());
    }

    @Override
    public String said() {
        return TEXTS.get("rescue.said", planned.kept().backup());
    }

    @Override
    public List<Node> changes() {
        var rows = new ArrayList<Node>();
        rows.add(
                Nodes.row(
                        "figures-head",
                        table(label(TEXTS.get("rescue.table"))),
                        figure(label(TEXTS.get("rescue.inserted"))),
                        figure(label(TEXTS.get("rescue.updated"))),
                        figure(label(TEXTS.get("rescue.deleted"))),
                        label(TEXTS.get("rescue.already"))));
        for (var each : planned.rehearsed().tables()) {
            rows.add(
                    Nodes.spoken(
                            Nodes.row(
                                    "figures-row",
                                    table(label(each.table().toString(), "mono-strong")),
                                    count(each.inserted()),
                                    count(each.updated()),
                                    count(each.deleted()),
                                    count(each.already())),
                            () -> sentence(each)));
        }
        if (planned.rehearsed().tables().isEmpty()) {
            rows.add(Nodes.prose(TEXTS.get("rescue.nothing.back"), "muted"));
        }
        // A gate that is closed by them says the same.
        for (var conflict : planned.open() ? planned.rehearsed().conflicts() : NONE) {
            var point = Nodes.point(Icon.ATTENTION, Tone.WARNING, conflict.sentence());
            point.setPadding(new Insets(6, 0, 0, 8));
            rows.add(Nodes.spoken(point, conflict::sentence));
        }
        return rows;
    }

    /// As it is spoken and copied.
    private static String sentence(Replayed.Table table) {
        var already =
                table.already() == 0 ? "" : TEXTS.get("rescue.already.words", table.already());
        return table.written() == 0 ? table.table() + already : RescueWords.table(table) + already;
    }

    private static Node table(Region words) {
        return Nodes.wide(170, words);
    }

    private static Node figure(Region words) {
        return Nodes.wide(72, words);
    }

    private static Node count(long rows) {
        var words = label("%,d".formatted(rows), rows == 0 ? "mono" : "mono-strong");
        if (rows == 0) {
            words.getStyleClass().add("muted");
        }
        return figure(words);
    }

    @Override
    public List<Node> untouched() {
        var left = planned.rehearsed().conflicts().stream().mapToLong(Conflict::rows).sum();
        var words = new ArrayList<Node>();
        if (left > 0 && planned.open()) {
            words.add(
                    Nodes.point(
                            Icon.PIN, Tone.MUTED, TEXTS.get("rescue.untouched.conflicts", left)));
        }
        words.add(Nodes.point(Icon.DATABASE, Tone.MUTED, TEXTS.get("rescue.untouched.production")));
        words.add(Nodes.point(Icon.ARCHIVE, Tone.MUTED, TEXTS.get("rescue.untouched.backup")));
        words.add(Nodes.point(Icon.INFO, Tone.MUTED, TEXTS.get("rescue.triggers")));
        return words;
    }

    @Override
    public String undo() {
        return TEXTS.get("rescue.undo");
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(question());
        planned.rehearsed().tables().forEach(t -> lines.add(sentence(t)));
        planned.rehearsed().conflicts().forEach(c -> lines.add(c.sentence()));
        return lines;
    }
}
