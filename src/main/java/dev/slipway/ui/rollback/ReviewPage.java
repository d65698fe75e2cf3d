package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.CommitSha;
import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.Returning;
import dev.slipway.release.rollback.RollbackProposal;
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
import java.util.Optional;
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

/// The page "Confirm": everything the rollback does and does not, what must hold, and the phrase. Plan and
/// confirmation are one page, because with code alone there is nothing more to weigh. It lives as long as
/// it is on screen.
final class ReviewPage {
    private static final Texts TEXTS = Texts.of(ReviewPage.class);

    private final Desk desk;
    private final RollbackModel model;
    private final VBox top = new VBox();
    private final CheckBox hold = new CheckBox();
    private final ConfirmCard card;
    private final Node node;

    ReviewPage(Desk desk, RollbackModel model) {
        this.desk = desk;
        this.model = model;
        card = new ConfirmCard(desk, "", TEXTS.get("rollback.reason.example"));
        hold.setId("hold");
        hold.selectedProperty().addListener((_, _, chosen) -> model.hold(chosen));
        var holds = new VBox(hold);
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

    /// Shows the facts of `draft`, which has a proposal.
    void show(RollbackDraft draft, RollbackProposal made) {
        card.show(
                made.phrase(),
                draft.hash(),
                draft.busy().isEmpty() && draft.problem().isEmpty(),
                draft.confirmable());
        hold.setSelected(draft.hold());
        hold.setText(
                TEXTS.get(
                        "rollback.hold",
                        made.scene().production().commit().map(c -> c.brief()).orElse("?")));
        var same =
                made.scene()
                        .production()
                        .commit()
                        .filter(live -> !live.equals(made.release().commit()));
        hold.getParent().setVisible(same.isPresent());
        hold.getParent().setManaged(same.isPresent());
        top.getChildren().setAll(nodes(draft, made));
    }

    private List<Node> nodes(RollbackDraft draft, RollbackProposal made) {
        var nodes = new ArrayList<Node>();
        nodes.add(
                label(
                        TEXTS.get(
                                "rollback.question",
                                desk.services().stack().cloudflare().zone(),
                                made.release().name()),
                        "page-title"));
        nodes.add(said(draft, made));
        nodes.add(columns(draft, made));
        nodes.add(gates(draft, made));
        return nodes;
    }

    private Node said(RollbackDraft draft, RollbackProposal made) {
        var gates = made.open();
        return Nodes.point(
                gates ? Icon.OK : Icon.BLOCKED,
                gates ? Tone.SUCCESS : Tone.DANGER,
                gates
                        ? Messages.codeOnly(draft, made)
                        : TEXTS.get("rollback.closed", String.join(" ", made.refusals())));
    }

    private GridPane columns(RollbackDraft draft, RollbackProposal made) {
        var grid = new GridPane(32, 0);
        var left = new ColumnConstraints();
        left.setPercentWidth(54);
        var right = new ColumnConstraints();
        right.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(left, right);
        var change = block("What will change", changes(draft, made));
        var rest = block("What will not be touched", untouched(made));
        rest.getChildren().add(label("How to go back", "card-title", "underlined", "block-title"));
        rest.getChildren().addAll(wayBack(made));
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

    private static List<Node> changes(RollbackDraft draft, RollbackProposal made) {
        var rows = new ArrayList<Node>();
        draft.candidate().map(Candidate::returning).orElse(List.of()).stream()
                .map(r -> fact(r.worker(), lines(made, r)))
                .forEach(rows::add);
        rows.add(fact("GitHub", label(String.join(", ", gitHub(made)))));
        return rows;
    }

    private static Node lines(RollbackProposal made, Returning returning) {
        return returning.obstacle().isPresent()
                ? Nodes.point(Icon.BLOCKED, Tone.DANGER, returning.obstacle().get())
                : FromTo.of(made.scene(), returning);
    }

    private static List<String> gitHub(RollbackProposal made) {
        var words = new ArrayList<String>();
        held(made.plan()).ifPresent(commit -> words.add("hold on " + commit));
        words.add("deployment of " + made.release().name() + " recorded");
        return words;
    }

    private static Optional<String> held(Plan plan) {
        return plan.step("hold")
                .flatMap(step -> Optional.ofNullable(step.parameters().get("commit")))
                .map(sha -> new CommitSha(sha).brief());
    }

    private List<Node> untouched(RollbackProposal made) {
        var schema =
                made.scene()
                        .production()
                        .schema()
                        .state()
                        .flatMap(s -> s.latest())
                        .map(tag -> TEXTS.get("rollback.untouched.schema", tag))
                        .orElse(TEXTS.get("rollback.untouched.database"));
        return List.of(
                Nodes.point(Icon.DATABASE, Tone.MUTED, schema),
                Nodes.point(Icon.SECRETS, Tone.MUTED, TEXTS.get("rollback.untouched.rest")),
                Nodes.point(
                        Icon.MERGE,
                        Tone.MUTED,
                        TEXTS.get(
                                "rollback.untouched.branch",
                                made.plan().pins().getOrDefault("branch", "the base branch"))));
    }

    private static List<Node> wayBack(RollbackProposal made) {
        return List.of(
                Nodes.point(
                        Icon.UNDO,
                        Tone.MUTED,
                        TEXTS.get(
                                "rollback.undo",
                                made.scene().production().release().orElse("what is live now"))));
    }

    private VBox gates(RollbackDraft draft, RollbackProposal made) {
        var title = new HBox(8);
        title.getChildren().add(label(GateRows.counts(made.gates()), "card-title"));
        draft.confirmedAt()
                .ifPresent(at ->
                        title.getChildren()
                                .addAll(
                                        label("read again at", "muted"),
                                        label(Times.clock(at, desk.zone()), "mono-strong")));
        title.getChildren().add(Nodes.gap());
        var copy = new Button("Copy as text", Icon.COPY.node());
        copy.getStyleClass().add("small");
        copy.setOnAction(_ -> Copyable.toClipboard(text(draft, made)));
        title.getChildren().add(copy);
        title.getStyleClass().addAll("underlined", "block-title");
        title.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        // What is open is said in a word, so that the phrase is on screen; the evidence is one key
        // away.
        var open = new FlowPane(14, 4);
        open.getStyleClass().add("read-again");
        made.gates().stream()
                .filter(Gate::open)
                .map(ReviewPage::passed)
                .forEach(open.getChildren()::add);
        var closed = made.gates().stream().filter(gate -> !gate.open()).toList();
        return new VBox(title, GateRows.of(closed, desk.now(), gate -> actions(made, gate)), open);
    }

    private static Label passed(Gate gate) {
        var label = Nodes.point(Icon.OK, Tone.SUCCESS, gate.title());
        label.setTooltip(new Tooltip(gate.evidence()));
        label.setAccessibleText(gate.title() + ": " + gate.evidence());
        return label;
    }

    private List<Button> actions(RollbackProposal made, Gate gate) {
        if (gate.open() || !gate.id().equals("hold")) {
            return List.of();
        }
        var button = new Button(TEXTS.get("rollback.unhold"));
        button.setId("unhold");
        button.setOnAction(_ -> HoldDialog.release(desk, made.release().commit()));
        return List.of(button);
    }

    /// The page as text.
    private static String text(RollbackDraft draft, RollbackProposal made) {
        var lines = new ArrayList<String>();
        lines.add(
                "Roll back to %s, code only; live is %s"
                        .formatted(made.release().name(), draft.live()));
        lines.add("Plan " + made.plan().hash());
        draft.candidate().map(Candidate::returning).orElse(List.of()).stream()
                .map(r -> FromTo.sentence(made.scene(), r))
                .forEach(lines::add);
        made.gates()
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
