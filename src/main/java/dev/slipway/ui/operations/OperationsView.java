package dev.slipway.ui.operations;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.journal.OperationRow;
import dev.slipway.ui.desk.Beat;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.ElsewhereNotice;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.DataTable;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.Hint;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.TwoLines;
import dev.slipway.ui.operations.OperationsModel.Group;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The page "Operations".
public final class OperationsView implements View {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Desk desk;
    private final OperationsModel model;
    private final Beat beat;
    private final VBox page = new VBox();
    private final Label summary = new Label();
    private final StackPane body = new StackPane();
    private final VBox banners = new VBox(8);
    private final ElsewhereNotice elsewhere;
    private final SegmentedFilter<Optional<Group>> groups = new SegmentedFilter<>();
    private final DataTable<OperationRow> table = new DataTable<>(44);

    public OperationsView(Desk desk, OperationsModel model) {
        this.desk = desk;
        this.model = model;
        beat = new Beat(EVERY, model::refresh);
        page.getStyleClass().add("page");
        VBox.setVgrow(body, Priority.ALWAYS);
        page.getChildren().addAll(head(), tools(), banners, body);
        columns();
        elsewhere = new ElsewhereNotice(desk, this::show);
        model.rowsProperty().subscribe(_ -> show());
        model.allProperty().subscribe(_ -> show());
        model.problemProperty().subscribe(_ -> show());
    }

    private Node head() {
        var title = new Label("Operations");
        title.getStyleClass().add("page-title");
        summary.getStyleClass().add("muted");
        var row = new HBox(title, summary);
        row.getStyleClass().add("page-head");
        return row;
    }

    private Node tools() {
        groups.selectedProperty()
                .subscribe(chosen -> {
                    if (chosen != null) {
                        model.groupProperty().set(chosen);
                    }
                });
        var filter = new FilterField("Filter: release, kind, person, step");
        filter.textProperty().bindBidirectional(model.filterProperty());
        var row = new HBox(8, groups, filter);
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return row;
    }

    private void columns() {
        table.setAccessibleText("Operations");
        table.setSentence(row ->
                "%s %s, by %s, step %d of %d, %s%s"
                        .formatted(
                                kind(row),
                                row.target(),
                                row.by(),
                                row.step(),
                                row.steps(),
                                status(row).word(),
                                row.reason().isEmpty() ? "" : ", " + row.reason()));
        table.setOnOpen(this::open);
        fixed(table.column("Kind", 140, this::kindCell, null), 140);
        fixed(table.column("Target", 90, row -> label(row.target(), "mono-strong"), null), 90);
        fixed(table.column("By", 110, row -> new Label(row.by()), null), 110);
        fixed(table.column("Started", 120, this::started, null), 120);
        table.column("Step", 250, this::step, null);
        table.column("State", 280, this::state, null);
        fixed(table.column("", 82, this::button, null), 82);
    }

    private static void fixed(TableColumn<?, ?> column, double width) {
        column.setMinWidth(width);
        column.setMaxWidth(width);
    }

    private Node kindCell(OperationRow row) {
        return TwoLines.of(kind(row), row.id().substring(0, Math.min(8, row.id().length())));
    }

    private static String kind(OperationRow row) {
        return row.kind().substring(0, 1).toUpperCase(Locale.ROOT) + row.kind().substring(1);
    }

    private Node started(OperationRow row) {
        var label = new Label(Times.day(row.startedAt(), desk.now(), desk.zone()));
        Hint.on(label, Times.full(row.startedAt(), desk.zone()));
        var took = new Label(took(row));
        took.getStyleClass().addAll("mono", "muted");
        return new TwoLines(label, took);
    }

    private String took(OperationRow row) {
        var end = Group.of(row) == Group.FINISHED ? row.updated() : desk.now();
        return Times.figures(Duration.between(row.startedAt(), end));
    }

    private Node step(OperationRow row) {
        var number = new Label(row.step() + " of " + row.steps());
        number.getStyleClass().add("mono");
        var title = new Label(row.stepTitle().isEmpty() ? "all steps ended" : row.stepTitle());
        title.getStyleClass().addAll("caption", "muted");
        Hint.on(title, title.getText());
        return new TwoLines(number, title);
    }

    private Node state(OperationRow row) {
        if (row.reason().isEmpty()) {
            return new StatusChip(status(row));
        }
        var cell = TwoLines.of(status(row), row.reason());
        Hint.on(cell, row.reason());
        return cell;
    }

