package dev.slipway.ui.rescue;

import dev.slipway.release.rollback.rescue.RescueProposal;
import dev.slipway.ui.desk.Desk;
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
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.BusyRow;
import dev.slipway.ui.wizard.ReviewPage;
import dev.slipway.ui.wizard.WizardController;
import dev.slipway.ui.wizard.WizardFoot;
import dev.slipway.ui.wizard.WizardHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// Joins the frame of a rescue to its model.
public final class RescueController extends WizardController {
    private static final Texts TEXTS = Texts.of(RescueController.class);

    private final Desk desk;
    private final RescueModel model;
    private final RowsPage rows;
    private final CheckBox leave = new CheckBox(TEXTS.get("rescue.leave.conflicts"));
    private final StepperRail steps = new StepperRail();
    private @Nullable WizardHead wizardHead;
    private @Nullable ReviewPage review;

    RescueController(Desk desk, RescueDraft from) {
        this.desk = desk;
        model =
                new RescueModel(
                        desk,
                        from,
                        operation ->
                                desk.navigator().go(new Place.Operation(operation.plan().id())));
        rows = new RowsPage(desk, model);
        leave.setId("leave-conflicts");
        leave.selectedProperty().addListener((_, _, on) -> model.leave(on));
    }

    @Override
    protected void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index -> model.visit(RescuePage.ALL.get(index)));
        rail.getChildren().add(steps);
        model.draftProperty().subscribe(this::draw);
        desk.onWriting(() -> footer(model.draft()));
    }

    @Override
    protected void show() {
        model.open();
    }

    /// Where the focus begins: the rail acts on nothing.
    @Override
    protected Optional<Node> entry() {
        return Optional.ofNullable(Shortcuts.firstFocusable(rail));
    }

    RescueModel model() {
        return model;
    }

    private void draw(RescueDraft draft) {
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

    private void head(RescueDraft draft) {
        var away = new Button(TEXTS.get("rescue.leave"));
        away.getStyleClass().add("strong");
        away.setId("leave");
        away.setOnAction(_ -> away());
        var other = new Button(TEXTS.get("rescue.back"));
        other.getStyleClass().add("strong");
        other.setId("back");
        other.setDisable(!draft.busy().isEmpty());
        other.setOnAction(_ -> model.back());
        if (wizardHead != null) {
            wizardHead.show(
                    TEXTS.get("rescue.title"),
                    TEXTS.get("rescue.read"),
                    draft.confirmedAt().or(() -> draft.loss().map(l -> l.counted())),
                    draft.page() == RescuePage.ROWS ? List.of(away) : List.of(other, away));
        }
    }

    private void away() {
        desk.navigator().backOr(new Place.Production());
    }

    private void body(RescueDraft draft) {
        if (draft.page() != RescuePage.CONFIRM) {
            review = null;
        }
        var nodes = new ArrayList<Node>();
        if (!draft.problem().isEmpty()) {
            nodes.add(
                    Banner.danger(
                            TEXTS.get("rescue.failed"),
                            draft.problem(),
                            null,
                            new Banner.Action(TEXTS.get("rescue.again"), model::checkAgain)));
        }
        if (draft.nothingKept()) {
            nodes.add(
                    new EmptyState(
                            Icon.ARCHIVE,
                            TEXTS.get("rescue.none"),
                            TEXTS.get("rescue.none.why"),
                            TEXTS.get("rescue.none.verb"),
                            () -> desk.navigator().go(Place.Rollback.NEAREST)));
        } else if (draft.page() == RescuePage.ROWS) {
            nodes.addAll(rows.of(draft));
        } else {
            confirm(draft, nodes);
        }
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private void confirm(RescueDraft draft, List<Node> nodes) {
        var made = draft.proposal();
        if (made.isEmpty()) {
            nodes.add(BusyRow.of(draft.busy()));
            return;
        }
        if (review == null) {
            review =
                    new ReviewPage(
                            desk, TEXTS.get("rescue.reason.example"), List.of(leave), model::start);
            var card = review.card();
            Optional.ofNullable(page.getScene())
                    .ifPresent(scene ->
                            FxThread.afterLayout(scene, () -> card.first().requestFocus()));
        }
        leave.setSelected(draft.options().leaveConflicts());
        leave.setDisable(!draft.busy().isEmpty());
        leave.setVisible(
                draft.options().leaveConflicts() || !made.get().rehearsed().conflicts().isEmpty());
        leave.setManaged(leave.isVisible());
        review.show(
                new RescueReview(made.get()),
                new ReviewPage.Standing(
                        draft.confirmedAt(),
                        draft.busy().isEmpty() && draft.problem().isEmpty(),
                        draft.confirmable(),
                        false));
        nodes.add(review.node());
    }

    private void footer(RescueDraft draft) {
        var nodes = new ArrayList<Node>();
        nodes.add(WizardFoot.hint(hint(draft)));
        if (draft.page() == RescuePage.CONFIRM) {
            // Tab leads from the phrase to it.
            var act = WizardFoot.acting(desk, verb(draft.proposal()), review);
            act.setId("bring-back");
            nodes.add(act);
        } else {
            nodes.add(
                    WizardFoot.next(
                            RescuePage.CONFIRM.title().toLowerCase(Locale.ROOT),
                            draft.canContinue(),
                            model::next));
        }
        KeptFocus.in(() -> footer.getChildren().setAll(nodes), footer);
    }

    private Label hint(RescueDraft draft) {
        if (!draft.busy().isEmpty()) {
            return Nodes.point(Icon.WAITING, Tone.MUTED, draft.busy());
        }
        if (draft.page() == RescuePage.CONFIRM) {
            return WizardFoot.confirming(desk, "bring anything back", ".");
        }
        return draft.found().isPresent() && draft.options().tables().isEmpty()
                ? Nodes.point(Icon.BLOCKED, Tone.MUTED, TEXTS.get("rescue.choose"))
                : Nodes.point(Icon.NOTHING_CHANGED, Tone.MUTED, TEXTS.get("rescue.nothing"));
    }

    private static String verb(Optional<RescueProposal> made) {
        var rows = made.map(m -> m.rehearsed().rows()).orElse(0L);
        return TEXTS.get("rescue.act", rows);
    }

    @Override
    protected List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        if (model.draft().page() == RescuePage.ROWS) {
            all.add(new Shortcut("Shortcut+Enter", TEXTS.get("rescue.key.continue"), model::next));
        } else {
            all.add(
                    new Shortcut(
                            "Alt+1",
                            TEXTS.get("rescue.key.page", RescuePage.ROWS.title()),
                            model::back));
        }
        all.add(new Shortcut("F5", TEXTS.get("rescue.key.again"), model::checkAgain));
        return all;
    }
}
