package dev.slipway.ui.promotion;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.release.step.RestoreBranch;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Carries out what a person chooses for an operation, after arming and a reason where it writes.
final class OperationChoices {
    private static final Texts TEXTS = Texts.of(OperationController.class);

    private final Desk desk;
    private final OperationModel model;

    OperationChoices(Desk desk, OperationModel model) {
        this.desk = desk;
        this.model = model;
    }

    /// Carries out a choice, after arming and a reason where it writes.
    void choose(Story.Kind kind) {
        var sheet = model.sheetProperty().get();
        if (sheet.isEmpty()) {
            return;
        }
        switch (kind) {
            case SEE_PRODUCTION -> desk.navigator().go(new Place.Production());
            case PROMOTE_AGAIN -> desk.navigator().go(wizard(sheet.get().plan()));
            case UNDO -> desk.navigator().go(undo(sheet.get().plan()));
            case RESCUE -> desk.navigator().go(rescue(sheet.get().plan()));
            case CONTINUE ->
                    ask(
                            TEXTS.get(
                                    "promotion.continue.title",
                                    sheet.get().plan().target(),
                                    sheet.get().position()),
                            List.of(TEXTS.get("promotion.choice.continue.means")),
                            TEXTS.get("promotion.continue.verb"),
                            TEXTS.get("promotion.continue.keep"),
                            Tone.PRODUCTION,
                            model::goOn);
            case LEAVE ->
                    ask(
                            TEXTS.get("promotion.leave.title", sheet.get().plan().target()),
                            List.of(
                                    TEXTS.get("promotion.choice.leave.means"),
                                    Standing.of(sheet.get().plan(), sheet.get().state())),
                            TEXTS.get("promotion.leave.verb"),
                            TEXTS.get("promotion.continue.keep"),
                            Tone.DANGER,
                            model::leave);
            case ROLL_BACK ->
                    ask(
                            Words.how(sheet.get().plan()).isPresent()
                                    ? TEXTS.get(
                                            "promotion.repair.end.title",
                                            sheet.get().plan().target())
                                    : TEXTS.get(
                                            "promotion.rollback.title",
                                            Words.liveName(sheet.get().plan())),
                            rollBackLines(sheet.get()),
                            TEXTS.get(
                                    Words.how(sheet.get().plan()).isPresent()
                                            ? "promotion.repair.end"
                                            : "promotion.rollback.verb"),
                            TEXTS.get(
                                    sheet.get().row().state() == OperationState.RUNNING
                                            ? "promotion.rollback.keep"
                                            : "promotion.continue.keep"),
                            Tone.DANGER,
                            model::rollBack);
        }
    }

    /// Where what such a plan did is taken back.
    private static Place undo(Plan plan) {
        return Subject.of(plan) == Subject.RESTORE
                ? new Place.Rollback(Optional.empty(), Optional.of(plan.id()))
                : Place.Rollback.to(Optional.ofNullable(plan.pins().get("liveRelease")));
    }

    /// Where rows are got back from the branch that a restore made, or that a rescue has read.
    private static Place rescue(Plan plan) {
        return new Place.Rescue(
                Optional.of(
                        plan.step(RestoreBranch.KEY)
                                .map(step -> step.parameter("backup"))
                                .orElse(plan.target())));
    }

    /// The wizard such a plan comes from.
    private static Place wizard(Plan plan) {
        return switch (Subject.of(plan)) {
            case PROMOTION ->
                    new Place.Promotion(
                            Words.pullRequest(plan).orElse(plan.pins().getOrDefault("commit", "")));
            case REPAIR -> new Place.Repair(plan.target());
            case ROLLBACK, RESTORE -> Place.Rollback.to(Optional.of(plan.target()));
            case RESCUE -> rescue(plan);
            case HEAL -> new Place.Heal();
            case OTHER -> new Place.Production();
        };
    }

    private static List<String> rollBackLines(RunSheet sheet) {
        var lines = new ArrayList<String>();
        Story.compensations(sheet.plan(), sheet.state()).stream()
                .map(PlanStep::title)
                .forEach(lines::add);
        lines.add(Story.wayBack(sheet.plan(), sheet.state()));
        return lines;
    }

    private void ask(
            String title,
            List<String> lines,
            String verb,
            String keep,
            Tone tone,
            Consumer<String> act) {
        if (!desk.armed()) {
            // Says what is missing: arming, or a connection.
            desk.askToArm();
            return;
        }
        var reason = new TextField();
        reason.setAccessibleText(TEXTS.get("promotion.waive.reason"));
        reason.setText(desk.services().arming().state().map(a -> a.reason()).orElse(""));
        var body = new VBox(8);
        lines.forEach(
                line -> body.getChildren().add(Nodes.point(Icon.CHEVRON_RIGHT, Tone.MUTED, line)));
        body.getChildren()
                .add(
                        new VBox(
                                4,
                                Nodes.label(TEXTS.get("promotion.waive.reason"), "strong"),
                                reason));
        desk.dialogs()
                .ask(
                        new Dialogs.Question(title, body, verb, keep, tone, null),
                        Bindings.createBooleanBinding(
                                () -> !reason.getText().isBlank(), reason.textProperty()),
                        () -> act.accept(reason.getText()));
    }
}