    static Status status(OperationRow row) {
        return switch (row.state()) {
            case RUNNING -> Status.RUNNING;
            case PAUSED -> Status.PAUSED;
            case INTERRUPTED -> Status.PAUSED.saying("Interrupted, needs you");
            case NEEDS_OPERATOR -> Status.PAUSED.saying("Needs you");
            case SUCCEEDED -> Status.DONE;
            case ROLLED_BACK -> Status.BLOCKED.saying("Rolled back");
            case STOPPED_SAFE -> Status.SKIPPED.saying("Stopped, safe");
        };
    }

    private Node button(OperationRow row) {
        var open = new Button(Group.of(row) == Group.FINISHED ? "Report" : "Open");
        open.getStyleClass().add("small");
        open.setAccessibleText(open.getText() + " " + kind(row) + " " + row.target());
        open.setOnAction(_ -> open(row));
        open.setMinWidth(Region.USE_PREF_SIZE);
        return open;
    }

    private void open(OperationRow row) {
        desk.navigator().go(new Place.Operation(row.id()));
    }

    private void show() {
        var all = model.allProperty().get();
        summary.setText(
                all.map(rows -> rows.isEmpty() ? "" : "every run of a wizard, newest first")
                        .orElse("Reading the journal\u2026"));
        var choices = new ArrayList<SegmentedFilter.Choice<Optional<Group>>>();
        choices.add(
                new SegmentedFilter.Choice<>(
                        Optional.empty(), "All", model.count(Optional.empty())));
        for (var group : Group.values()) {
            choices.add(
                    new SegmentedFilter.Choice<>(
                            Optional.of(group), group.word, model.count(Optional.of(group))));
        }
        groups.setChoices(choices);
        var messages = new ArrayList<Node>();
        model.problemProperty()
                .get()
                .ifPresent(problem ->
                        messages.add(
                                Banner.warning(
                                        "The journal cannot be read.",
                                        problem.sentence() + " Nothing was changed.",
                                        new Banner.Action("Retry now", model::refresh))));
        elsewhere.banner().ifPresent(messages::add);
        KeptFocus.in(() -> banners.getChildren().setAll(messages), banners);
        var rows = model.rowsProperty().get();
        if (all.isPresent() && rows.isEmpty()) {
            body.getChildren().setAll(nothing(all.get()));
            return;
        }
        if (!body.getChildren().contains(table)) {
            body.getChildren().setAll(table);
        }
        var selected = table.getSelectionModel().getSelectedItem();
        table.getItems().setAll(rows);
        if (selected != null) {
            rows.stream()
                    .filter(row -> row.id().equals(selected.id()))
                    .findFirst()
                    .ifPresent(row -> table.getSelectionModel().select(row));
        }
    }

    private Node nothing(List<OperationRow> all) {
        return all.isEmpty()
                ? new EmptyState(
                        Icon.OPERATIONS,
                        "No operation yet",
                        "Every promotion is a row here, from its first write to its report, and"
                                + " stays one. Choose a preview to promote.",
                        "Go to Previews",
                        () -> desk.navigator().go(Place.Previews.ALL))
                : new EmptyState(
                        Icon.FILTER,
                        "No operation fits",
                        "None of the %d operations fits these words.".formatted(all.size()),
                        "Show all",
                        () -> {
                            model.filterProperty().set("");
                            groups.selectedProperty().set(Optional.empty());
                        });
    }

    @Override
    public Parent content() {
        return page;
    }

    @Override
    public void show(Place place) {
        model.refresh();
        beat.start();
    }

    @Override
    public void leave() {
        beat.stop();
    }

    @Override
    public Optional<Node> entry() {
        return table.getScene() == null ? Optional.empty() : Optional.of(table);
    }

    @Override
    public List<Shortcut> listKeys() {
        return DataTable.keys("Open the operation");
    }

    @Override
    public List<Shortcut> shortcuts() {
        return List.of(
                new Shortcut("F5", "Refresh", model::refresh),
                new Shortcut(
                        "L",
                        "Log of the operation",
                        () ->
                                Optional.ofNullable(table.getSelectionModel().getSelectedItem())
                                        .ifPresent(row ->
                                                desk.navigator()
                                                        .go(
                                                                new Place.Logs(
                                                                        "",
                                                                        Optional.of(row.id()))))));
    }
}
