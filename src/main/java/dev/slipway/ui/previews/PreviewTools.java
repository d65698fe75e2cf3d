package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.SegmentedFilter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The tool bar of the previews: chooses which rows and which columns the table shows.
final class PreviewTools {
    private static final String PROMPT = "Filter: title, #, author, branch:, db:, is:";

    private final Desk desk;
    private final PreviewsModel model;
    private final PreviewTable table;
    private final SegmentedFilter<Filter.Group> groups = new SegmentedFilter<>();
    private final FilterField filter = new FilterField(PROMPT);
    private final Label order = new Label("Needs attention first", Icon.SORT.node());
    private final MenuButton columns = new MenuButton("Columns", Icon.COLUMNS.node());
    private final HBox row = new HBox(8, groups, filter, gap(), order, columns);

    PreviewTools(Desk desk, PreviewsModel model, PreviewTable table) {
        this.desk = desk;
        this.model = model;
        this.table = table;
        groups.selectedProperty()
                .subscribe(chosen -> {
                    if (chosen != null) {
                        model.groupProperty().set(chosen);
                    }
                });
        filter.textProperty().bindBidirectional(model.filterProperty());
        order.getStyleClass().addAll("caption", "muted");
        order.setMinWidth(0);
        groups.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(filter, Priority.SOMETIMES);
        filter.setMinWidth(160);
        filter.setMaxWidth(340);
        startColumns();
        row.getStyleClass().add("tools");
    }

    private void startColumns() {
        columns.setAccessibleText("Columns");
        columns.setTooltip(new Tooltip("Which columns are shown"));
        columns.setMinWidth(Region.USE_PREF_SIZE);
        for (var title : table.hideable()) {
            var item = new CheckMenuItem(title);
            item.setOnAction(_ -> desk.choose(p -> p.hiding(toggled(p.hiddenColumns(), title))));
            columns.getItems().add(item);
        }
        desk.preferencesProperty()
                .subscribe(chosen -> {
                    table.setHidden(chosen.hiddenColumns());
                    columns.getItems().stream()
                            .map(CheckMenuItem.class::cast)
                            .forEach(item ->
                                    item.setSelected(
                                            !chosen.hiddenColumns().contains(item.getText())));
                });
    }

    private static Set<String> toggled(Set<String> all, String one) {
        var other = new HashSet<>(all);
        if (!other.remove(one)) {
            other.add(one);
        }
        return other;
    }

    Node node() {
        return row;
    }

    /// Where words are typed.
    FilterField filter() {
        return filter;
    }

    /// Says how many rows each group has now.
    void count() {
        groups.setChoices(
                Arrays.stream(Filter.Group.values())
                        .map(g -> new SegmentedFilter.Choice<>(g, g.word, model.count(g)))
                        .toList());
    }

    /// Lets every row through.
    void showAll() {
        model.filterProperty().set("");
        groups.selectedProperty().set(Filter.Group.ALL);
    }

    /// Beside a drawer: the columns are chosen by the room there is.
    void setNarrow(boolean narrow) {
        table.setNarrow(narrow);
        filter.setPromptText(narrow ? "Filter" : PROMPT);
        order.setVisible(!narrow);
        order.setManaged(!narrow);
        columns.setVisible(!narrow);
        columns.setManaged(!narrow);
    }
}
