package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The rows every tab of the drawer is made of.
final class DrawerRows {
    private DrawerRows() {}

    static Node heading(String text) {
        var label = new Label(text);
        label.getStyleClass().addAll("card-title", "drawer-heading");
        return label;
    }

    static Node section(String title, Node right) {
        var label = new Label(title);
        label.getStyleClass().add("card-title");
        var row = new HBox(8, label, gap(), right);
        row.getStyleClass().addAll("fact", "drawer-heading");
        return row;
    }

    static Node fact(String name, Node value) {
        var row = new HBox(8, label(name, "muted"), gap(), value);
        row.getStyleClass().add("fact");
        return row;
    }

    static Label note(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll("caption", "muted");
        return label;
    }

    static Node resource(Icon icon, String kind, String name, @Nullable Status state) {
        var value = label(name, "mono");
        value.setTooltip(new Tooltip(kind + " " + name));
        // The number of the pull request stands at the end.
        value.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        value.setMinWidth(0);
        var copy = new Button("Copy", Icon.COPY.node(14));
        copy.getStyleClass().addAll("flat", "icon-only", "small");
        copy.setAccessibleText("Copy " + kind + " " + name);
        copy.setTooltip(new Tooltip("Copy"));
        copy.setOnAction(_ -> Copyable.toClipboard(name));
        var row = new HBox(8, icon.node(), value, gap());
        if (state != null) {
            var chip = new StatusChip(state);
            chip.getStyleClass().addAll("plain", "caption");
            chip.setMinWidth(Region.USE_PREF_SIZE);
            row.getChildren().add(chip);
        }
        row.getChildren().add(copy);
        row.getStyleClass().addAll("fact", "row-line");
        return row;
    }
}
