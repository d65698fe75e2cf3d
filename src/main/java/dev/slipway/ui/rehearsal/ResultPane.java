package dev.slipway.ui.rehearsal;

import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.kit.Nodes.wide;

import dev.slipway.migration.Untransactional;
import dev.slipway.migration.rehearsal.MigrationReport;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.release.RehearsalResult;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What a rehearsal showed, from the answer down to each figure. Every row is one stop for the focus,
/// reads as one sentence, and opens its evidence with Enter.
public final class ResultPane extends VBox {
    private static final double LOCKS = 220;

    private final RehearsalResult result;
    private final Consumer<Evidence> open;
    private final VerdictCard verdict;
    private final List<Node> wideOnly = new ArrayList<>();

    /// Whether any statement did, so that there is a column for it: else the statements have its room.
    private boolean rewrites;

    private boolean rows;

    /// @param open shows a piece of evidence
    public ResultPane(RehearsalResult result, Sides sides, ZoneId zone, Consumer<Evidence> open) {
        super(16);
        this.result = result;
        this.open = open;
        Styles.on(this);
        verdict = new VerdictCard(result, sides);
        getChildren().add(verdict);
        result.untransactional().stream().findFirst().ifPresent(_ -> untransactional());
        result.report()
                .ifPresent(report -> {
                    statements(report);
                    findings(report);
                    locks(report);
                });
        result.workload()
                .ifPresent(workload ->
                        getChildren()
                                .add(new WorkloadPane(workload, result.asOf(), zone, this::row)));
    }

    /// Leaves columns out while a drawer takes part of the room; its evidence has them.
    public void setNarrow(boolean narrow) {
        verdict.setNarrow(narrow);
        wideOnly.forEach(column -> {
            column.setVisible(!narrow);
            column.setManaged(!narrow);
        });
    }

    private void untransactional() {
        var list = list("Statements outside of the transaction");
        result.untransactional()
                .forEach(each ->
                        list.getChildren()
                                .add(
                                        row(
                                                new Evidence.OfUntransactional(each),
                                                each.tag()
                                                        + ", statement "
                                                        + each.number()
                                                        + ": "
                                                        + each.reason(),
                                                each.refused()
                                                        ? Icon.BLOCKED.node(Tone.DANGER)
                                                        : Icon.INFO.node(Tone.MUTED),
                                                label(each.tag(), "mono-strong"),
                                                label("" + each.number(), "mono", "muted"),
                                                growing(Nodes.prose(each.reason())))));
        section(
                result.untransactional().stream().anyMatch(Untransactional::refused)
                        ? "Cannot run"
                        : "Run by themselves",
                "not in Drizzle's one transaction",
                list);
    }

    private void statements(RehearsalReport report) {
        var all = report.migrations().stream().flatMap(m -> m.statements().stream()).toList();
        rewrites = all.stream().anyMatch(each -> !each.rewrites().isEmpty());
        rows = all.stream().anyMatch(each -> !Figures.rowsShort(each.rows()).equals("none"));
        var list = list("Statements, as measured on the branch");
        list.getChildren().add(head());
        report.migrations().forEach(migration -> migration(list, migration));
        section(
                "Measured",
                "on the branch, all together "
                        + Figures.took(report.took())
                        + (rewrites ? "" : ", no table rewritten")
                        + (rows ? "" : ", no row touched")
                        + "; it has no traffic, so waiting is not measured",
                list);
    }

    private Node head() {
        var head =
                new HBox(
                        8,
                        wide(24, label("")),
                        growing(label("Statement")),
                        right(70, label("Took")),
                        wideOnly(wide(LOCKS, label("Locks"))));
        if (rewrites) {
            head.getChildren().add(wideOnly(wide(80, label("Rewrites"))));
        }
        if (rows) {
            head.getChildren().add(wideOnly(right(84, label("Rows"))));
        }
        head.getChildren().add(right(60, label("WAL")));
        head.getStyleClass().add("plan-head");
        return head;
    }

