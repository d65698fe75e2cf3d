package dev.slipway.ui.rehearsal;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What became of production's own statements on the new schema: since when they were observed, how
/// many could be checked, which fail or get slower, and of how many nothing can be said, and why.
final class WorkloadPane extends VBox {
    /// How many statements of a kind are listed; the rest is counted.
    private static final int LISTED = 12;

    private final Opening opening;

    /// Makes a row that opens its evidence.
    @FunctionalInterface
    interface Opening {
        HBox row(Evidence evidence, String sentence, Node... parts);
    }

    WorkloadPane(WorkloadReport report, Instant asOf, ZoneId zone, Opening opening) {
        super(4);
        this.opening = opening;
        var name = label("Production's own statements", "card-title");
        name.setMinWidth(USE_PREF_SIZE);
        var head =
                Nodes.row(
                        "section-head",
                        name,
                        label(window(report, asOf, zone), "caption", "muted"));
        var list = new VBox();
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("Statements production executes, on the new schema");
        getChildren().addAll(head, summary(report), list);
        report.broken().stream()
                .limit(LISTED)
                .forEach(each ->
                        list.getChildren()
                                .add(
                                        row(
                                                new Evidence.OfBroken(each, true),
                                                Icon.FAILED,
                                                Tone.DANGER,
                                                each.sqlState(),
                                                each.reason(),
                                                each.query())));
        more(list, report.broken().size(), "fail");
        report.slower().stream()
                .limit(LISTED)
                .forEach(each ->
                        list.getChildren()
                                .add(
                                        row(
                                                new Evidence.OfSlower(each),
                                                Icon.ATTENTION,
                                                Tone.WARNING,
                                                "%.0f×".formatted(each.factor()),
                                                each.reason(),
                                                each.query())));
        more(list, report.slower().size(), "get slower");
        report.changed().stream()
                .limit(LISTED)
                .forEach(each ->
                        list.getChildren()
                                .add(
                                        row(
                                                new Evidence.OfBroken(each, false),
                                                Icon.INFO,
                                                Tone.MUTED,
                                                "differs",
                                                each.reason(),
                                                each.query())));
        more(list, report.changed().size(), "have a result that differs");
        notCheckable(list, report);
        report.unseen().forEach(each -> list.getChildren().add(blind(each.sentence())));
        report.blind().forEach(each -> list.getChildren().add(blind(each)));
    }

    private static String window(WorkloadReport report, Instant asOf, ZoneId zone) {
        return report.since()
                .map(since ->
                        "observed for "
                                + Times.words(Duration.between(since, asOf))
                                + ", since "
                                + Times.day(since, asOf, zone))
                .orElse("never observed");
    }

    private static Node summary(WorkloadReport report) {
        var sentence =
                report.observed() == 0
                        ? "Nothing of production was observed, so only the catalogs speak."
                        : report.checked()
                                + " of "
                                + report.observed()
                                + " observed statements checked: "
                                + report.broken().size()
                                + " fail, "
                                + report.slower().size()
                                + " get slower. Of "
                                + report.notCheckable().size()
                                + " nothing can be said.";
        var bad = !report.broken().isEmpty();
        var blind = report.checked() == 0;
        return Nodes.spoken(
                Nodes.point(
                        bad ? Icon.FAILED : blind ? Icon.UNKNOWN : Icon.OK,
                        bad ? Tone.DANGER : blind ? Tone.MUTED : Tone.SUCCESS,
                        sentence),
                () -> sentence);
    }

    /// By reason, with the number of statements; each of them can be opened.
    private void notCheckable(VBox list, WorkloadReport report) {
        var byReason = new LinkedHashMap<String, Integer>();
        report.notCheckable().forEach(each -> byReason.merge(each.reason(), 1, Integer::sum));
        byReason.forEach((reason, count) -> {
            var first =
                    report.notCheckable().stream()
                            .filter(each -> each.reason().equals(reason))
                            .findFirst()
                            .orElseThrow();
            list.getChildren()
                    .add(
                            row(
                                    new Evidence.OfNotCheckable(first),
                                    Icon.UNKNOWN,
                                    Tone.MUTED,
                                    count + " not checkable",
                                    reason,
                                    first.query()));
        });
    }

    private static void more(VBox list, int count, String what) {
        if (count > LISTED) {
            list.getChildren()
                    .add(
                            label(
                                    (count - LISTED)
                                            + " more "
                                            + what
                                            + "; `slipway rehearse --json` lists them all.",
                                    "caption",
                                    "muted",
                                    "under-table"));
        }
    }

    private static Node blind(String sentence) {
        var text = "Not seen: " + sentence + ".";
        var point = Nodes.point(Icon.UNKNOWN, Tone.MUTED, text);
        point.getStyleClass().add("under-table");
        return Nodes.spoken(point, () -> text);
    }

    private HBox row(
            Evidence evidence, Icon icon, Tone tone, String key, String reason, String query) {
        var text = new Label(reason);
        text.setMinWidth(0);
        var sql = label(Figures.oneLine(query), "mono", "muted");
        sql.setMinWidth(0);
        sql.setTooltip(new Tooltip(Figures.lines(query)));
        var words = new VBox(text, sql);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var mark = Nodes.point(icon, tone, key);
        mark.getStyleClass().add("strong");
        return opening.row(
                evidence,
                key + ": " + reason + ". " + Figures.oneLine(query),
                Nodes.wide(132, mark),
                words);
    }
}
