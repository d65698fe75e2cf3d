package dev.slipway.ui.rollback;

import dev.slipway.release.Planned;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Shortcuts;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.BusyRow;
import dev.slipway.ui.wizard.ReviewPage;
import dev.slipway.ui.wizard.WizardController;
import dev.slipway.ui.wizard.WizardHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Joins the wizard's frame to its model.
public final class RollbackController extends WizardController {
    private static final Texts TEXTS = Texts.of(RollbackController.class);

    private final Desk desk;
    private final RollbackModel model;
    private final StepperRail steps = new StepperRail();
    private final RollbackFooter foot;
    private final LossPage loss;
    private final HoldChoice hold;
    private final Timeline clock;
    private @Nullable WizardHead wizardHead;
    private @Nullable ReviewPage review;

    RollbackController(Desk desk, WayBack way, RollbackDraft from) {
        this.desk = desk;
        model =
                new RollbackModel(
                        desk,
                        way,
                        from,
                        operation ->
                                desk.navigator().go(new Place.Operation(operation.plan().id())));
        foot = new RollbackFooter(desk, model);
        loss = new LossPage(desk, model);
        hold = new HoldChoice(on -> model.wish(w -> new RollbackDraft.Wishes(on, w.maintenance())));
        clock = new Timeline(new KeyFrame(Duration.seconds(1), _ -> tick()));
        clock.setCycleCount(Animation.INDEFINITE);
    }

    @Override
    protected void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index -> model.visit(model.draft().scope().pages().get(index)));
        rail.getChildren().add(steps);
        model.draftProperty().subscribe(this::draw);
        desk.onWriting(() -> footer(model.draft()));
    }

    @Override
    protected void show() {
        model.open();
        clock.play();
    }

    /// Who leaves the page calls a countdown off.
    @Override
    protected void leave() {
        clock.stop();
        if (model.draft().startsAt().isPresent()) {
            model.callOff();
        }
    }

    private void tick() {
        if (model.draft().startsAt().isPresent()) {
            model.tick();
            footer(model.draft());
        }
    }

    RollbackModel model() {
        return model;
    }

    private void draw(RollbackDraft draft) {
        KeptFocus.in(
                () -> {
                    steps.setSteps(draft.steps());
                    head(draft);
                    body(draft);
                    footer(draft);
                },
                page,
                rail,
                footer,
                head);
    }

    /// Where the focus begins: the release that is chosen, else the rail, which acts on nothing.
    @Override
    protected Optional<Node> entry() {
        return model.draft()
                .target()
                .flatMap(name -> Optional.ofNullable(page.lookup("#release-" + name)))
                .or(() -> Optional.ofNullable(Shortcuts.firstFocusable(rail)));
    }

    private void head(RollbackDraft draft) {
        var leave = new Button(TEXTS.get("rollback.keep", draft.live()));
        leave.getStyleClass().add("strong");
        leave.setId("leave");
        leave.setOnAction(_ -> away());
        var other = new Button(TEXTS.get("rollback.back"));
        other.getStyleClass().add("strong");
        other.setId("back");
        other.setDisable(!draft.busy().isEmpty() || draft.startsAt().isPresent());
        other.setOnAction(_ -> model.back());
        if (wizardHead != null) {
            wizardHead.show(
                    TEXTS.get(
                            draft.scope() == RollbackScope.UNDO
                                    ? "rollback.undo.title"
                                    : "rollback.title"),
                    TEXTS.get("rollback.read"),
                    draft.confirmedAt().or(() -> draft.seen().map(s -> s.scene().observed())),
                    draft.scope().pages().indexOf(draft.page()) > 0
                            ? List.of(other, leave)
                            : List.of(leave));
        }
    }

    private void away() {
        desk.navigator().backOr(new Place.Production());
    }

    private void body(RollbackDraft draft) {
        if (draft.page() != RollbackPage.CONFIRM) {
            review = null;
        }
        var nodes = new ArrayList<Node>();
        if (!draft.problem().isEmpty()) {
            nodes.add(
                    Banner.danger(
                            TEXTS.get("rollback.failed"),
                            draft.problem(),
                            null,
                            new Banner.Action(TEXTS.get("rollback.again"), model::checkAgain)));
        }
        switch (draft.page()) {
            case CHOOSE -> choose(draft, nodes);
            case WINDOW -> nodes.addAll(loss.of(draft));
            case CONFIRM, RUN, RESULT -> confirm(draft, nodes);
        }
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private void choose(RollbackDraft draft, List<Node> nodes) {
        nodes.add(
                Nodes.row(
                        "wizard-page-head",
                        Nodes.label(TEXTS.get("rollback.choose"), "section-title"),
                        Nodes.gap(),
                        BusyRow.of(draft.busy())));
        draft.seen()
                .ifPresentOrElse(
                        seen ->
                                nodes.addAll(
                                        ChooseRelease.of(
                                                draft, seen, model::choose, model::choose)),
                        () -> {
                            if (draft.problem().isEmpty()) {
                                nodes.add(
                                        new EmptyState(
                                                Icon.WAITING,
                                                TEXTS.get("rollback.reading"),
                                                TEXTS.get("rollback.reading.what")));
                            }
                        });
    }

    private void confirm(RollbackDraft draft, List<Node> nodes) {
        var made = draft.proposal();
        if (made.isEmpty()) {
            if (draft.problem().isEmpty()) {
                nodes.add(BusyRow.of(draft.busy()));
            }
            return;
        }
        if (review == null) {
            review =
                    new ReviewPage(
                            desk,
                            TEXTS.get("rollback.reason.example"),
                            List.of(hold),
                            model::start);
            var card = review.card();
            Optional.ofNullable(page.getScene())
                    .ifPresent(scene ->
                            FxThread.afterLayout(scene, () -> card.first().requestFocus()));
        }
        var facts = review(draft, made.get());
        hold.show(draft, facts.left());
        review.show(
                facts,
                new ReviewPage.Standing(
                        draft.confirmedAt(),
                        draft.busy().isEmpty() && draft.problem().isEmpty(),
                        draft.confirmable(),
                        draft.startsAt().isPresent()));
        nodes.add(review.node());
    }

    private RollbackReview review(RollbackDraft draft, Planned made) {
        return switch (made) {
            case RollbackProposal code -> new CodeReview(desk, draft, code);
            case RestoreProposal restore -> new RestoreReview(desk, draft, restore);
            default -> throw new IllegalStateException("not proposed here: " + made.plan().kind());
        };
    }

    private void footer(RollbackDraft draft) {
        KeptFocus.in(() -> footer.getChildren().setAll(foot.of(draft, review)), footer);
    }

    @Override
    protected List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        var draft = model.draft();
        if (draft.page() != RollbackPage.CONFIRM) {
            all.add(
                    new Shortcut(
                            "Shortcut+Enter", TEXTS.get("rollback.key.continue"), model::next));
        }
        var pages = draft.scope().pages();
        for (int i = 0; i < pages.indexOf(draft.page()); i++) {
            var page = pages.get(i);
            all.add(
                    new Shortcut(
                            "Alt+" + (i + 1),
                            TEXTS.get("rollback.key.page", page.title()),
                            () -> model.visit(page)));
        }
        all.add(new Shortcut("F5", TEXTS.get("rollback.key.again"), model::checkAgain));
        return all;
    }
}
