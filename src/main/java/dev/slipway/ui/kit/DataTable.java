package dev.slipway.ui.kit;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;

/// A table of records in our look: fixed row height, no vertical lines, rows that read as one
/// sentence. Enter or a double click opens a row, J and K move like Down and Up, Ctrl+C copies the
/// sentence of the row.
///
/// Sorting compares records directly: the standard way asks every cell for its value and stops the
/// window for seconds at 100,000 rows.
public final class DataTable<T> extends TableView<T> {
    /// `TableColumnBase.DEFAULT_WIDTH`, as `TableColumnHeader` compares with it.
    private static final double NONE_GIVEN = 80;

    private Function<T, String> sentence = Object::toString;
    private Consumer<T> opened = _ -> {};

    /// @param rowHeight 44 for two lines, 32 for one
    public DataTable(double rowHeight) {
        getStyleClass().add("data-table");
        setFixedCellSize(rowHeight);
        setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setRowFactory(_ -> new Row());
        setSortPolicy(_ -> sortRecords());
        addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
        // A table of one row cannot be moved in, and Enter must open that row all the same.
        focusedProperty()
                .subscribe(here -> {
                    if (here && getSelectionModel().isEmpty() && !getItems().isEmpty()) {
                        getSelectionModel().select(Math.max(0, getFocusModel().getFocusedIndex()));
                    }
                });
    }

    /// The keys of every table, for the sheet of shortcuts.
    ///
    /// @param opens what Enter does, such as "Open the drawer"
    public static List<Shortcut> keys(String opens) {
        return List.of(
                Shortcut.told("J", "Next row"),
                Shortcut.told("Down", "Next row"),
                Shortcut.told("K", "Previous row"),
                Shortcut.told("Up", "Previous row"),
                Shortcut.told("Enter", opens),
                Shortcut.told("Shortcut+C", "Copy the row as text"));
    }

    /// How a row is spoken and copied.
    public void setSentence(Function<T, String> function) {
        sentence = function;
    }

    /// What opening a row does.
    public void setOnOpen(Consumer<T> action) {
        opened = action;
    }

    /// Adds a column whose cells are nodes made from the record.
    ///
    /// @param width any but 80: JavaFX takes that for none given, and makes the cells of 30 rows to measure
    ///     them
    /// @param order how the column sorts; null for not at all
    public TableColumn<T, T> column(
            String title, double width, Function<T, Node> content, @Nullable Comparator<T> order) {
        if (width == NONE_GIVEN) {
            throw new IllegalArgumentException("JavaFX would measure the column " + title);
        }
        var column = new TableColumn<T, T>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new ContentCell<>(content));
        column.setSortable(order != null);
        if (order != null) {
            column.setComparator(order);
        }
        getColumns().add(column);
        return column;
    }

    private boolean sortRecords() {
        @Nullable Comparator<T> order = null;
        for (var column : getSortOrder()) {
            @SuppressWarnings("unchecked") // every column made here compares whole records
            var own = (Comparator<T>) column.getComparator();
            var directed =
                    column.getSortType() == TableColumn.SortType.ASCENDING ? own : own.reversed();
            order = order == null ? directed : order.thenComparing(directed);
        }
        if (order != null) {
            FXCollections.sort(getItems(), order);
        }
        return true;
    }

    private void keys(KeyEvent event) {
        var selected = getSelectionModel().getSelectedItem();
        switch (event.getCode()) {
            case ENTER -> {
                if (selected != null) {
                    opened.accept(selected);
                    event.consume();
                }
            }
            case J -> move(event, 1);
            case K -> move(event, -1);
            case C -> {
                if (event.isShortcutDown() && selected != null) {
                    Copyable.toClipboard(sentence.apply(selected));
                    event.consume();
                }
            }
            default -> {}
        }
    }

    private void move(KeyEvent event, int by) {
        if (event.isShortcutDown() || event.isAltDown() || getItems().isEmpty()) {
            return;
        }
        int to = Math.clamp(getSelectionModel().getSelectedIndex() + by, 0, getItems().size() - 1);
        getSelectionModel().clearAndSelect(to);
        scrollTo(to);
        event.consume();
    }

    private final class Row extends TableRow<T> {
        Row() {
            setAccessibleRole(AccessibleRole.TABLE_ROW);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY
                        && event.getClickCount() == 2
                        && !isEmpty()) {
                    opened.accept(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            setAccessibleText(empty || item == null ? "" : sentence.apply(item));
        }
    }

    private static final class ContentCell<T> extends TableCell<T, T> {
        private final Function<T, Node> content;

        ContentCell(Function<T, Node> content) {
            this.content = content;
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : content.apply(item));
        }
    }
}
