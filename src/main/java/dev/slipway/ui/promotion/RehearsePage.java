package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.rehearsal.RehearsalReport.Failed;
import dev.slipway.migration.verdict.Order;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.rehearsal.Evidence;
import dev.slipway.ui.rehearsal.EvidenceDrawer;
import dev.slipway.ui.rehearsal.ProgressPane;
import dev.slipway.ui.rehearsal.ResultPane;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The page "Rehearse": how the rehearsal goes while it runs, then what it showed, with a drawer for
/// the evidence.
final class RehearsePage {
    private static final Texts TEXTS = Texts.of(RehearsePage.class);

    private final Desk desk;
    private final PromotionModel model;
    private final ProgressPane progress;
    private final ScrollPane running;
    private final ReadOnlyObjectWrapper<@Nullable Node> drawer = new ReadOnlyObjectWrapper<>();
    private @Nullable RehearsalResult shown;
    private @Nullable ResultPane result;
    private Node results = new VBox();
    private @Nullable Node opener;

    RehearsePage(Desk desk, PromotionModel model) {
        this.desk = desk;
        this.model = model;
        progress = new ProgressPane(false, model::stopRehearsing);
        running = Nodes.scrolling(progress);
        model.run().progressProperty().subscribe(now -> now.ifPresent(progress::show));
    }

    /// The evidence that is open, null for none.
    ReadOnlyObjectProperty<@Nullable Node> drawerProperty() {
        return drawer.getReadOnlyProperty();
    }

    /// Closes what is open, as when the page is left.
    void close() {
        if (drawer.get() == null) {
            return;
        }
        drawer.set(null);
        if (result != null) {
            result.setNarrow(false);
        }
        var back = opener;
        if (back != null) {
            FxThread.later(back::requestFocus);
        }
    }

    /// A repair that is tried, on whatever page that was asked for.
    List<Node> trying(Draft draft) {
        close();
        return List.of(
                label(draft.page().title(), "section-title"),
                Nodes.prose(TEXTS.get("promotion.repair.trying"), "muted"),
                running);
    }

    List<Node> of(Draft draft, Proposal made) {
        if (draft.aim() instanceof Aim.Repair(_, var how)) {
            return how.equals(Optional.of(How.RECORD))
                    ? List.of(
                            head(draft, made),
                            Nodes.prose(TEXTS.get("promotion.repair.tried"), "muted"),
                            Nodes.scrolling(RepairPage.effects(draft.effects())))
                    : result(draft, made);
        }
        if (model.run().progress().isPresent()) {
            close();
            return List.of(head(draft, made), intro(), running);
        }
        var pending = made.situation().ledger().value().map(LedgerState::pending);
        if (pending.isPresent() && pending.get().isEmpty()) {
            return List.of(
                    head(draft, made),
                    Nodes.point(
                            Icon.SKIPPED,
                            Tone.MUTED,
                            TEXTS.get("promotion.rehearse.nothing", made.plan().target())));
        }
        return result(draft, made);
    }

    private List<Node> result(Draft draft, Proposal made) {
        var found = made.situation().rehearsal().value();
        if (found.isEmpty()) {
            return List.of(head(draft, made), intro(), none(made));
        }
        var nodes = new ArrayList<Node>();
        nodes.add(head(draft, made));
        nodes.addAll(message(draft, made, found.get()));
        nodes.add(results(made, found.get()));
        return nodes;
    }

