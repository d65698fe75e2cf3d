package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.CommitSha;
import dev.slipway.release.Gate;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.ConfirmCard;
import dev.slipway.ui.wizard.GateRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The page "Confirm": everything the plan does and does not, what must hold, and the phrase. Plan and
/// confirmation are one page, because there is nothing more to weigh. It lives as long as it is on screen.
final class ReviewPage {
    private static final Texts TEXTS = Texts.of(ReviewPage.class);

    private final Desk desk;
    private final RollbackModel model;
    private final VBox top = new VBox();
    private final CheckBox hold = new CheckBox();
    private final VBox holds = new VBox(hold);
    private final ConfirmCard card;
    private final Node node;

    ReviewPage(Desk desk, RollbackModel model) {
        this.desk = desk;
        this.model = model;
        card = new ConfirmCard(desk, "", TEXTS.get("rollback.reason.example"));
        hold.setId("hold");
        hold.selectedProperty()
                .addListener((_, _, chosen) ->
                        model.wish(w -> new RollbackDraft.Wishes(chosen, w.maintenance())));
        holds.getStyleClass().add("hold-choice");
        var box = new VBox(top, holds, card.node());
        box.getStyleClass().add("confirm");
        top.getStyleClass().add("confirm-top");
        node = Nodes.scrolling(box);
    }

    Node node() {
        return node;
    }

    ConfirmCard card() {
        return card;
    }

    /// Starts what was confirmed.
    void act() {
        model.start(card.phrase().field().getText(), card.reason().getText());
    }

    /// Shows the facts of `draft`.
    void show(RollbackDraft draft, Review review) {
        var counting = draft.startsAt().isPresent();
        if (!counting) {
            card.show(
                    review.planned().phrase(),
                    draft.hash(),
                    draft.busy().isEmpty() && draft.problem().isEmpty(),
                    draft.confirmable());
        }
        card.node().setDisable(counting);
        hold.setDisable(counting);
        hold.setSelected(draft.wishes().hold());
        hold.setText(TEXTS.get("rollback.hold", review.left()));
        holds.setVisible(!review.left().isEmpty());
        holds.setManaged(holds.isVisible());
        top.getChildren()
                .setAll(
                        label(review.question(), "page-title"),
                        said(review),
                        columns(review),
                        gates(draft, review));
    }

    private static Node said(Review review) {
        var open = review.planned().open();
        return Nodes.point(
                open ? Icon.OK : Icon.BLOCKED,
                open ? Tone.SUCCESS : Tone.DANGER,
                open
                        ? review.said()
                        : TEXTS.get(
                                "rollback.closed", String.join(" ", review.planned().refusals())));
    }

    private static GridPane columns(Review review) {
        var grid = new GridPane(32, 0);
        var left = new ColumnConstraints();
        left.setPercentWidth(54);
        var right = new ColumnConstraints();
        right.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(left, right);
        var change = block("What will change", review.changes());
        var rest = block("What will not be touched", review.untouched());
        rest.getChildren()
                .addAll(
                        label("How to go back", "card-title", "underlined", "block-title"),
                        Nodes.point(Icon.UNDO, Tone.MUTED, review.undo()));
        rest.setSpacing(6);
        grid.addRow(0, change, rest);
        GridPane.setValignment(rest, VPos.TOP);
        return grid;
    }

    private static VBox block(String title, List<Node> lines) {
        var box = new VBox(label(title, "card-title", "underlined", "block-title"));
        box.getChildren().addAll(lines);
        return box;
    }

    private VBox gates(RollbackDraft draft, Review review) {
        var gates = review.planned().gates();
        var title = new HBox(8, label(GateRows.counts(gates), "card-title"));
        draft.confirmedAt()
                .ifPresent(at ->
                        title.getChildren()
                                .addAll(
                                        label("read again at", "muted"),
                                        label(Times.clock(at, desk.zone()), "mono-strong")));
        var copy = new Button("Copy as text", Icon.COPY.node());
        copy.getStyleClass().add("small");
        copy.setOnAction(_ -> Copyable.toClipboard(text(review)));
        title.getChildren().addAll(Nodes.gap(), copy);
        title.getStyleClass().addAll("underlined", "block-title");
        title.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        // What is open is said in a word, so that the phrase is on screen; the evidence is one key
        // away.
        var open = new FlowPane(14, 4);
        open.getStyleClass().add("read-again");
        gates.stream().filter(Gate::open).map(ReviewPage::passed).forEach(open.getChildren()::add);
        var closed = gates.stream().filter(gate -> !gate.open()).toList();
        return new VBox(
                title, GateRows.of(closed, desk.now(), gate -> actions(review, gate)), open);
    }

    private static Label passed(Gate gate) {
        var label = Nodes.point(Icon.OK, Tone.SUCCESS, gate.title());
        label.setTooltip(new Tooltip(gate.evidence()));
        label.setAccessibleText(gate.title() + ": " + gate.evidence());
        return label;
    }

    private List<Button> actions(Review review, Gate gate) {
        var commit = review.planned().plan().pins().getOrDefault("commit", "");
        if (gate.open() || !gate.id().equals("hold") || !CommitSha.isOne(commit)) {
            return List.of();
        }
        var button = new Button(TEXTS.get("rollback.unhold"));
        button.setId("unhold");
        button.setOnAction(_ -> HoldDialog.release(desk, new CommitSha(commit)));
        return List.of(button);
    }

    /// The page as text.
    private static String text(Review review) {
        var lines = new ArrayList<>(review.lines());
        lines.add("Plan " + review.planned().plan().hash());
        review.planned()
                .gates()
                .forEach(gate ->
                        lines.add(
                                "%s: %s. %s"
                                        .formatted(
                                                gate.title(),
                                                GateRows.status(gate.state())
                                                        .word()
                                                        .toLowerCase(Locale.ROOT),
                                                gate.evidence())));
        return String.join("\n", lines);
    }
}
