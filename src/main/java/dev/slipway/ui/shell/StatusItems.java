package dev.slipway.ui.shell;

import atlantafx.base.controls.Popover;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.StatusBar;

/// The status bar: lock, operation, calls left, connections, age. Each item is a button that tells
/// more.
final class StatusItems {
    private final ShellModel model;
    private final Navigator navigator;
    private final ZoneId zone;
    private final Button lock = item();
    private final Button operation = item();
    private final Button budgets = item();
    private final Button connections = item();
    private final Button asOf = item();

    StatusItems(ShellModel model, Navigator navigator, ZoneId zone) {
        this.model = model;
        this.navigator = navigator;
        this.zone = zone;
    }

    /// The bar, in step with the model from now on.
    StatusBar bar() {
        var bar = new StatusBar();
        bar.setText("");
        bar.setFocusTraversable(false);
        bar.getLeftItems().addAll(lock, operation, budgets, connections);
        bar.getRightItems().add(asOf);
        asOf.getStyleClass().add("right");
        // Long words give way; figures and states stay whole.
        for (var item : List.of(budgets, connections, asOf)) {
            item.setMinWidth(Region.USE_PREF_SIZE);
        }
        model.lockProperty().subscribe(_ -> showLock());
        model.operationProperty().subscribe(_ -> showOperation());
        model.operationPlaceProperty().subscribe(_ -> showOperation());
        model.budgets().subscribe(this::showBudgets);
        model.connections().subscribe(this::showConnections);
        model.asOfProperty().subscribe(_ -> showAge());
        showBudgets();
        showConnections();
        tells(
                lock,
                "Production lock",
                () -> List.of("Lock: " + model.lockProperty().get().sentence()));
        operation.setOnAction(_ -> model.operationPlaceProperty().get().ifPresent(navigator::go));
        tells(budgets, "Calls left", this::budgetLines);
        tells(
                connections,
                "Connections",
                () -> model.connections().stream().map(ShellModel.Connection::words).toList());
        tells(
                asOf,
                "Age of what is shown",
                () ->
                        List.of(
                                model.asOfProperty()
                                        .get()
                                        .map(at -> "Read at " + Times.full(at, zone))
                                        .orElse("Nothing has been read yet")));
        return bar;
    }

    private void showLock() {
        var held = model.lockProperty().get();
        lock.setText("Lock: " + held.brief());
        lock.setTooltip(new Tooltip("Lock: " + held.sentence()));
        lock.setAccessibleText("Lock: " + held.sentence());
        lock.setGraphic((held.free() ? Icon.UNLOCK : Icon.LOCK).node(14));
    }

    private void showOperation() {
        var runs = model.operationPlaceProperty().get().isPresent();
        operation.setText((runs ? "" : "Operation: ") + model.operationProperty().get());
        operation.setTooltip(new Tooltip(operation.getText()));
        var icon = Icon.RUNNING.node(14);
        Tone.ACCENT.on(icon);
        operation.setGraphic(runs ? icon : null);
    }

    private void showBudgets() {
        var row = new HBox(8, words("Left:"));
        row.getStyleClass().add("budgets");
        for (var budget : model.budgets()) {
            row.getChildren()
                    .add(new HBox(4, words(budget.provider().title()), figure(budget.left())));
            if (budget.kept() > 0) {
                row.getChildren().add(words("(" + budget.kept() + " kept)"));
            }
        }
        budgets.setText("");
        budgets.setGraphic(row);
        budgets.setAccessibleText("Calls left: " + String.join(", ", budgetLines()));
        budgets.setVisible(!model.budgets().isEmpty());
        budgets.setManaged(budgets.isVisible());
    }

    private List<String> budgetLines() {
        return model.budgets().stream()
                .map(budget ->
                        "%s %s%s"
                                .formatted(
                                        budget.provider().title(),
                                        figure(budget.left()).getText(),
                                        budget.kept() > 0
                                                ? ", " + budget.kept() + " kept for a rollback"
                                                : ""))
                .toList();
    }

    private void showConnections() {
        var bad =
                model.connections().stream()
                        .filter(connection -> connection.status().tone() != Tone.SUCCESS)
                        .toList();
        var status =
                model.connections().isEmpty()
                        ? Status.UNKNOWN.saying("Not connected yet")
                        : bad.isEmpty()
                                ? Status.HEALTHY.saying("All connected")
                                : bad.getFirst().status().saying(bad.getFirst().words());
        var chip = new StatusChip(status);
        chip.getStyleClass().add("plain");
        connections.setText("");
        connections.setGraphic(chip);
        connections.setAccessibleText(status.word());
    }

    private void showAge() {
        asOf.setGraphic(Icon.STALE.node(14));
        asOf.setText(
                model.asOfProperty()
                        .get()
                        .map(at -> "As of " + Times.clock(at, zone))
                        .orElse("Not read yet"));
    }

    private static Button item() {
        var button = new Button();
        button.getStyleClass().setAll("status-item");
        return button;
    }

    private static Label words(String text) {
        return new Label(text);
    }

    private static Label figure(int number) {
        var label = new Label(number < 0 ? "unknown" : "%,d".formatted(number));
        label.getStyleClass().add("mono-strong");
        return label;
    }

    private static void tells(Button button, String title, Supplier<List<String>> lines) {
        button.setOnAction(_ -> {
            var box = new VBox(4);
            lines.get().forEach(line -> box.getChildren().add(new Label(line)));
            var popover = new Popover((Node) box);
            popover.setTitle(title);
            popover.setHeaderAlwaysVisible(true);
            popover.setDetachable(false);
            popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_LEFT);
            popover.show(button);
        });
    }
}