    private Node head(Draft draft, Proposal made) {
        var chip =
                new Chip(TEXTS.get("promotion.rehearse.reads"), Icon.NOTHING_CHANGED, Tone.MUTED);
        chip.getStyleClass().add("strong");
        var title = label("Rehearse", "section-title");
        title.setMinWidth(Label.USE_PREF_SIZE);
        chip.visibleProperty().bind(drawer.isNull());
        chip.managedProperty().bind(chip.visibleProperty());
        var head = Nodes.row("wizard-page-head", title, chip, gap());
        var rehearsal = made.situation().rehearsal().value();
        if (model.run().progress().isEmpty()) {
            rehearsal.ifPresent(it -> {
                var age = Times.ago(it.asOf(), desk.now());
                head.getChildren()
                        .add(
                                label(
                                        TEXTS.get(
                                                age.equals("now")
                                                        ? "promotion.rehearse.now"
                                                        : "promotion.rehearse.age",
                                                age),
                                        "caption",
                                        "muted"));
            });
            if (rehearsal.isPresent() || draft.rehearsalMissing()) {
                var again =
                        new Button(
                                TEXTS.get(
                                        rehearsal.isPresent()
                                                ? "promotion.rehearse.again"
                                                : "promotion.rehearse"),
                                Icon.REFRESH.node());
                again.setId("rehearse");
                again.setMinWidth(Button.USE_PREF_SIZE);
                again.setAccessibleHelp(TEXTS.get("promotion.rehearse.what"));
                again.setDisable(!draft.busy().isEmpty());
                again.setOnAction(_ -> model.rehearse(true));
                head.getChildren().add(again);
            }
        }
        return head;
    }

    private static Node intro() {
        return Nodes.prose(TEXTS.get("promotion.rehearse.what"), "muted");
    }

    private static Node none(Proposal made) {
        var ledger = made.situation().ledger();
        var why =
                ledger.value().isPresent() ? made.situation().rehearsal().doubt() : ledger.doubt();
        return Banner.warning(TEXTS.get("promotion.rehearse.none"), why);
    }

    /// What a person has to know before the figures: messages 5 and 6, or why the gate is closed.
    private List<Node> message(Draft draft, Proposal made, RehearsalResult found) {
        var back = new Banner.Action(TEXTS.get("promotion.back"), model::back);
        var failed = found.report().flatMap(report -> report.failure());
        if (failed.isPresent()) {
            var log =
                    new Banner.Action(
                            TEXTS.get("promotion.rehearse.log"),
                            () ->
                                    desk.navigator()
                                            .go(new Place.Logs("migration", Optional.empty())));
            return List.of(Banner.danger("", failed(failed.get()), null, log, back));
        }
        var order = found.verdict().order();
        if (draft.aim() instanceof Aim.Promotion
                && (order.kind() == Order.Kind.CODE_FIRST || order.kind() == Order.Kind.SPLIT)) {
            var actions = new ArrayList<Banner.Action>();
            if (draft.canContinue()) {
                actions.add(new Banner.Action(TEXTS.get("promotion.rehearse.after"), model::next));
            }
            actions.add(back);
            return List.of(
                    Banner.warning(
                            "",
                            TEXTS.get(
                                    "promotion.rehearse.breaking",
                                    String.join(", ", order.after()),
                                    Words.liveName(made.plan()),
                                    made.plan().target()),
                            actions.toArray(Banner.Action[]::new)));
        }
        return made.gate(Gate.VERDICT)
                .filter(gate -> !gate.open())
                .map(gate ->
                        List.<Node>of(
                                Banner.danger(
                                        TEXTS.get("promotion.rehearse.closed"),
                                        TEXTS.get("promotion.rehearse.unchanged"),
                                        null,
                                        back)))
                .orElse(List.of());
    }

    private static String failed(Failed failed) {
        return TEXTS.get(
                "promotion.rehearse.failed",
                failed.tag(),
                failed.statement(),
                failed.message(),
                failed.sqlState());
    }

    private Node results(Proposal made, RehearsalResult found) {
        if (!found.equals(shown)) {
            close();
            var pane =
                    new ResultPane(
                            found,
                            Words.sides(made.plan()),
                            desk.zone(),
                            evidence -> open(evidence, found));
            shown = found;
            result = pane;
            results = Nodes.scrolling(pane);
        }
        return results;
    }

    /// Shows a piece of evidence; the focus goes there, and comes back when it is closed.
    void open(Evidence evidence, RehearsalResult of) {
        var scene = results.getScene();
        opener = scene == null ? null : scene.getFocusOwner();
        if (result != null) {
            result.setNarrow(true);
        }
        var panel = EvidenceDrawer.of(evidence, of, this::close);
        drawer.set(panel);
        FxThread.later(panel::focus);
    }
}
