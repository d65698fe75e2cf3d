package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.ConfirmCard;
import dev.slipway.ui.wizard.GateRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The page "Confirm". It lives as long as it is on screen, because what was typed must stay while
/// the facts are read again; when they changed, the phrase is asked for again.
final class ConfirmPage {
    private final Desk desk;
    private final PromotionModel model;
    private final VBox box = new VBox();
    private final VBox top = new VBox();
    private final ConfirmCard card;

    ConfirmPage(Desk desk, PromotionModel model, Proposal made) {
        this.desk = desk;
        this.model = model;
        card = new ConfirmCard(desk, made.phrase(), "Such as: payment flow for the Monday launch");
        box.getChildren().setAll(top, card.node());
        box.getStyleClass().add("confirm");
        top.getStyleClass().add("confirm-top");
    }

    Node node() {
        return Nodes.scrolling(box);
    }

    ConfirmCard card() {
        return card;
    }

    /// Starts what was confirmed.
    void act() {
        model.start(card.phrase().field().getText(), card.reason().getText());
    }

    /// Shows the facts of `draft`.
    void show(Draft draft, Optional<Estimate> estimate) {
        var made = draft.proposal().orElseThrow();
        var plan = made.plan();
        card.show(
                made.phrase(),
                plan.hash(),
                draft.busy().isEmpty() && draft.problem().isEmpty(),
                draft.confirmable());
        top.getChildren().setAll(nodes(draft, made, plan, estimate));
    }

    private List<Node> nodes(Draft draft, Proposal made, Plan plan, Optional<Estimate> estimate) {
        var nodes = new ArrayList<Node>();
        var repair =
                draft.aim() instanceof Aim.Repair(_, var how)
                        ? how.map(chosen -> new RepairFacts(made, plan, chosen))
                        : Optional.<RepairFacts>empty();
        nodes.add(
                label(
                        repair.map(RepairFacts::question).orElseGet(() -> question(plan)),
                        "page-title"));
        nodes.add(
                label(
                        "Nothing has been changed yet. This is the plan you saw, step by step.",
                        "muted"));
        if (!draft.changes().isEmpty()) {
            nodes.add(
                    Banner.warning(
                            "The plan has changed since you saw it.",
                            String.join(". ", draft.changes())
                                    + ". Nothing was changed. Read it, then confirm again.",
                            new Banner.Action("Use the new plan", model::acceptChange),
                            new Banner.Action("Show the plan", () -> model.visit(Page.PLAN))));
        }
        if (!made.open()) {
            nodes.add(
                    Banner.danger(
                            "A gate closed meanwhile.",
                            String.join(" ", made.refusals()) + " Nothing was changed.",
                            null,
                            new Banner.Action(
                                    "Back to Preflight", () -> model.visit(Page.PREFLIGHT))));
        }
        nodes.add(
                repair.map(facts -> columns(facts.changes(), facts.untouched(), facts.wayBack()))
                        .orElseGet(() ->
                                columns(
                                        changes(made, plan, estimate),
                                        untouched(plan),
                                        wayBack(plan))));
        nodes.add(readAgain(draft, made));
        return nodes;
    }

    /// The consequence, as a question.
    String question(Plan plan) {
        var traffic = Words.traffic(plan);
        var first =
                traffic.isEmpty() || !Words.hasLive(plan) || traffic.getFirst() == 100
                        ? ""
                        : ", " + traffic.getFirst() + " % first";
        return "Send users of "
                + desk.model().zoneProperty().get()
                + " to "
                + plan.target()
                + first
                + "?";
    }

    private static GridPane columns(List<Node> changes, List<Node> untouched, List<Node> wayBack) {
        var grid = new GridPane(32, 0);
        var left = new ColumnConstraints();
        left.setPercentWidth(54);
        var right = new ColumnConstraints();
        right.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(left, right);
        var change = new VBox(label("What will change", "card-title", "underlined", "block-title"));
        change.getChildren().addAll(changes);
        var rest =
                new VBox(
                        8,
                        label(
                                "What will not be touched",
                                "card-title",
                                "underlined",
                                "block-title"));
        rest.getChildren().addAll(untouched);
        rest.getChildren().add(label("How to go back", "card-title", "underlined", "block-title"));
        rest.getChildren().addAll(wayBack);
        grid.addRow(0, change, rest);
        GridPane.setValignment(rest, VPos.TOP);
        return grid;
    }

