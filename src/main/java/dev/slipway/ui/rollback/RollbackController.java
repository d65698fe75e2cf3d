package dev.slipway.ui.rollback;

import dev.slipway.release.Planned;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.wizard.BusyRow;
import dev.slipway.ui.wizard.DraftController;
import dev.slipway.ui.wizard.Review;
import dev.slipway.ui.wizard.ReviewPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Joins the wizard's frame to its model.
public final class RollbackController
        extends DraftController<RollbackDraft, RollbackPage, RollbackModel> {
    private static final Texts TEXTS = Texts.of(RollbackController.class);

    private final RollbackFooter foot;
    private final LossPage loss;
    private final HoldChoice hold;
    private final Timeline clock;

    RollbackController(Desk desk, WayBack way, RollbackDraft from) {
        super(desk, new RollbackModel(desk, way, from));
        foot = new RollbackFooter(desk, model());
        loss = new LossPage(desk, model());
        hold =
                new HoldChoice(
                        on -> model().wish(w -> new RollbackDraft.Wishes(on, w.maintenance())));
        clock = new Timeline(new KeyFrame(Duration.seconds(1), _ -> tick()));
        clock.setCycleCount(Animation.INDEFINITE);
    }

    @Override
    protected void show() {
        super.show();
        clock.play();
    }

    /// Who leaves the page calls a countdown off.
    @Override
    protected void leave() {
        clock.stop();
        if (model().draft().startsAt().isPresent()) {
            model().callOff();
        }
    }

    private void tick() {
        if (model().draft().startsAt().isPresent()) {
            model().tick();
            drawFoot();
        }
    }

    /// Where the focus begins: the release that is chosen, else the rail.
    @Override
    protected Optional<Node> entry() {
        return model().draft()
                .target()
                .flatMap(name -> Optional.ofNullable(page.lookup("#release-" + name)))
                .or(super::entry);
    }

    @Override
    protected String title(RollbackDraft draft) {
        return TEXTS.get(
                draft.scope() == RollbackScope.UNDO ? "rollback.undo.title" : "rollback.title");
    }

    @Override
    protected String leaving(RollbackDraft draft) {
        return TEXTS.get("rollback.keep", draft.live());
    }

    @Override
    protected Optional<Instant> readAt(RollbackDraft draft) {
        return draft.seen().map(s -> s.scene().observed());
    }

    @Override
    protected List<Node> page(RollbackDraft draft) {
        return draft.page() == RollbackPage.WINDOW ? loss.of(draft) : choose(draft);
    }

    private List<Node> choose(RollbackDraft draft) {
        var nodes = new ArrayList<Node>();
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
                                                draft, seen, model()::choose, model()::choose)),
                        () -> {
                            if (draft.problem().isEmpty()) {
                                nodes.add(
                                        new EmptyState(
                                                Icon.WAITING,
                                                TEXTS.get("rollback.reading"),
                                                TEXTS.get("rollback.reading.what")));
                            }
                        });
        return nodes;
    }

    @Override
    protected String exampleOfReason() {
        return TEXTS.get("rollback.reason.example");
    }

    @Override
    protected List<Node> choices() {
        return List.of(hold);
    }

    @Override
    protected Review review(RollbackDraft draft) {
        var facts = review(draft, draft.proposal().orElseThrow());
        hold.show(draft, facts.left());
        return facts;
    }

    private RollbackReview review(RollbackDraft draft, Planned made) {
        return switch (made) {
            case RollbackProposal code -> new CodeReview(desk, draft, code);
            case RestoreProposal restore -> new RestoreReview(desk, draft, restore);
            default -> throw new IllegalStateException("not proposed here: " + made.plan().kind());
        };
    }

    @Override
    protected List<Node> foot(RollbackDraft draft, @Nullable ReviewPage confirm) {
        return foot.of(draft, confirm);
    }
}
