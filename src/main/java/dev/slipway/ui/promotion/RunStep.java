package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.kit.Nodes.wide;

import dev.slipway.operation.OperationState;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The step of the moment in numbers: a health gate, or how far it is.
final class RunStep {
    private RunStep() {}

    /// What the step of the moment does: a health gate in numbers, or how far it is.
    static List<Node> of(RunSheet sheet) {
        var nodes = new ArrayList<Node>();
        var gate = sheet.gate();
        if (gate.isPresent()) {
            nodes.add(gateHead(sheet, gate.get()));
            nodes.add(gateCard(sheet, gate.get()));
            nodes.add(figures(gate.get()));
        } else {
            sheet.current()
                    .ifPresent(step -> {
                        var chip = new Chip(Status.RUNNING.word(), Icon.RUNNING, Tone.ACCENT);
                        nodes.add(
                                Nodes.row(
                                        "wizard-page-head",
                                        label(step.title(), "section-title"),
                                        gap(),
                                        chip));
                        nodes.add(progress(sheet, step.key()));
                    });
        }
        return nodes;
    }

    private static Node progress(RunSheet sheet, String step) {
        var live = sheet.live();
        var mine = live.step().equals(step);
        var words =
                label(
                        mine && !live.text().isEmpty() ? live.text() : "Waiting for the provider",
                        "muted");
        words.setWrapText(true);
        var bar =
                bar(
                        mine && live.done() >= 0 ? live.done() : ProgressBar.INDETERMINATE_PROGRESS,
                        words.getText());
        var at = sheet.stages().stream().filter(RunSheet.Stage::current).findFirst();
        var since = at.flatMap(RunSheet.Stage::taken).map(Times::figures).orElse("0:00");
        var usual =
                at.flatMap(RunSheet.Stage::expected)
                        .map(e -> ", usually " + Times.words(e))
                        .orElse("");
        var left =
                new VBox(
                        label(since, "mono-hero"),
                        label("in this step" + usual, "caption", "muted"));
        var right = new VBox(8, bar, words);
        HBox.setHgrow(right, Priority.ALWAYS);
        var part = Nodes.row("part", wide(150, left), right);
        return Nodes.column("gate-card", part);
    }

    private static ProgressBar bar(double done, String spoken) {
        var bar = new ProgressBar(done);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(spoken);
        return bar;
    }

    private static HBox gateHead(RunSheet sheet, GateFigures gate) {
        var title =
                gate.percent()
                        .map(p -> "Health gate, traffic " + p + " %")
                        .orElseGet(() ->
                                Subject.of(sheet.plan()).goesBack()
                                        ? "Health check of " + sheet.plan().target()
                                        : "Health check of " + Words.liveName(sheet.plan()));
        var chip =
                gate.inside()
                        ? new Chip("Running, inside all limits", Icon.RUNNING, Tone.ACCENT)
                        : new Chip("Near a limit", Icon.ATTENTION, Tone.WARNING);
        if (sheet.row().state() != OperationState.RUNNING) {
            chip =
                    new Chip(
                            sheet.row().state() == OperationState.PAUSED ? "Paused" : "Not running",
                            Icon.PAUSED,
                            Tone.ACCENT);
        }
        chip.getStyleClass().add("strong");
        return Nodes.row("wizard-page-head", label(title, "section-title"), gap(), chip);
    }

    private static VBox gateCard(RunSheet sheet, GateFigures gate) {
        var hero =
                gate.left()
                        .map(left ->
                                new VBox(
                                        label(Times.figures(left), "mono-hero"),
                                        label("left to watch", "caption", "muted")))
                        .orElseGet(() ->
                                new VBox(
                                        label(gate.counted() + "/" + gate.needed(), "mono-hero"),
                                        label(next(sheet, gate), "caption", "muted")));
        var counted =
                new HBox(
                        4,
                        label(gate.counted() + " of " + gate.needed(), "mono-strong"),
                        label("probes counted", "caption", "muted"),
                        gap(),
                        label(soon(sheet), "caption", "muted"));
        var right =
                new VBox(
                        8,
                        bar(
                                gate.share(),
                                gate.counted() + " of " + gate.needed() + " probes counted"),
                        counted);
        HBox.setHgrow(right, Priority.ALWAYS);
        var card = Nodes.column("gate-card", Nodes.row("part", wide(150, hero), right));
        gate.percent().ifPresent(percent -> card.getChildren().add(split(sheet, gate, percent)));
        return card;
    }