    private static List<Node> changes(Proposal made, Plan plan, Optional<Estimate> estimate) {
        var rows = new ArrayList<Node>();
        var where =
                plan.pins().getOrDefault("repository", "")
                        + " / "
                        + plan.pins().getOrDefault("environment", "");
        rows.add(
                fact(
                        "Who and when",
                        label(
                                made.situation().by()
                                        + ", now"
                                        + estimate.map(e ->
                                                        ", " + Words.about(e.total()) + " in all")
                                                .orElse(""))));
        var commit =
                new HBox(
                        6,
                        label(Words.commit(plan), "mono-strong"),
                        label(
                                Words.title(plan)
                                        + Words.pullRequest(plan)
                                                .map(n -> " (#" + n + ")")
                                                .orElse("")));
        rows.add(fact("Commit", commit));
        var live = Words.liveName(plan);
        rows.add(
                fact(
                        "Traffic",
                        label(where + " / Workers"),
                        label(String.join(", ", Words.workers(plan)), "strong"),
                        label(
                                Words.hasLive(plan)
                                        ? live
                                                + " 100 % → "
                                                + plan.target()
                                                + " "
                                                + Words.trafficWords(plan)
                                        : "first deployment: all traffic at once")));
        var pending = Words.migrations(plan);
        if (!pending.isEmpty()) {
            var tags =
                    new HBox(
                            label(
                                    pending.size() <= 2
                                            ? String.join(", ", pending)
                                            : pending.getFirst() + " … " + pending.getLast(),
                                    "strong"),
                            label(
                                    ", "
                                            + (pending.size() > 2
                                                    ? pending.size() + " in all, "
                                                    : "")
                                            + "adding only"));
            rows.add(
                    fact(
                            "Database",
                            label(
                                    where
                                            + " / Neon branch "
                                            + plan.step("migrate.apply")
                                                    .map(s -> s.touches().replace("Neon: ", ""))
                                                    .orElse("")),
                            tags));
        }
        var github = new ArrayList<String>();
        Words.pullRequest(plan)
                .ifPresent(_ -> github.add("merge to " + plan.pins().getOrDefault("branch", "")));
        Words.tag(plan).ifPresent(tag -> github.add("tag " + tag));
        var comments = plan.steps().stream().filter(s -> s.group().equals("comment")).count();
        if (comments > 0) {
            github.add(Words.count(comments, "comment"));
        }
        rows.add(fact("GitHub", label(String.join(", ", github))));
        return rows;
    }

    private static List<Node> untouched(Plan plan) {
        var all = new ArrayList<Node>();
        var pending = Words.migrations(plan);
        all.add(
                Nodes.point(
                        Icon.PRODUCTION,
                        Tone.MUTED,
                        pending.isEmpty()
                                ? "The database: no migration is pending"
                                : "What live code uses: "
                                        + PlanRows.migrations(plan)
                                        + " only adds"));
        all.add(Nodes.point(Icon.SECRETS, Tone.MUTED, "Secrets, DNS records, routes and triggers"));
        all.add(Nodes.point(Icon.PREVIEWS, Tone.MUTED, "Other pull requests and their previews"));
        return all;
    }

    private static List<Node> wayBack(Plan plan) {
        var live = Words.liveName(plan);
        var all = new ArrayList<Node>();
        if (Words.hasLive(plan)) {
            all.add(
                    Nodes.point(
                            Icon.UNDO, Tone.MUTED, "Traffic back to " + live + ", at every step"));
        }
        var pending = Words.migrations(plan);
        all.add(
                Nodes.point(
                        Icon.OK,
                        Tone.SUCCESS,
                        pending.isEmpty()
                                ? "No point of no return: code only"
                                : "No point of no return: "
                                        + live
                                        + " is checked on "
                                        + PlanRows.migrations(plan)));
        return all;
    }

    private VBox readAgain(Draft draft, Proposal made) {
        var title = new HBox(6);
        var facts = new javafx.scene.layout.FlowPane(14, 4);
        facts.getStyleClass().add("read-again");
        if (draft.confirmedAt().isEmpty()) {
            title.getChildren().setAll(label("Reading the facts again", "card-title"));
            facts.getChildren()
                    .setAll(
                            Nodes.point(
                                    Icon.WAITING,
                                    Tone.MUTED,
                                    "The button stays off until they are here."));
        } else {
            var at = draft.confirmedAt().get();
            title.getChildren()
                    .setAll(
                            label("Read again at", "card-title"),
                            label(Times.clock(at, desk.zone()), "mono-strong"));
            facts.getChildren().setAll(freshFacts(draft, made));
        }
        title.getStyleClass().addAll("underlined", "block-title");
        return new VBox(8, title, facts);
    }

    private static List<Node> freshFacts(Draft draft, Proposal made) {
        var plan = made.plan();
        var nodes = new ArrayList<Node>();
        var same = draft.changes().isEmpty();
        nodes.add(
                Nodes.point(
                        same ? Icon.OK : Icon.ATTENTION,
                        same ? Tone.SUCCESS : Tone.WARNING,
                        "Plan " + Words.hash(plan) + (same ? " unchanged" : " is new")));
        Words.pullRequest(plan)
                .ifPresent(n ->
                        nodes.add(
                                Nodes.point(
                                        Icon.OK,
                                        Tone.SUCCESS,
                                        "#" + n + " head is " + Words.commit(plan))));
        gate(made, "live")
                .filter(_ -> Words.how(plan).isEmpty())
                .ifPresent(g ->
                        nodes.add(
                                fresh(
                                        g,
                                        Words.liveName(plan)
                                                + " at 100 % on "
                                                + Words.count(
                                                        Words.workers(plan).size(), "Worker"))));
        gate(made, "skipped").ifPresent(g -> nodes.add(fresh(g, "Still skipped by Drizzle")));
        gate(made, "effects").ifPresent(g -> nodes.add(fresh(g, "All it does is there")));
        gate(made, "ledger")
                .ifPresent(g ->
                        nodes.add(
                                fresh(
                                        g,
                                        "Production at "
                                                + Words.brief(
                                                        plan.pins().getOrDefault("schema", "?"),
                                                        4))));
        gate(made, "nobody-deploying").ifPresent(g -> nodes.add(fresh(g, "Nobody deploying")));
        return nodes;
    }

    private static Optional<Gate> gate(Proposal made, String id) {
        return made.gates().stream().filter(g -> g.id().equals(id)).findFirst();
    }

    private static Label fresh(Gate gate, String words) {
        return gate.state() == Gate.State.PASS
                ? Nodes.point(Icon.OK, Tone.SUCCESS, words)
                : Nodes.point(
                        Icon.BLOCKED,
                        Tone.DANGER,
                        gate.title() + ": " + GateRows.status(gate.state()).word());
    }
}
