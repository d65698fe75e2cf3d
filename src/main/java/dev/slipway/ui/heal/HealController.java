package dev.slipway.ui.heal;

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
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// Joins the frame of healing to its model.
public final class HealController extends DraftController<HealDraft, HealPage, HealModel> {
    private static final Texts TEXTS = Texts.of(HealController.class);

    HealController(Desk desk) {
        super(desk, new HealModel(desk));
    }

    @Override
    protected String title(HealDraft draft) {
        return TEXTS.get("heal.title");
    }

    @Override
    protected String leaving(HealDraft draft) {
        return TEXTS.get("heal.leave");
    }

    @Override
    protected Optional<Instant> readAt(HealDraft draft) {
        return Optional.empty();
    }

    @Override
    protected List<Node> page(HealDraft draft) {
        return List.of(
                new EmptyState(
                        Icon.OK,
                        TEXTS.get("heal.none"),
                        String.join(" ", draft.needless()),
                        TEXTS.get("heal.none.verb"),
                        () -> desk.navigator().go(new Place.Production())));
    }

    @Override
    protected Review review(HealDraft draft) {
        return new HealReview(draft.proposal().orElseThrow());
    }

    @Override
    protected String exampleOfReason() {
        return TEXTS.get("heal.reason.example");
    }

    @Override
    protected List<Node> foot(HealDraft draft, @Nullable ReviewPage confirm) {
        var hint = WizardFoot.hint(hint(draft));
        if (!draft.confirming()) {
            return List.of(hint);
        }
        // Tab leads from the phrase to it.
        var act = WizardFoot.acting(desk, TEXTS.get("heal.act"), confirm);
        act.setId("upload-again");
        return List.of(hint, act);
    }

    private Label hint(HealDraft draft) {
        if (!draft.busy().isEmpty()) {
            return Nodes.point(Icon.WAITING, Tone.MUTED, draft.busy());
        }
        return draft.confirming()
                ? WizardFoot.confirming(desk, "upload anything", ".")
                : Nodes.point(Icon.NOTHING_CHANGED, Tone.MUTED, TEXTS.get("heal.nothing"));
    }
}