    private static String next(RunSheet sheet, GateFigures gate) {
        var later =
                Words.traffic(sheet.plan()).stream()
                        .filter(p -> p > gate.percent().orElse(100))
                        .findFirst();
        return "probes" + later.map(p -> ", then " + p + " %").orElse("");
    }

    private static String soon(RunSheet sheet) {
        return sheet.live()
                .next()
                .map(at -> Duration.between(sheet.now(), at).toSeconds())
                .filter(s -> s > 0)
                .map(s -> "next probe in " + s + " s")
                .orElse("probing now");
    }

    private static VBox split(RunSheet sheet, GateFigures gate, int percent) {
        var live = Words.liveName(sheet.plan());
        var fresh =
                label(
                        sheet.plan().target() + " " + percent + " %",
                        "caption",
                        "strong",
                        "tone-production",
                        "point");
        fresh.setGraphic(Icon.LIVE.node(Tone.PRODUCTION));
        var words =
                new HBox(
                        fresh,
                        gap(),
                        label(live + " " + (100 - percent) + " %", "caption", "muted"));
        var bar = new GridPane(2, 0);
        bar.getStyleClass().add("split");
        bar.setAccessibleText(
                sheet.plan().target()
                        + " has "
                        + percent
                        + " % of the traffic, "
                        + live
                        + " "
                        + (100 - percent)
                        + " %");
        part(bar, "new", percent);
        part(bar, "old", 100 - percent);
        var users =
                gate.ordinary() == 0
                        ? "Probes name the new version; nobody is sent there by them."
                        : "Asked as users do: "
                                + gate.ordinary()
                                + " times, "
                                + gate.ordinaryFailed()
                                + " failed.";
        var box = Nodes.column("part", words, bar, label(users, "caption", "muted"));
        box.getStyleClass().add("second");
        box.setStyle("-fx-spacing: 6;");
        return box;
    }

    private static void part(GridPane bar, String style, int percent) {
        if (percent == 0) {
            return;
        }
        var part = new Region();
        part.getStyleClass().add(style);
        part.setMinHeight(12);
        var column = new ColumnConstraints();
        column.setPercentWidth(percent);
        bar.getColumnConstraints().add(column);
        bar.addRow(0, part);
    }

    private static VBox figures(GateFigures gate) {
        var limits = gate.limits();
        var head =
                Nodes.row(
                        "figures-head",
                        wide(170, label("Worker")),
                        wide(60, label("Probes")),
                        wide(104, label("p95 (max " + limits.maxP95().toMillis() + ")")),
                        wide(116, label("Errors (max " + Percent.of(limits.maxErrorRate()) + ")")),
                        label("State"));
        var table = new VBox(head);
        table.setAccessibleRole(AccessibleRole.LIST_VIEW);
        table.setAccessibleText("Figures of each Worker");
        for (var worker : gate.workers()) {
            var p95 = worker.asked() == 0 ? "-" : worker.p95().toMillis() + " ms";
            var errors = worker.asked() == 0 ? "-" : Percent.figures(worker.errors());
            var row =
                    Nodes.row(
                            "figures-row",
                            wide(170, label(worker.name(), "strong")),
                            wide(60, label(worker.good() + "/" + limits.probes(), "mono")),
                            wide(104, label(p95, "mono")),
                            wide(116, label(errors, "mono")),
                            chip(worker.status()));
            table.getChildren()
                    .add(
                            Nodes.spoken(
                                    row,
                                    () ->
                                            worker.name()
                                                    + ": "
                                                    + worker.good()
                                                    + " of "
                                                    + limits.probes()
                                                    + " probes, p95 "
                                                    + p95
                                                    + ", errors "
                                                    + errors
                                                    + ", "
                                                    + worker.status().word()));
        }
        return table;
    }

    private static StatusChip chip(Status status) {
        var chip = new StatusChip(status);
        chip.setMinWidth(Region.USE_PREF_SIZE);
        return chip;
    }
}