    private void migration(VBox list, MigrationReport migration) {
        var took =
                migration.statements().stream()
                        .map(StatementReport::took)
                        .reduce(Duration.ZERO, Duration::plus);
        var known =
                result.known().contains(migration.tag())
                        ? new Chip("live code knows it", Icon.CHECK, Tone.MUTED)
                        : null;
        var name = Nodes.row("statement-group", label(migration.tag(), "mono-strong"));
        name.getChildren().add(new Classes(migration.classes()));
        if (known != null) {
            name.getChildren().add(known);
        }
        name.getChildren().addAll(Nodes.gap(), label(Figures.took(took), "mono", "muted"));
        list.getChildren()
                .add(
                        Nodes.spoken(
                                name,
                                () ->
                                        migration.tag()
                                                + ", "
                                                + Classes.words(migration.classes())
                                                + ", took "
                                                + Figures.took(took)));
        migration.statements().forEach(each -> list.getChildren().add(statement(each)));
        result.report()
                .flatMap(RehearsalReport::failure)
                .filter(failed -> failed.tag().equals(migration.tag()))
                .ifPresent(failed ->
                        list.getChildren()
                                .add(
                                        Nodes.spoken(
                                                Nodes.row(
                                                        "statement-row",
                                                        wide(
                                                                24,
                                                                label(
                                                                        "" + failed.statement(),
                                                                        "mono",
                                                                        "muted")),
                                                        Icon.FAILED.node(Tone.DANGER),
                                                        growing(
                                                                Nodes.prose(
                                                                        "Failed with "
                                                                                + failed.sqlState()
                                                                                + ": "
                                                                                + failed.message()
                                                                                + ". What comes"
                                                                                + " after it did"
                                                                                + " not run."))),
                                                () ->
                                                        migration.tag()
                                                                + ", statement "
                                                                + failed.statement()
                                                                + ", failed with "
                                                                + failed.sqlState()
                                                                + ": "
                                                                + failed.message())));
    }

    private Node statement(StatementReport each) {
        var changes = each.findings().stream().map(finding -> finding.change()).toList();
        var sql = label(Figures.oneLine(each.sql()), "mono");
        sql.setMinWidth(0);
        sql.setTooltip(new Tooltip(Figures.lines(each.sql())));
        var words = growing(new HBox(8, sql, new Classes(changes)));
        var number = wide(24, label("" + each.number(), "mono", "muted"));
        var took = right(70, label(Figures.took(each.took()), "mono"));
        var wal = right(60, label(Figures.bytes(each.walBytes()), "mono"));
        var locks = told(LOCKS, Figures.locks(each.locks()), each.locks().isEmpty());
        locks.setWrapText(true);
        locks.setMinHeight(USE_PREF_SIZE);
        var parts = new ArrayList<Node>(List.of(number, words, took, wideOnly(locks)));
        if (rewrites) {
            parts.add(
                    wideOnly(
                            told(
                                    80,
                                    each.rewrites().isEmpty()
                                            ? "none"
                                            : String.join(", ", each.rewrites()),
                                    each.rewrites().isEmpty())));
        }
        if (rows) {
            parts.add(wideOnly(right(84, label(Figures.rowsShort(each.rows()), "mono"))));
        }
        parts.add(wal);
        return row(new Evidence.OfStatement(each), sentence(each), parts.toArray(Node[]::new));
    }

    private static String sentence(StatementReport each) {
        var classes = Classes.words(each.findings().stream().map(f -> f.change()).toList());
        return "Statement "
                + each.number()
                + " of "
                + each.tag()
                + (classes.isEmpty() ? "" : ", " + classes)
                + ": took "
                + Figures.took(each.took())
                + ", locks "
                + Figures.locks(each.locks())
                + ", rewrites "
                + (each.rewrites().isEmpty() ? "none" : String.join(", ", each.rewrites()))
                + ", rows "
                + Figures.rowsShort(each.rows())
                + ", "
                + Figures.bytes(each.walBytes())
                + " of write-ahead log. "
                + Figures.oneLine(each.sql());
    }

