package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.rollback.loss.ShownRow;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// The newest lost rows of one table, a column for each of its columns.
final class NewestRows {
    private static final Texts TEXTS = Texts.of(NewestRows.class);

    /// How wide a value may be; all of it is in its tooltip.
    private static final double WIDEST = 340;

    private NewestRows() {}

    /// @param lost what its lost rows are called
    static Node of(TableLoss.Counted table, String lost) {
        var columns = columns(table.newest());
        var grid = new GridPane(16, 2);
        for (int at = 0; at < columns.size(); at++) {
            grid.add(label(columns.get(at), "caption", "muted"), at, 0);
        }
        int line = 1;
        for (var row : table.newest()) {
            for (var cell : row.cells()) {
                grid.add(value(cell.text()), columns.indexOf(cell.column()), line);
            }
            line++;
        }
        // Keys scroll what is wider than the page.
        var pane = new ScrollPane(grid);
        pane.getStyleClass().add("page-scroll");
        pane.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.setFitToHeight(true);
        pane.setMinHeight(ScrollPane.USE_PREF_SIZE);
        pane.setAccessibleRole(AccessibleRole.SCROLL_PANE);
        pane.setAccessibleText(
                TEXTS.get(
                        "rollback.newest.spoken",
                        table.newest().size(),
                        table.table(),
                        String.join(", ", columns)));
        var of =
                TEXTS.get(
                        "rollback.newest.of",
                        table.newest().size(),
                        table.lost(),
                        lost.toLowerCase(Locale.ROOT));
        var box = new VBox(4, label(of, "caption", "muted"), pane);
        box.getStyleClass().add("newest-rows");
        box.setId("rows-of-" + table.table());
        return box;
    }

    private static List<String> columns(List<ShownRow> rows) {
        var names = new LinkedHashSet<String>();
        rows.forEach(row -> row.cells().forEach(cell -> names.add(cell.column())));
        return new ArrayList<>(names);
    }

    private static Label value(Optional<String> text) {
        if (text.isEmpty()) {
            return label("NULL", "caption", "muted");
        }
        var value = Nodes.label(text.get().replaceAll("\\s+", " "), "mono", "caption");
        value.setMaxWidth(WIDEST);
        value.setTooltip(new Tooltip(text.get()));
        return value;
    }
}
