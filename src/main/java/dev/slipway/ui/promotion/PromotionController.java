package dev.slipway.ui.promotion;

import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Shortcuts;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.BusyRow;
import dev.slipway.ui.wizard.WizardController;
import dev.slipway.ui.wizard.WizardHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Joins the wizard's frame to its model: head, rail, the page of the moment; the foot is
/// [PromotionFooter].
public final class PromotionController extends WizardController {
    private static final Texts TEXTS = Texts.of(PromotionController.class);

    private final Releases releases;
    private final Desk desk;
    private final PromotionModel model;
    private final StepperRail steps = new StepperRail();
    private final RehearsePage rehearse;
    private @Nullable WizardHead wizardHead;
    private @Nullable ConfirmPage confirm;
    private final PromotionFooter foot;
    private Node confirmNode = new VBox();
    private Optional<Estimate> estimate = Optional.empty();

    PromotionController(Releases releases, Aim aim) {
        this.releases = releases;
        desk = releases.desk();
        model =
                new PromotionModel(
                        aim,
                        releases.releasing(),
                        desk.services().arming(),
                        desk.background(),
                        desk.clock(),
                        (draft, operation) -> {
                            releases.started().put(operation.plan().id(), draft);
                            desk.navigator().go(new Place.Operation(operation.plan().id()));
                        });
        rehearse = new RehearsePage(desk, model);
        foot = new PromotionFooter(desk, model, this::away);
    }

