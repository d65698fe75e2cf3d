package dev.slipway.ui.heal;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.rollback.HealProposal;
import dev.slipway.release.rollback.Overtaken;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.Review;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// What serves, uploaded again: why, what it keeps and what it does not.
record HealReview(HealProposal planned) implements Review {
    private static final Texts TEXTS = Texts.of(HealReview.class);

    @Override
    public String question() {
        return TEXTS.get("heal.question", planned.plan().target());
    }

    @Override
    public String said() {
        return TEXTS.get("heal.said");
    }

    @Override
    public List<Node> changes() {
        var rows = new ArrayList<Node>();
        planned.overtaken().forEach(worker -> rows.add(row(worker)));
        rows.add(below(Nodes.point(Icon.INFO, Tone.MUTED, TEXTS.get("heal.order"))));
        rows.add(below(Nodes.point(Icon.ATTENTION, Tone.WARNING, TEXTS.get("heal.forgets"))));
        return rows;
    }

    private static Label below(Label point) {
        point.setPadding(new Insets(6, 0, 0, 0));
        return point;
    }

    private static Node row(Overtaken worker) {
        var newest = label(worker.newestBrief(), "mono", "muted");
        newest.setTooltip(new Tooltip(TEXTS.get("heal.instead", worker.left())));
        var words =
                new HBox(
                        8,
                        label(worker.servesBrief(), "mono-strong"),
                        label(TEXTS.get("heal.again")),
                        newest);
        return Nodes.spoken(
                Nodes.row("fact-row", Nodes.wide(156, label(worker.worker(), "muted")), words),
                () -> sentence(worker));
    }

    private static String sentence(Overtaken worker) {
        return TEXTS.get("heal.worker", worker.worker(), worker.servesBrief(), worker.left());
    }

    @Override
    public List<Node> untouched() {
        return List.of(
                Nodes.point(Icon.WORKER, Tone.MUTED, TEXTS.get("heal.untouched.code")),
                Nodes.point(Icon.SECRETS, Tone.MUTED, TEXTS.get("heal.untouched.secrets")),
                Nodes.point(Icon.DATABASE, Tone.MUTED, TEXTS.get("heal.untouched.rest")));
    }

    @Override
    public String undo() {
        return TEXTS.get("heal.undo");
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(question());
        planned.overtaken().forEach(worker -> lines.add(sentence(worker)));
        lines.add(TEXTS.get("heal.forgets"));
        return lines;
    }
}