    private void findings(RehearsalReport report) {
        if (report.findings().isEmpty()) {
            return;
        }
        var list = list("What changes");
        report.findings().stream()
                .sorted(
                        Comparator.comparing(
                                finding -> finding.change(), RehearsalResult.GRAVEST_FIRST))
                .forEach(finding ->
                        list.getChildren()
                                .add(
                                        row(
                                                new Evidence.OfFinding(finding),
                                                Figures.word(finding.change())
                                                        + ": "
                                                        + finding.sentence(),
                                                wide(92, new Classes(List.of(finding.change()))),
                                                growing(Nodes.prose(finding.sentence() + ".")))));
        section("What changes", "from the catalogs before and after", list);
    }

    private void locks(RehearsalReport report) {
        var list = list("Locks held until the end");
        if (report.held().isEmpty()) {
            list.getChildren()
                    .add(
                            Nodes.point(
                                    Icon.OK,
                                    Tone.SUCCESS,
                                    "No lock on a table of the code that is live."));
        } else {
            var head =
                    new HBox(
                            8,
                            growing(label("Table")),
                            wide(148, label("Lock")),
                            right(64, label("Held")),
                            wide(70, label("Reads")),
                            wide(70, label("Writes")));
            head.getStyleClass().add("plan-head");
            list.getChildren().add(head);
            report.held().forEach(held -> list.getChildren().add(held(held)));
        }
        result.locks().ifPresent(forecast -> list.getChildren().addAll(Forecast.of(forecast)));
        section("Locks", "held until COMMIT, tried by a second session", list);
    }

    private static Node held(RehearsalReport.Held held) {
        return Nodes.spoken(
                Nodes.row(
                        "statement-row",
                        growing(label(held.relation(), "mono")),
                        wide(148, label(Figures.mode(held.mode()), "mono")),
                        right(64, label(Figures.took(held.hold()), "mono")),
                        wide(70, blocked(held.readsBlocked())),
                        wide(70, blocked(held.writesBlocked()))),
                () ->
                        held.relation()
                                + ", "
                                + Figures.mode(held.mode())
                                + ", held "
                                + Figures.took(held.hold())
                                + ", reads "
                                + (held.readsBlocked() ? "wait" : "go on")
                                + ", writes "
                                + (held.writesBlocked() ? "wait" : "go on"));
    }

    private static Label blocked(boolean blocked) {
        return blocked
                ? Nodes.point(Icon.ATTENTION, Tone.WARNING, "wait")
                : Nodes.point(Icon.CHECK, Tone.SUCCESS, "go on");
    }

    // pieces

    private void section(String title, String note, Node content) {
        var name = label(title, "card-title");
        name.setMinWidth(USE_PREF_SIZE);
        var head = Nodes.row("section-head", name, label(note, "caption", "muted"));
        getChildren().add(new VBox(4, head, content));
    }

    private static VBox list(String title) {
        var list = new VBox();
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText(title);
        return list;
    }

    private HBox row(Evidence evidence, String sentence, Node... parts) {
        var row = Nodes.spoken(Nodes.row("statement-row", parts), () -> sentence);
        row.getStyleClass().add("opens");
        row.setAccessibleHelp("Enter opens the evidence");
        row.setOnMouseClicked(_ -> open.accept(evidence));
        row.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                        event.consume();
                        open.accept(evidence);
                    }
                });
        return row;
    }

    private static Label told(double width, String text, boolean nothing) {
        var label = wide(width, label(text));
        if (nothing) {
            label.getStyleClass().add("muted");
        }
        label.setTooltip(new Tooltip(text));
        return label;
    }

    private static <T extends Region> T growing(T part) {
        HBox.setHgrow(part, Priority.ALWAYS);
        part.setMaxWidth(Double.MAX_VALUE);
        part.setMinWidth(0);
        return part;
    }

    private <T extends Node> T wideOnly(T column) {
        wideOnly.add(column);
        return column;
    }

    private static Label right(double width, Label label) {
        label.getStyleClass().add("right");
        return wide(width, label);
    }
}
