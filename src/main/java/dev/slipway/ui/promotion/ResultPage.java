package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.production.ProductionState;
import dev.slipway.release.step.Manifest;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.ResourceChip;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The page "Result": how it ended, what took how long, what carries its name, and how production is.
final class ResultPage {
    private ResultPage() {}

    /// @param wayBack whether production can go back
    static List<Node> of(
            RunSheet sheet,
            Optional<ProductionState> production,
            ZoneId zone,
            Consumer<Story.Kind> choose,
            Optional<Node> wayBack) {
        var took = Duration.between(sheet.row().startedAt(), sheet.row().updated());
        var head =
                Nodes.row(
                        "wizard-page-head",
                        label("Result", "section-title"),
                        label(
                                "by "
                                        + sheet.row().by()
                                        + ", "
                                        + Times.clock(sheet.row().startedAt(), zone)
                                        + " to "
                                        + Times.clock(sheet.row().updated(), zone)
                                        + ", took "
                                        + Times.words(took),
                                "muted"));
        var grid = new GridPane(32, 12);
        var left = new ColumnConstraints();
        left.setPercentWidth(46);
        var right = new ColumnConstraints();
        right.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(left, right);
        var story = Story.of(sheet);
        var facts =
                new VBox(label("What carries its name", "card-title", "underlined", "block-title"));
        ids(sheet).forEach(facts.getChildren()::add);
        facts.getChildren().add(label("Production", "card-title", "underlined", "block-title"));
        facts.getChildren()
                .add(
                        Nodes.prose(
                                production
                                        .map(p ->
                                                p.summary()
                                                        + ", read at "
                                                        + Times.clock(p.asOf(), zone)
                                                        + ".")
                                        .orElse("Reading production.")));
        grid.addRow(0, timeline(sheet), facts);
        var body = new VBox(12);
        story.ifPresent(s -> body.getChildren().add(DecisionCard.card(s, choose)));
        wayBack.ifPresent(body.getChildren()::add);
        body.getChildren().add(grid);
        return List.of(head, Nodes.scrolling(body));
    }

    private static VBox timeline(RunSheet sheet) {
        var longest =
                sheet.stages().stream()
                        .flatMap(s -> s.taken().stream())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        var box = new VBox(label("Timeline", "card-title", "underlined", "block-title"));
        for (var stage : sheet.stages()) {
            var name = label(stage.name());
            name.setMinWidth(0);
            name.setTooltip(new Tooltip(stage.note()));
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            var bar = new Region();
            bar.getStyleClass().add("took");
            var share =
                    longest.isZero()
                            ? 0
                            : stage.taken()
                                    .map(t -> (double) t.toMillis() / longest.toMillis())
                                    .orElse(0.0);
            Nodes.wide(Math.max(share > 0 ? 2 : 0, 72 * share), bar);
            var time =
                    Nodes.wide(
                            52,
                            label(
                                    stage.taken()
                                            .map(Times::figures)
                                            .orElse(
                                                    stage.status().equals(Status.DONE)
                                                            ? "0:00"
                                                            : "-"),
                                    "mono",
                                    "muted"));
            time.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
            var row =
                    Nodes.row(
                            "gate-row",
                            stage.status().icon().node(stage.status().tone()),
                            name,
                            bar,
                            time);
            box.getChildren()
                    .add(Nodes.spoken(row, () -> stage.sentence() + ", " + time.getText()));
            if (!stage.status().equals(Status.DONE)
                    && !stage.note().equals(stage.status().word())) {
                var why = Nodes.prose(stage.note(), "caption", "muted");
                why.setPadding(new javafx.geometry.Insets(0, 0, 4, 28));
                box.getChildren().add(why);
            }
        }
        return box;
    }

    private static List<Node> ids(RunSheet sheet) {
        var plan = sheet.plan();
        var outputs = sheet.state().outputs();
        var rows = new ArrayList<Node>();
        rows.add(
                fact(
                        "Operation",
                        new ResourceChip(Icon.OPERATIONS, "Operation", plan.id(), null, null)));
        rows.add(
                fact(
                        "Plan",
                        new ResourceChip(
                                Icon.TASKS, "Plan", plan.hash().substring(0, 16), null, null)));
        Optional.ofNullable(outputs.get("merge.sha"))
                .ifPresent(sha ->
                        rows.add(
                                fact(
                                        "Merged as",
                                        new ResourceChip(Icon.COMMIT, "Commit", sha, null, null))));
        var versions = new FlowPane(6, 4);
        for (var worker : Words.workers(plan)) {
            Optional.ofNullable(outputs.get("await-versions." + worker))
                    .or(() -> Optional.ofNullable(plan.pins().get(Manifest.TO + worker)))
                    .ifPresent(id ->
                            versions.getChildren()
                                    .add(
                                            new ResourceChip(
                                                    Icon.WORKER,
                                                    "Version of " + worker,
                                                    worker + " " + Words.brief(id, 8),
                                                    null,
                                                    null)));
        }
        if (!versions.getChildren().isEmpty()) {
            rows.add(fact("Versions", versions));
        }
        Words.tag(plan)
                .filter(_ -> plan.step("tag").isPresent() && sheet.state().stateOf("tag").holds())
                .ifPresent(tag ->
                        rows.add(fact("Tag", new ResourceChip(Icon.TAG, "Tag", tag, null, null))));
        return rows;
    }
}
