package dev.slipway.ui.wizard;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.Gate;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
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
public final class ReviewPage {
    private final Desk desk;
    private final VBox top = new VBox();
    private final ConfirmCard card;
    private final BiConsumer<String, String> start;
    private final Node node;

    /// @param example a reason somebody might have
    /// @param choices what can still be chosen, between the facts and the phrase
    /// @param start starts what was confirmed, with the phrase and the reason
    public ReviewPage(
            Desk desk, String example, List<Node> choices, BiConsumer<String, String> start) {
        this.desk = desk;
        this.start = start;
        card = new ConfirmCard(desk, "", example);
        var box = new VBox(top);
        box.getChildren().addAll(choices);
        box.getChildren().add(card.node());
        box.getStyleClass().add("confirm");
        top.getStyleClass().add("confirm-top");
        node = Nodes.scrolling(box);
    }

    /// How what is reviewed stands.
    ///
    /// @param readAt when the facts were read
    /// @param settled whether nothing is being read and nothing went wrong
    /// @param confirmable whether it may be started at all
    /// @param begun whether it was confirmed already and waits for its moment
    public record Standing(
            Optional<Instant> readAt, boolean settled, boolean confirmable, boolean begun) {}

    /// The page; the same node at every call.
    public Node node() {
        return node;
    }

    /// Where reason and phrase are typed.
    public ConfirmCard card() {
        return card;
    }

    /// Starts what was confirmed.
    public void act() {
        start.accept(card.phrase().field().getText(), card.reason().getText());
    }

    /// Shows the facts of `review`.
    public void show(Review review, Standing standing) {
        var planned = review.planned();
        card.show(
                planned.phrase(),
                planned.plan().hash(),
                standing.settled(),
                standing.confirmable());
        card.node().setDisable(standing.begun());
        top.getChildren()
                .setAll(
                        label(review.question(), "page-title"),
                        said(review),
                        columns(review),
                        gates(review, standing));
    }

    private static Node said(Review review) {
        if (!review.planned().open()) {
            return Nodes.point(
                    Icon.BLOCKED,
                    Tone.DANGER,
                    "The way is closed. " + String.join(" ", review.planned().refusals()));
        }
        return review.costs()
                ? Nodes.point(Icon.ATTENTION, Tone.DANGER, review.said())
                : Nodes.point(Icon.OK, Tone.SUCCESS, review.said());
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

    private VBox gates(Review review, Standing standing) {
        var gates = review.planned().gates();
        var title = new HBox(8, label(GateRows.counts(gates), "card-title"));
        standing.readAt()
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
        return new VBox(title, GateRows.of(closed, desk.now(), review::actions), open);
    }

    private static Label passed(Gate gate) {
        var label = Nodes.point(Icon.OK, Tone.SUCCESS, gate.title());
        label.setTooltip(new Tooltip(gate.evidence()));
        label.setAccessibleText(gate.title() + ": " + gate.evidence());
        return label;
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
