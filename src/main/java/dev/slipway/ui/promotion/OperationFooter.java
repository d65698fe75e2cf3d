package dev.slipway.ui.promotion;

import dev.slipway.operation.OperationState;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;

/// The foot of an operation's page: what can be done with it now.
final class OperationFooter {
    private static final Texts TEXTS = Texts.of(OperationController.class);

    private final Desk desk;
    private final OperationModel model;
    private final OperationChoices choices;

    OperationFooter(Desk desk, OperationModel model, OperationChoices choices) {
        this.desk = desk;
        this.model = model;
        this.choices = choices;
    }

    /// The controls, left to right.
    ///
    /// @param toNow leaves a page of the past
    List<Node> of(RunSheet sheet, Page shown, Runnable toNow) {
        var nodes = new ArrayList<Node>();
        var now = sheet.over() ? Page.RESULT : Page.RUN;
        var running = sheet.row().state() == OperationState.RUNNING;
        if (shown != Page.RUN) {
            nodes.add(
                    Nodes.point(
                            Icon.NOTHING_CHANGED,
                            Tone.MUTED,
                            TEXTS.get(
                                    sheet.over()
                                            ? "promotion.ended.hint"
                                            : "promotion.reading.hint")));
            nodes.add(Nodes.gap());
            if (shown != now) {
                var back =
                        new Button(
                                TEXTS.get(
                                        sheet.over() ? "promotion.to.result" : "promotion.to.run"));
                back.getStyleClass().add("strong");
                back.setOnAction(_ -> toNow.run());
                nodes.add(back);
            }
        } else if (running && sheet.here()) {
            nodes.add(
                    Nodes.label(
                            model.busyProperty().get().isEmpty()
                                    ? limits(sheet)
                                    : model.busyProperty().get(),
                            "muted"));
            nodes.add(Nodes.gap());
            var pause = new Button(TEXTS.get("promotion.pause"), Icon.PAUSED.node());
            pause.getStyleClass().add("strong");
            pause.setId("pause");
            pause.setOnAction(_ ->
                    model.pause(
                            desk.services()
                                    .arming()
                                    .state()
                                    .map(a -> a.by())
                                    .orElse("the window")));
            var back = new Button(TEXTS.get("promotion.rollback.now"), Icon.UNDO.node());
            back.getStyleClass().add("danger");
            back.setId("roll-back");
            back.setOnAction(_ -> choices.choose(Story.Kind.ROLL_BACK));
            nodes.add(pause);
            if (Subject.of(sheet.plan()) == Subject.PROMOTION) {
                nodes.add(back);
            }
        } else if (running) {
            nodes.add(
                    Nodes.point(
                            Icon.LOCK,
                            Tone.MUTED,
                            TEXTS.get("promotion.elsewhere", sheet.plan().id())));
        } else if (sheet.over()) {
            nodes.add(Nodes.gap());
        } else {
            nodes.add(
                    Nodes.point(
                            Icon.PAUSED,
                            Tone.ACCENT,
                            model.busyProperty().get().isEmpty()
                                    ? TEXTS.get("promotion.waits")
                                    : model.busyProperty().get()));
            nodes.add(Nodes.gap());
            var log = new Button(TEXTS.get("promotion.log.open"), Icon.LOGS.node());
            log.setId("open-log");
            log.setOnAction(
                    _ -> desk.navigator().go(new Place.Logs("", Optional.of(sheet.plan().id()))));
            nodes.add(log);
        }
        nodes.forEach(node -> {
            if (node instanceof Button button) {
                button.setMinWidth(Button.USE_PREF_SIZE);
            }
        });
        return nodes;
    }

    private static String limits(RunSheet sheet) {
        var pending = Words.migrations(sheet.plan());
        var live = Words.liveName(sheet.plan());
        switch (Subject.of(sheet.plan())) {
            case REPAIR -> {
                return TEXTS.get("promotion.repair.limits", live);
            }
            case ROLLBACK -> {
                return TEXTS.get("promotion.rollback.limits");
            }
            case RESTORE -> {
                return TEXTS.get("promotion.restore.limits");
            }
            case RESCUE -> {
                return TEXTS.get("promotion.rescue.limits");
            }
            case HEAL -> {
                return TEXTS.get("promotion.heal.limits");
            }
            case OTHER -> {
                return TEXTS.get("promotion.other.untouched");
            }
            case PROMOTION -> {}
        }
        return Words.hasLive(sheet.plan())
                ? TEXTS.get("promotion.limits", live)
                        + (pending.isEmpty()
                                ? ""
                                : " "
                                        + TEXTS.get(
                                                "promotion.limits.schema",
                                                PlanRows.migrations(sheet.plan())))
                : TEXTS.get("promotion.limits.first");
    }
}
