package dev.slipway.ui.kit;

import java.util.List;
import java.util.function.Supplier;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The small pieces that pages are made of.
public final class Nodes {
    private Nodes() {}

    /// A label with these style classes.
    public static Label label(String text, String... styles) {
        var label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// A label that takes as many lines as it needs.
    public static Label prose(String text, String... styles) {
        var label = label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(720);
        return label;
    }

    /// Takes what room is left in a row.
    public static Region gap() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    /// A column of exactly `width`.
    public static <T extends Region> T wide(double width, T node) {
        node.setMinWidth(width);
        node.setPrefWidth(width);
        node.setMaxWidth(width);
        return node;
    }

    /// A row of this style class.
    public static HBox row(String style, Node... children) {
        var row = new HBox(children);
        row.getStyleClass().add(style);
        return row;
    }

    /// A column of this style class.
    public static VBox column(String style, Node... children) {
        var column = new VBox(children);
        column.getStyleClass().add(style);
        return column;
    }

    /// An icon and words on one line.
    public static Label point(Icon icon, Tone tone, String text) {
        var label = new Label(text, icon.node(tone));
        label.getStyleClass().add("point");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// Makes `row` one stop for the focus that reads as `sentence`, to be copied with Ctrl+C.
    public static <T extends Region> T spoken(T row, Supplier<String> sentence) {
        row.setFocusTraversable(true);
        row.setAccessibleRole(AccessibleRole.LIST_ITEM);
        row.setAccessibleText(sentence.get());
        row.getStyleClass().add("spoken");
        Copyable.byKey(row, sentence);
        return row;
    }

    /// A name at the left, one or more lines at the right, a hairline below.
    public static HBox fact(String name, List<? extends Node> lines) {
        var words = new VBox(2);
        words.getChildren().setAll(lines);
        HBox.setHgrow(words, Priority.ALWAYS);
        return row("fact-row", wide(132, label(name, "muted")), words);
    }

    /// The same.
    public static HBox fact(String name, Node... lines) {
        return fact(name, List.of(lines));
    }

    /// Scrolls downwards only when there is more than fits.
    public static ScrollPane scrolling(Region content) {
        var pane = new ScrollPane(content);
        pane.setFitToWidth(true);
        pane.setFocusTraversable(false);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.getStyleClass().add("page-scroll");
        VBox.setVgrow(pane, Priority.ALWAYS);
        return pane;
    }
}
