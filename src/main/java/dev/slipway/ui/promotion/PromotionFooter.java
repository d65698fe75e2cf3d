package dev.slipway.ui.promotion;

import dev.slipway.release.Proposal;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.ActButton;
import dev.slipway.ui.wizard.WizardFoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;

/// The foot of the wizard: why the way on is closed, the way back, and the way on.
final class PromotionFooter {
    private static final Texts TEXTS = Texts.of(PromotionController.class);

    private final Desk desk;
    private final PromotionModel model;
    private final Runnable leave;

    /// @param leave leaves the wizard
    PromotionFooter(Desk desk, PromotionModel model, Runnable leave) {
        this.desk = desk;
        this.model = model;
        this.leave = leave;
    }

    /// The controls, left to right.
    ///
    /// @param confirm the page "Confirm" while it is on screen
    List<Node> of(Draft draft, @Nullable ConfirmPage confirm) {
        var nodes = new ArrayList<Node>();
        if (draft.page() == Page.CONFIRM) {
            confirmFooter(draft, nodes, confirm);
        } else {
            nodes.addAll(hint(draft));
            nodes.add(Nodes.gap());
            nodes.add(back(draft));
            nodes.add(
                    WizardFoot.next(
                            draft.page().next().title().toLowerCase(Locale.ROOT),
                            draft.canContinue(),
                            model::next));
        }
        return nodes;
    }

    private List<Node> hint(Draft draft) {
        var plan = draft.proposal().map(Proposal::plan);
        if (draft.page() == Page.PLAN && plan.isPresent() && draft.aim() instanceof Aim.Promotion) {
            return List.of(
                    Nodes.label(TEXTS.get("promotion.strategy"), "strong"),
                    Nodes.label(
                            Words.trafficWords(plan.get()) + ", as slipway.yaml says", "muted"));
        }
        boolean ends =
                switch (draft.page()) {
                    case PREFLIGHT -> !draft.mayRehearse();
                    case REHEARSE -> !draft.gatesOpen();
                    case CHOOSE, PLAN, CONFIRM, RUN, RESULT -> false;
                };
        if (draft.busy().isEmpty() && ends) {
            return closed(draft).stream().toList();
        }
        return List.of();
    }

    private static Optional<Node> closed(Draft draft) {
        var closed =
                draft.proposal().stream()
                        .flatMap(made -> made.gates().stream())
                        .filter(gate -> !gate.open())
                        .filter(gate ->
                                draft.page() == Page.REHEARSE || !gate.answeredByRehearsal())
                        .toList();
        return closed.stream()
                .findFirst()
                .map(first ->
                        Nodes.point(
                                Icon.BLOCKED,
                                Tone.DANGER,
                                TEXTS.get(
                                        "promotion.closed",
                                        Words.brief(first.title(), 60)
                                                + (closed.size() > 1
                                                        ? " and " + (closed.size() - 1) + " more"
                                                        : ""))));
    }

    private Button back(Draft draft) {
        var button = new Button(TEXTS.get("promotion.back"));
        button.getStyleClass().add("strong");
        button.setDisable(draft.page() == Page.CHOOSE || !draft.busy().isEmpty());
        button.setOnAction(_ -> model.back());
        return button;
    }

    private void confirmFooter(Draft draft, List<Node> nodes, @Nullable ConfirmPage confirm) {
        var writing = desk.writing();
        var hint =
                switch (writing) {
                    case ARMED ->
                            Nodes.point(Icon.INFO, Tone.MUTED, TEXTS.get("promotion.confirm.hint"));
                    case READ_ONLY ->
                            Nodes.point(
                                    Icon.LOCK, Tone.MUTED, TEXTS.get("promotion.confirm.unarmed"));
                    case OFFLINE ->
                            Nodes.point(
                                    Icon.OFFLINE,
                                    Tone.MUTED,
                                    TEXTS.get("promotion.confirm.offline"));
                };
        hint.getStyleClass().add("muted");
        var keep =
                new Button(
                        draft.aim() instanceof Aim.Repair
                                ? TEXTS.get("promotion.repair.keep")
                                : TEXTS.get(
                                        "promotion.keep",
                                        draft.proposal()
                                                .map(p -> Words.liveName(p.plan()))
                                                .orElse("")));
        keep.getStyleClass().add("strong");
        keep.setOnAction(_ -> leave.run());
        nodes.addAll(List.of(hint, Nodes.gap(), back(draft), keep, acting(draft, confirm)));
        nodes.forEach(node -> {
            if (node instanceof Button button) {
                button.setMinWidth(Button.USE_PREF_SIZE);
            }
        });
    }

    private static String verb(Draft draft) {
        return switch (draft.aim()) {
            case Aim.Promotion _ -> "promotion.confirm";
            case Aim.Repair(_, var how) ->
                    how.equals(Optional.of(How.RECORD))
                            ? "promotion.repair.record"
                            : "promotion.repair.apply";
        };
    }

    private Button acting(Draft draft, @Nullable ConfirmPage typed) {
        var button = ActButton.of(desk, TEXTS.get(verb(draft), draft.name()));
        button.setId("promote");
        if (desk.armed() && typed != null) {
            button.disableProperty().bind(Bindings.not(typed.card().allowed()));
            button.setOnAction(_ -> typed.act());
        }
        return button;
    }
}
