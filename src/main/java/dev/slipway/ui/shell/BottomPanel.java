package dev.slipway.ui.shell;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.ui.kit.CountBadge;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import javafx.collections.ObservableList;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The panel at the foot of the content: logs, running tasks, problems. Closed it is a bar of 32,
/// open it is 180 high until somebody drags its edge.
final class BottomPanel extends VBox {
    private static final double LEAST = 96;

    private final ShellModel model;
    private final Navigator navigator;
    private final ZoneId zone;
    private final BorderPane body = new BorderPane();
    private final Button toggle = new Button();
    private final ToggleGroup tabs = new ToggleGroup();
    private final @Nullable Supplier<Node> logs;

    /// @param logs makes the log of the panel; null leaves that tab out
    BottomPanel(ShellModel model, Navigator navigator, ZoneId zone, @Nullable Supplier<Node> logs) {
        this.model = model;
        this.navigator = navigator;
        this.zone = zone;
        this.logs = logs;
        getStyleClass().add("bottom-panel");
        var bar = new HBox();
        bar.getStyleClass().add("panel-bar");
        if (logs != null) {
            bar.getChildren().add(tab("Logs", Icon.LOGS, null, logs));
        }
        bar.getChildren()
                .addAll(
                        tab("Tasks", Icon.TASKS, badge(model.tasks(), Tone.ACCENT), this::tasks),
                        tab(
                                "Problems",
                                Icon.ATTENTION,
                                badge(model.problems(), Tone.MUTED),
                                this::problems),
                        gap());
        toggle.getStyleClass().addAll("flat", "small");
        toggle.setOnAction(_ -> toggle());
        bar.getChildren().add(toggle);
        var edge = new Region();
        edge.getStyleClass().add("panel-edge");
        edge.setCursor(Cursor.V_RESIZE);
        edge.setOnMouseDragged(event ->
                body.setPrefHeight(
                        Math.clamp(
                                body.getHeight() - event.getY(),
                                LEAST,
                                Math.max(LEAST, getScene().getHeight() - 320))));
        edge.visibleProperty().bind(body.visibleProperty());
        edge.managedProperty().bind(body.visibleProperty());
        body.managedProperty().bind(body.visibleProperty());
        body.setPrefHeight(180);
        body.setMinHeight(LEAST);
        body.setVisible(false);
        body.getStyleClass().add("panel-body");
        label();
        getChildren().addAll(edge, bar, body);
        // Left and Right choose a tab without pressing it.
        tabs.selectedToggleProperty()
                .subscribe(chosen -> {
                    if (chosen != null) {
                        refresh();
                    }
                });
        model.tasks().subscribe(this::refresh);
        model.problems().subscribe(this::refresh);
    }

    /// Opens the panel, or closes it.
    void toggle() {
        body.setVisible(!body.isVisible());
        if (body.isVisible() && tabs.getSelectedToggle() == null) {
            tabs.getToggles().getFirst().setSelected(true);
        }
        refresh();
        label();
    }

    /// The log is another one now.
    void renew() {
        body.setCenter(null);
        refresh();
    }

    private void label() {
        var hint = new KeyHint("Ctrl+J");
        var icon = (body.isVisible() ? Icon.CHEVRON_DOWN : Icon.CHEVRON_UP).node();
        var words = new Label(body.isVisible() ? "Hide panel" : "Show panel");
        words.getStyleClass().addAll("caption", "muted");
        var row = new HBox(8, words, hint, icon);
        row.getStyleClass().add("panel-toggle");
        toggle.setGraphic(row);
        toggle.setAccessibleText(words.getText());
        toggle.setAccessibleHelp("Ctrl+J");
    }

    private ToggleButton tab(
            String name, Icon icon, @Nullable CountBadge badge, Supplier<Node> content) {
        var label = new Label(name);
        var row =
                badge == null
                        ? new HBox(8, icon.node(), label)
                        : new HBox(8, icon.node(), label, badge);
        row.getStyleClass().add("panel-tab-row");
        var tab = new ToggleButton();
        tab.getStyleClass().setAll("panel-tab");
        tab.setGraphic(row);
        tab.setAccessibleText(name);
        tab.setToggleGroup(tabs);
        tab.setUserData(content);
        tab.setOnAction(_ -> {
            tab.setSelected(true);
            if (!body.isVisible()) {
                toggle();
            }
        });
        return tab;
    }

    private static CountBadge badge(ObservableList<?> list, Tone tone) {
        var badge = new CountBadge().in(tone);
        list.subscribe(() -> badge.countProperty().set(list.size()));
        badge.countProperty().set(list.size());
        return badge;
    }

    private void refresh() {
        var selected = tabs.getSelectedToggle();
        if (!body.isVisible() || selected == null) {
            body.setCenter(null);
            return;
        }
        @SuppressWarnings("unchecked") // set in tab() and nowhere else
        var content = (Supplier<Node>) selected.getUserData();
        // The log keeps its position; lists are made anew.
        if (!content.equals(logs)
                || body.getCenter() == null
                || !content.equals(body.getUserData())) {
            body.setCenter(content.get());
            body.setUserData(content);
        }
    }

    private Node tasks() {
        if (model.tasks().isEmpty()) {
            return new EmptyState(
                    Icon.TASKS, "Nothing runs", "Promotions and other long work are listed here.");
        }
        return list(
                model.tasks().stream()
                        .map(task ->
                                row(
                                        task.name(),
                                        task.step(),
                                        new StatusChip(task.status()),
                                        task.open()))
                        .toList());
    }

    private Node problems() {
        if (model.problems().isEmpty()) {
            return new EmptyState(Icon.CHECK, "No problems", "Nothing waits for you.");
        }
        return list(
                model.problems().stream()
                        .map(notice ->
                                row(
                                        notice.text(),
                                        Times.clock(notice.at(), zone),
                                        new StatusChip(notice.status()),
                                        notice.open()))
                        .toList());
    }

    private static Node list(List<Node> rows) {
        var box = new VBox();
        box.getChildren().setAll(rows);
        var scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        return scroll;
    }

    private Node row(String name, String note, StatusChip status, @Nullable Place open) {
        var title = new Label(name);
        title.getStyleClass().add("strong");
        var small = new Label(note);
        small.getStyleClass().addAll("caption", "muted");
        var row = new HBox(12, status, title, small, gap());
        row.getStyleClass().addAll("panel-row", "row-line");
        if (open != null) {
            var link = new Hyperlink("Open");
            link.getStyleClass().add("strong");
            link.setAccessibleText("Open " + name);
            link.setOnAction(_ -> navigator.go(open));
            row.getChildren().add(link);
        }
        return row;
    }
}
