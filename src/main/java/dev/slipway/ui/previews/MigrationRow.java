package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.previews.DrawerRows.note;

import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.migration.SqlStatement;
import dev.slipway.migration.rehearsal.MigrationReport;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.TreeMigrations;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.rehearsal.Classes;
import dev.slipway.ui.rehearsal.Figures;
import dev.slipway.ui.rehearsal.SqlBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// One migration, or one row of the ledger without a migration, and how it stands.
///
/// @param name its tag, the path of a file outside of the journal, or what is known of a row
/// @param advice what that means and what to do, empty when there is nothing to say
/// @param statements its SQL; empty when it is not known
record MigrationRow(String name, Status status, String advice, List<String> statements) {
    private static final Status APPLIED = Status.DONE.saying("Applied");
    private static final Status SKIPPED = Status.ATTENTION.saying("Skipped by Drizzle");

    MigrationRow {
        statements = List.copyOf(statements);
    }

    /// All of a tree, in order; files outside of the journal and rows without a file last.
    static List<MigrationRow> of(TreeMigrations found) {
        var rows = new ArrayList<MigrationRow>();
        if (found.ledger().isEmpty()) {
            found.folder()
                    .migrations()
                    .forEach(migration ->
                            rows.add(
                                    new MigrationRow(
                                            migration.tag(), Status.UNKNOWN, "", sql(migration))));
        }
        found.ledger()
                .ifPresent(ledger -> {
                    ledger.entries().forEach(entry -> rows.add(of(entry)));
                    ledger.unknown().forEach(row -> rows.add(of(row)));
                });
        found.folder()
                .outside()
                .forEach(path ->
                        rows.add(
                                new MigrationRow(
                                        path,
                                        Status.MISSING.saying("Not in the journal"),
                                        "Drizzle never runs it. Add it to the journal or remove the"
                                                + " file.",
                                        List.of())));
        return rows;
    }

    private static MigrationRow of(LedgerState.Entry entry) {
        var migration = entry.migration();
        return switch (entry.state()) {
            case APPLIED -> new MigrationRow(migration.tag(), APPLIED, "", sql(migration));
            case PENDING ->
                    new MigrationRow(
                            migration.tag(), Status.WAITING.saying("Pending"), "", sql(migration));
            case SKIPPED_BY_DRIZZLE ->
                    new MigrationRow(
                            migration.tag(),
                            SKIPPED,
                            "A newer migration ran in production, so Drizzle never runs this one."
                                    + " Repair it: run it now, or write it down as applied. Or"
                                    + " generate it again so that it is the newest.",
                            sql(migration));
            case EDITED_AFTER_APPLY ->
                    new MigrationRow(
                            migration.tag(),
                            Status.ATTENTION.saying("Edited after apply"),
                            "Production ran another text under this name. Put that text back, and"
                                    + " write the difference as a migration of its own.",
                            sql(migration));
        };
    }

    private static MigrationRow of(Ledger.Row row) {
        return new MigrationRow(
                row.name().orElse("row " + row.id()),
                Status.UNKNOWN.saying("Unknown row"),
                "Production ran it and this tree has no file for it. Find where it came from before"
                        + " anything is released.",
                List.of());
    }

    private static List<String> sql(Migration migration) {
        return migration.statements().stream().map(SqlStatement::sql).toList();
    }

    boolean applied() {
        return status.equals(APPLIED);
    }

    boolean skipped() {
        return status.equals(SKIPPED);
    }

    /// The row; its SQL below it when `opened`.
    ///
    /// @param repair goes to where it is repaired; empty where nobody may
    Node node(
            Optional<RehearsalResult> rehearsal,
            boolean opened,
            Consumer<Boolean> opening,
            Optional<Runnable> repair) {
        var measured = rehearsal.flatMap(result -> result.migration(name));
        var chip = new StatusChip(status);
        chip.setMinWidth(StatusChip.USE_PREF_SIZE);
        var tag = label(name, "mono-strong");
        tag.setMinWidth(0);
        var head = new HBox(8, tag, gap(), chip);
        head.getStyleClass().add("line");
        var box = new VBox(4, head);
        box.getStyleClass().addAll("row-line", "migration");
        if (!advice.isEmpty()) {
            box.getChildren().add(note(advice));
        }
        var line = new HBox(8);
        line.getStyleClass().add("line");
        measured.ifPresent(report ->
                line.getChildren().addAll(new Classes(report.classes()), note(figures(report))));
        rehearsal.stream()
                .flatMap(result -> result.untransactional().stream())
                .filter(each -> each.tag().equals(name))
                .forEach(each -> box.getChildren().add(note(each.reason())));
        var body = new VBox(8);
        if (!statements.isEmpty()) {
            var toggle = new ToggleButton(opened ? "Hide SQL" : "SQL");
            toggle.getStyleClass().addAll("small", "flat");
            toggle.setMinWidth(ToggleButton.USE_PREF_SIZE);
            toggle.setSelected(opened);
            toggle.setAccessibleText("SQL of " + name);
            toggle.setOnAction(_ -> {
                opening.accept(toggle.isSelected());
                toggle.setText(toggle.isSelected() ? "Hide SQL" : "SQL");
                body.getChildren().setAll(toggle.isSelected() ? blocks(measured) : List.of());
            });
            line.getChildren().add(gap());
            repair.filter(_ -> skipped()).ifPresent(go -> line.getChildren().add(repairing(go)));
            line.getChildren().add(toggle);
            if (opened) {
                body.getChildren().setAll(blocks(measured));
            }
        }
        box.getChildren().addAll(line, body);
        return Nodes.spoken(box, () -> sentence(measured));
    }

    private Button repairing(Runnable go) {
        var button = new Button("Repair…");
        button.setId("repair");
        button.getStyleClass().add("small");
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setAccessibleText("Repair " + name);
        button.setTooltip(new Tooltip("Run it now, or write it down as applied"));
        button.setOnAction(_ -> go.run());
        return button;
    }

    private List<Node> blocks(Optional<MigrationReport> measured) {
        var blocks = new ArrayList<Node>();
        for (int i = 0; i < statements.size(); i++) {
            int number = i + 1;
            var figures =
                    measured.stream()
                            .flatMap(report -> report.statements().stream())
                            .filter(statement -> statement.number() == number)
                            .findFirst()
                            .map(MigrationRow::figures)
                            .orElse("");
            blocks.add(
                    new SqlBlock(
                            "Statement "
                                    + number
                                    + " of "
                                    + statements.size()
                                    + (figures.isEmpty() ? "" : ": " + figures),
                            statements.get(i)));
        }
        return blocks;
    }

    private static String figures(MigrationReport report) {
        var took =
                report.statements().stream()
                        .map(StatementReport::took)
                        .reduce(Duration.ZERO, Duration::plus);
        long wal = report.statements().stream().mapToLong(StatementReport::walBytes).sum();
        return Figures.took(took) + ", " + Figures.bytes(wal) + " of WAL";
    }

    private static String figures(StatementReport statement) {
        return Figures.took(statement.took())
                + ", locks "
                + Figures.locks(statement.locks())
                + ", rows "
                + Figures.rowsShort(statement.rows());
    }

    private String sentence(Optional<MigrationReport> measured) {
        return name
                + ", "
                + status.word()
                + measured.map(report ->
                                ", " + Classes.words(report.classes()) + ", " + figures(report))
                        .orElse("")
                + (advice.isEmpty() ? "" : ". " + advice);
    }
}
