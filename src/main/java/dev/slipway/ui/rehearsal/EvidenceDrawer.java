package dev.slipway.ui.rehearsal;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.catalog.Finding;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.release.RehearsalResult;
import dev.slipway.ui.kit.Drawer;
import dev.slipway.ui.kit.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The panel that shows one piece of evidence in full: the SQL, what was measured, why it counts.
public final class EvidenceDrawer {
    private EvidenceDrawer() {}

    /// The drawer of `evidence`.
    ///
    /// @param result the rehearsal it belongs to
    /// @param close called once by Esc or the cross
    public static Drawer of(Evidence evidence, RehearsalResult result, Runnable close) {
        var content = new VBox(12);
        content.getChildren().setAll(content(evidence, result));
        var title = Nodes.prose(evidence.title(), "strong");
        title.setMaxWidth(300);
        var drawer = new Drawer(title, new HBox(), content, close);
        drawer.setAccessibleText("Evidence: " + evidence.title());
        Styles.on(drawer);
        return drawer;
    }

    private static List<Node> content(Evidence evidence, RehearsalResult result) {
        var all = new ArrayList<Node>();
        if (!evidence.sql().isEmpty()) {
            all.add(new SqlBlock("SQL", evidence.sql()));
        }
        switch (evidence) {
            case Evidence.OfStatement(var it) -> statement(all, it);
            case Evidence.OfUntransactional(var it) -> {
                all.add(fact("Why it cannot run with the others", it.reason()));
                if (it.refused()) {
                    all.add(fact("What to do", it.remedy()));
                }
            }
            case Evidence.OfFinding(var it) -> finding(all, it, result);
            case Evidence.OfBroken(var it, var fails) -> {
                all.add(fact(fails ? "Fails with" : "Reports", it.sqlState() + ": " + it.reason()));
                all.add(fact("Found by", probe(it.probe())));
            }
            case Evidence.OfSlower(var it) -> {
                all.add(
                        fact(
                                "Planner's cost",
                                String.format(
                                        Locale.ROOT,
                                        "%,.0f before, %,.0f after: %.1f times",
                                        it.before(),
                                        it.after(),
                                        it.factor())));
                all.add(fact("Why", it.reason()));
            }
            case Evidence.OfNotCheckable(var it) -> all.add(fact("Why", it.reason()));
        }
        if (evidence instanceof Evidence.OfBroken
                || evidence instanceof Evidence.OfSlower
                || evidence instanceof Evidence.OfNotCheckable) {
            all.add(
                    Nodes.prose(
                            "Production's own text, with $1 in place of values. It is shown here"
                                    + " and never written to a log.",
                            "caption",
                            "muted"));
        }
        return all;
    }

    private static void statement(List<Node> all, StatementReport it) {
        all.add(fact("Took", Figures.took(it.took())));
        all.add(
                fact(
                        "Locks it took, held until the end",
                        it.locks().isEmpty()
                                ? List.of("none on a table or view")
                                : it.locks().stream()
                                        .map(lock ->
                                                lock.relation()
                                                        + ": "
                                                        + Figures.mode(lock.mode())
                                                        + ", "
                                                        + Figures.waits(lock.mode()))
                                        .toList()));
        all.add(
                fact(
                        "Written again",
                        it.rewrites().isEmpty()
                                ? "no table and no index"
                                : String.join(", ", it.rewrites())));
        all.add(
                fact(
                        "Rows",
                        it.rows().isEmpty()
                                ? List.of("none read or changed")
                                : it.rows().stream().map(Figures::rows).toList()));
        all.add(fact("Write-ahead log", Figures.bytes(it.walBytes())));
        if (!it.findings().isEmpty()) {
            all.add(label("What it means", "card-title"));
            it.findings().forEach(finding -> all.add(meaning(finding)));
        }
    }

    private static Node meaning(Finding finding) {
        return new VBox(
                4, new Classes(List.of(finding.change())), Nodes.prose(finding.sentence() + "."));
    }

    private static void finding(List<Node> all, Finding finding, RehearsalResult result) {
        all.add(new HBox(new Classes(List.of(finding.change()))));
        all.add(Nodes.prose(finding.sentence() + "."));
        all.add(Nodes.prose(Figures.meaning(finding.change()), "caption", "muted"));
        if (!finding.before().isEmpty() || !finding.after().isEmpty()) {
            all.add(side("Before", finding.before()));
            all.add(side("After", finding.after()));
        }
        result.report().stream()
                .flatMap(report -> report.migrations().stream())
                .flatMap(migration -> migration.statements().stream())
                .filter(statement -> statement.findings().contains(finding))
                .forEach(statement ->
                        all.add(
                                new SqlBlock(
                                        "Statement "
                                                + statement.number()
                                                + " of "
                                                + statement.tag(),
                                        statement.sql())));
        if (finding.change() == ChangeClass.BREAKS) {
            result.workload().ifPresent(workload -> broken(all, workload));
        }
    }

    private static Node side(String name, String description) {
        return description.isEmpty() ? fact(name, "not there") : new SqlBlock(name, description);
    }

    /// Which finding a statement fails for is not known, so all of them are named.
    private static void broken(List<Node> all, WorkloadReport workload) {
        all.add(
                label(
                        "Statements of production that fail: " + workload.broken().size(),
                        "card-title"));
        if (workload.broken().isEmpty()) {
            all.add(
                    Nodes.prose(
                            workload.checked()
                                    + " of "
                                    + workload.observed()
                                    + " observed statements were checked and did not fail. A code path"
                                    + " that was not executed meanwhile is not among them.",
                            "caption",
                            "muted"));
        }
        workload.broken()
                .forEach(each ->
                        all.add(
                                new SqlBlock(
                                        each.sqlState()
                                                + " by "
                                                + each.probe()
                                                + ": "
                                                + each.reason(),
                                        each.query())));
    }

    private static String probe(String probe) {
        return switch (probe) {
            case "PREPARE" -> "PREPARE: the server no longer understands it.";
            case "TYPES" -> "TYPES: PREPARE told other types than before.";
            case "PLAN" -> "PLAN: the server has no plan for it, or a plan that must fail.";
            case "EXECUTE" ->
                    "EXECUTE: it was run with made-up values and taken back; it ran before.";
            default -> probe;
        };
    }

    private static Node fact(String name, String value) {
        return fact(name, List.of(value));
    }

    private static Node fact(String name, List<String> lines) {
        var box = new VBox(2, label(name, "caption", "muted"));
        lines.forEach(line -> box.getChildren().add(Nodes.prose(line)));
        return Nodes.spoken(box, () -> name + ": " + String.join("; ", lines));
    }
}
