package dev.slipway.ui.rescue;

import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.DraftController;
import dev.slipway.ui.wizard.Review;
import dev.slipway.ui.wizard.ReviewPage;
import dev.slipway.ui.wizard.WizardFoot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// Joins the frame of a rescue to its model.
public final class RescueController extends DraftController<RescueDraft, RescuePage, RescueModel> {
    private static final Texts TEXTS = Texts.of(RescueController.class);

    private final RowsPage rows;
    private final CheckBox leave = new CheckBox(TEXTS.get("rescue.leave.conflicts"));

    RescueController(Desk desk, RescueDraft from) {
        super(desk, new RescueModel(desk, from));
        rows = new RowsPage(desk, model());
        leave.setId("leave-conflicts");
        leave.selectedProperty().addListener((_, _, on) -> model().leave(on));
    }

    @Override
    protected String title(RescueDraft draft) {
        return TEXTS.get("rescue.title");
    }

    @Override
    protected String leaving(RescueDraft draft) {
        return TEXTS.get("rescue.leave");
    }

    @Override
    protected Optional<Instant> readAt(RescueDraft draft) {
        return draft.loss().map(Loss::counted);
    }

    @Override
    protected List<Node> page(RescueDraft draft) {
        return draft.nothingKept()
                ? List.of(
                        new EmptyState(
                                Icon.ARCHIVE,
                                TEXTS.get("rescue.none"),
                                TEXTS.get("rescue.none.why"),
                                TEXTS.get("rescue.none.verb"),
                                () -> desk.navigator().go(Place.Rollback.NEAREST)))
                : rows.of(draft);
    }

    @Override
    protected String exampleOfReason() {
        return TEXTS.get("rescue.reason.example");
    }

    @Override
    protected List<Node> choices() {
        return List.of(leave);
    }

    @Override
    protected Review review(RescueDraft draft) {
        var made = draft.proposal().orElseThrow();
        leave.setSelected(draft.options().leaveConflicts());
        leave.setDisable(!draft.busy().isEmpty());
        leave.setVisible(
                draft.options().leaveConflicts() || !made.rehearsed().conflicts().isEmpty());
        leave.setManaged(leave.isVisible());
        return new RescueReview(made);
    }

    @Override
    protected List<Node> foot(RescueDraft draft, @Nullable ReviewPage confirm) {
        var hint = WizardFoot.hint(hint(draft));
        if (!draft.confirming()) {
            return List.of(
                    hint,
                    WizardFoot.next(
                            RescuePage.CONFIRM.title().toLowerCase(Locale.ROOT),
                            draft.canContinue(),
                            model()::next));
        }
        // Tab leads from the phrase to it.
        var rows = draft.proposal().map(m -> m.rehearsed().rows()).orElse(0L);
        var act = WizardFoot.acting(desk, TEXTS.get("rescue.act", rows), confirm);
        act.setId("bring-back");
        return List.of(hint, act);
    }

    private Label hint(RescueDraft draft) {
        if (!draft.busy().isEmpty()) {
            return Nodes.point(Icon.WAITING, Tone.MUTED, draft.busy());
        }
        if (draft.confirming()) {
            return WizardFoot.confirming(desk, "bring anything back", ".");
        }
        return draft.found().isPresent() && draft.options().tables().isEmpty()
                ? Nodes.point(Icon.BLOCKED, Tone.MUTED, TEXTS.get("rescue.choose"))
                : Nodes.point(Icon.NOTHING_CHANGED, Tone.MUTED, TEXTS.get("rescue.nothing"));
    }
}
