package dev.slipway.ui.rollback;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.ReviewPage;
import dev.slipway.ui.wizard.WizardFoot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// The foot of the wizard: why the way on is closed, and the way on.
final class RollbackFooter {
    private static final Texts TEXTS = Texts.of(RollbackFooter.class);

    private final Desk desk;
    private final RollbackModel model;

    RollbackFooter(Desk desk, RollbackModel model) {
        this.desk = desk;
        this.model = model;
    }

    /// The controls, left to right.
    ///
    /// @param review the page "Confirm" while it is on screen
    List<Node> of(RollbackDraft draft, @Nullable ReviewPage review) {
        var nodes = new ArrayList<Node>();
        nodes.add(hint(draft));
        if (draft.startsAt().isPresent()) {
            nodes.add(callOff());
        } else if (draft.page() == RollbackPage.CONFIRM) {
            // Tab leads from the phrase to it.
            var act = WizardFoot.acting(desk, verb(draft), review);
            act.setId("roll-back");
            nodes.add(act);
        } else if (draft.scope() != RollbackScope.LOOK || draft.page() == RollbackPage.CHOOSE) {
            nodes.add(
                    WizardFoot.next(
                            following(draft).title().toLowerCase(Locale.ROOT),
                            draft.canContinue(),
                            model::next));
        }
        return nodes;
    }

    private Node hint(RollbackDraft draft) {
        var label =
                draft.startsAt()
                        .map(this::starting)
                        .orElseGet(() ->
                                draft.page() == RollbackPage.CONFIRM
                                        ? confirming(draft)
                                        : choosing(draft));
        return WizardFoot.hint(label);
    }

    private Label starting(Instant at) {
        var left = Math.max(0, Duration.between(desk.now(), at).toSeconds());
        var label = Nodes.point(Icon.WAITING, Tone.DANGER, TEXTS.get("rollback.starts", left));
        label.getStyleClass().add("strong");
        label.setId("countdown");
        return label;
    }

    private static Label choosing(RollbackDraft draft) {
        var why =
                draft.page() == RollbackPage.CHOOSE
                        ? ChooseRelease.closed(draft)
                        : draft.proposal()
                                .filter(made -> !made.open())
                                .map(made -> String.join(" ", made.refusals()));
        return why.map(text ->
                        Nodes.point(
                                Icon.BLOCKED,
                                Tone.DANGER,
                                TEXTS.get(
                                        draft.scope() == RollbackScope.CODE
                                                ? "rollback.way.closed"
                                                : "rollback.way.closed.data",
                                        first(text))))
                .orElseGet(() ->
                        Nodes.point(
                                Icon.NOTHING_CHANGED, Tone.MUTED, TEXTS.get("rollback.nothing")));
    }

    private Button callOff() {
        var button = new Button(TEXTS.get("rollback.call.off"));
        button.setId("call-off");
        button.setCancelButton(true);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.getStyleClass().add("strong");
        button.setOnAction(_ -> model.callOff());
        button.sceneProperty()
                .subscribe(scene -> {
                    if (scene != null && !button.isFocused()) {
                        FxThread.later(button::requestFocus);
                    }
                });
        return button;
    }

    private Label confirming(RollbackDraft draft) {
        if (!draft.busy().isEmpty()) {
            return Nodes.point(Icon.WAITING, Tone.MUTED, draft.busy());
        }
        return draft.scope().restores()
                ? WizardFoot.confirming(desk, "restore", TEXTS.get("rollback.confirm.countdown"))
                : WizardFoot.confirming(desk, "roll back", ".");
    }

    private static String first(String sentences) {
        var end = sentences.indexOf(". ");
        return end < 0 ? sentences : sentences.substring(0, end + 1);
    }

    private static RollbackPage following(RollbackDraft draft) {
        var pages = draft.scope().pages();
        return pages.get(Math.min(pages.size() - 1, pages.indexOf(draft.page()) + 1));
    }

    private static String verb(RollbackDraft draft) {
        return switch (draft.scope()) {
            case CODE, LOOK -> TEXTS.get("rollback.act", draft.target().orElse(""));
            case CODE_AND_DATA, DATA, UNDO ->
                    TEXTS.get(
                            "rollback.act.restore",
                            draft.restore().map(made -> made.scene().source().words()).orElse(""));
        };
    }
}