    @Override
    protected void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index -> model.visit(Page.at(index)));
        rail.getChildren().add(steps);
        model.draftProperty().subscribe(this::draw);
        model.run()
                .progressProperty()
                .addListener((_, was, now) -> {
                    if (was.isPresent() != now.isPresent()) {
                        draw(model.draft());
                    }
                });
        desk.onWriting(() -> footer(model.draft()));
    }

    @Override
    protected void show() {
        model.open();
        if (model.draft().aim() instanceof Aim.Repair) {
            // How long promotions took says nothing about it.
            return;
        }
        var _ =
                desk.background()
                        .run(
                                () ->
                                        Estimate.of(
                                                releases.releasing().operations().stream()
                                                        .filter(row ->
                                                                row.kind().equals("promotion"))
                                                        .limit(5)
                                                        .flatMap(row ->
                                                                releases
                                                                        .releasing()
                                                                        .operation(row.id())
                                                                        .stream())
                                                        .toList()),
                                found -> {
                                    estimate = found;
                                    draw(model.draft());
                                },
                                _ -> {});
    }

    PromotionModel model() {
        return model;
    }

    private void draw(Draft draft) {
        KeptFocus.in(
                () -> {
                    steps.setSteps(Draft.pagesFor(draft));
                    head(draft);
                    body(draft);
                    footer(draft);
                },
                rail,
                page,
                footer,
                head);
    }

    /// Where the focus begins: the rail acts on nothing.
    @Override
    protected Optional<Node> entry() {
        return Optional.ofNullable(Shortcuts.firstFocusable(rail));
    }

    private void head(Draft draft) {
        var leave = new Button(TEXTS.get("promotion.leave"));
        leave.getStyleClass().add("strong");
        leave.setOnAction(_ -> away());
        var cancel = new Button(TEXTS.get("promotion.cancel"));
        cancel.getStyleClass().add("strong");
        cancel.setOnAction(_ -> cancel(draft));
        if (wizardHead != null) {
            wizardHead.show(
                    TEXTS.get(
                            draft.aim() instanceof Aim.Repair
                                    ? "promotion.repair.title"
                                    : "promotion.title",
                            draft.name()),
                    TEXTS.get("promotion.saved"),
                    draft.proposal().map(p -> p.plan().created()),
                    draft.page() == Page.CONFIRM ? List.of(leave) : List.of(leave, cancel));
        }
    }

    private void away() {
        desk.navigator().backOr(new Place.Production());
    }

    private void cancel(Draft draft) {
        desk.dialogs()
                .ask(
                        new Dialogs.Question(
                                TEXTS.get("promotion.cancel.title", draft.name()),
                                Nodes.prose(TEXTS.get("promotion.cancel.body")),
                                TEXTS.get("promotion.cancel.verb"),
                                TEXTS.get("promotion.cancel.keep"),
                                Tone.ACCENT,
                                null),
                        () -> {
                            model.discard();
                            away();
                        });
    }

    private void body(Draft draft) {
        if (draft.page() != Page.CONFIRM) {
            confirm = null;
        }
        if (draft.page() != Page.REHEARSE) {
            rehearse.close();
        }
        var nodes = new ArrayList<Node>();
        if (!draft.problem().isEmpty()) {
            nodes.add(
                    Banner.danger(
                            TEXTS.get("promotion.failed"),
                            draft.problem(),
                            null,
                            new Banner.Action(TEXTS.get("promotion.again"), model::checkAgain)));
        }
        // The page "Confirm" says so itself, and must not be moved while something is typed there.
        if (!draft.busy().isEmpty()
                && draft.page() != Page.CONFIRM
                && model.run().progress().isEmpty()) {
            nodes.add(BusyRow.of(draft.busy()));
        }
        if (draft.page() == Page.CHOOSE && draft.aim() instanceof Aim.Repair repair) {
            nodes.addAll(RepairPage.choice(repair, model::choose));
        } else if (draft.aim() instanceof Aim.Repair && model.run().progress().isPresent()) {
            nodes.addAll(rehearse.trying(draft));
        } else {
            draft.proposal().ifPresent(made -> nodes.addAll(pageOf(draft, made)));
        }
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private List<Node> pageOf(Draft draft, Proposal made) {
        var plan = made.plan();
        return switch (draft.page()) {
            case CHOOSE -> ChoosePage.of(plan);
            case PREFLIGHT ->
                    PreflightPage.of(
                            made,
                            releases.releasing().waivable(),
                            desk.clock().instant(),
                            model::checkAgain,
                            this::waive,
                            tag -> desk.navigator().go(new Place.Repair(tag)));
            case REHEARSE -> rehearse.of(draft, made);
            case PLAN, RUN, RESULT ->
                    PlanPage.of(plan, made.situation().rehearsal().value(), estimate, false);
            case CONFIRM -> List.of(confirmPage(draft, made));
        };
    }

    private Node confirmPage(Draft draft, Proposal made) {
        if (confirm == null) {
            confirm = new ConfirmPage(desk, model, made);
            confirmNode = confirm.node();
            var first = confirm.card().first();
            Optional.ofNullable(page.getScene())
                    .ifPresent(scene -> FxThread.afterLayout(scene, first::requestFocus));
        }
        confirm.show(draft, estimate);
        return confirmNode;
    }

    private void waive(Gate gate) {
        var reason = new TextField();
        reason.setAccessibleText(TEXTS.get("promotion.waive.reason"));
        var body =
                new VBox(
                        12,
                        Nodes.prose(TEXTS.get("promotion.waive.body", gate.evidence())),
                        new VBox(
                                4,
                                Nodes.label(TEXTS.get("promotion.waive.reason"), "strong"),
                                reason));
        desk.dialogs()
                .ask(
                        new Dialogs.Question(
                                TEXTS.get("promotion.waive.title", gate.title()),
                                body,
                                TEXTS.get("promotion.waive.verb"),
                                TEXTS.get("promotion.waive.keep"),
                                Tone.PRODUCTION,
                                reason),
                        Bindings.createBooleanBinding(
                                () -> !reason.getText().isBlank(), reason.textProperty()),
                        () -> model.waive(gate.id(), reason.getText()));
    }

    private void footer(Draft draft) {
        footer.getChildren().setAll(foot.of(draft, confirm));
    }

    @Override
    protected ObservableValue<? extends @Nullable Node> drawer() {
        return rehearse.drawerProperty();
    }

    /// The page "Rehearse", for pictures.
    RehearsePage rehearsePage() {
        return rehearse;
    }

    @Override
    protected List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        if (model.draft().page() != Page.CONFIRM) {
            all.add(
                    new Shortcut(
                            "Shortcut+Enter", TEXTS.get("promotion.key.continue"), model::next));
        }
        for (var which : Page.values()) {
            if (model.draft().canOpen(which)) {
                all.add(
                        new Shortcut(
                                "Alt+" + which.number(),
                                TEXTS.get("promotion.key.page", which.title()),
                                () -> model.visit(which)));
            }
        }
        all.add(new Shortcut("F5", TEXTS.get("promotion.key.again"), model::checkAgain));
        return all;
    }
}
