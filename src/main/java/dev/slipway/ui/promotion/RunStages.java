package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.OperationState;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.Times;
import java.time.ZoneId;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The steps of a run with their times, as a list beside the step of the moment.
final class RunStages {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass AHEAD = PseudoClass.getPseudoClass("ahead");

    private RunStages() {}

    /// The stages, top to bottom.
    static VBox of(RunSheet sheet, ZoneId zone) {
        var head =
                Nodes.row(
                        "stage-head",
                        label("Run", "section-title"),
                        gap(),
                        label("started ", "caption", "muted"),
                        label(Times.clock(sheet.row().startedAt(), zone), "mono", "muted"));
        var list = new VBox(head);
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("Steps of the run");
        sheet.stages().forEach(stage -> list.getChildren().add(row(stage)));
        list.getChildren().add(times(sheet, zone));
        list.getStyleClass().add("stage-list");
        return list;
    }

    private static HBox row(RunSheet.Stage stage) {
        var icon = stage.status().icon().node(stage.status().tone());
        var name = label(stage.name(), "name");
        name.setTooltip(new Tooltip(stage.name()));
        var note = label(stage.note(), "caption", "note");
        note.setTooltip(new Tooltip(stage.note()));
        var words = new VBox(name, note);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var time = label(time(stage), "mono", "muted");
        time.setMinWidth(Region.USE_PREF_SIZE);
        var row = Nodes.row("stage-row", icon, words, time);
        if (stage.part()) {
            row.getStyleClass().add("part");
        }
        row.pseudoClassStateChanged(CURRENT, stage.current());
        row.pseudoClassStateChanged(AHEAD, stage.status().equals(Status.QUEUED));
        return Nodes.spoken(
                row, () -> stage.sentence() + (time(stage).isEmpty() ? "" : ", " + time(stage)));
    }

    private static String time(RunSheet.Stage stage) {
        return stage.taken()
                .map(Times::figures)
                .or(() -> stage.expected().map(e -> "~" + Times.figures(e)))
                .orElse("");
    }

    private static Node times(RunSheet sheet, ZoneId zone) {
        if (sheet.over()
                || sheet.endsAt().isEmpty()
                || sheet.row().state() != OperationState.RUNNING) {
            return new Region();
        }
        var line = new Region();
        line.getStyleClass().add("line");
        return Nodes.column(
                "stage-times",
                line,
                new HBox(
                        label("Ends at about", "muted"),
                        gap(),
                        label(Times.minutes(sheet.endsAt().get(), zone), "mono-strong")));
    }
}
