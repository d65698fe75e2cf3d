package dev.slipway.ui.rehearsal;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// SQL in full, to be copied.
public final class SqlBlock extends VBox {
    /// @param title what it is, above it
    public SqlBlock(String title, String sql) {
        super(4);
        Styles.on(this);
        var copy = new Button("Copy", Icon.COPY.node(14));
        copy.getStyleClass().addAll("flat", "icon-only", "small");
        copy.setAccessibleText("Copy " + title);
        copy.setTooltip(new Tooltip("Copy"));
        copy.setOnAction(_ -> Copyable.toClipboard(sql));
        var head = new HBox(8, Nodes.prose(title, "caption", "muted"), Nodes.gap(), copy);
        var text = label(Figures.lines(sql), "mono");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        var inset = new VBox(text);
        inset.getStyleClass().addAll("inset", "sql");
        getChildren().addAll(head, Nodes.spoken(inset, () -> sql));
    }
}
