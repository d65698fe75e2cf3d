package dev.slipway.ui.faults;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.fault.ActiveFault;
import dev.slipway.fault.FaultKind;
import dev.slipway.ui.desk.Beat;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.faults.FaultsModel.Service;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.View;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The page "Faults" of a sandbox: what can go wrong on purpose, each with its switch.
public final class FaultsView implements View {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Desk desk;
    private final FaultsModel model;
    private final Beat beat;
    private final Map<FaultKind, CheckBox> switches = new EnumMap<>(FaultKind.class);
    private final Label summary = new Label();
    private final Button clear = new Button("Switch all off");
    private final HBox worldActions = new HBox(8);
    private final VBox banners = new VBox();
    private final VBox others = new VBox();
    private final ScrollPane page;

    public FaultsView(Desk desk, FaultsModel model) {
        this.desk = desk;
        this.model = model;
        beat = new Beat(EVERY, model::refresh);
        var columns = new HBox(24, requests(), builds());
        columns.getStyleClass().add("fault-columns");
        var all = new VBox(head(), banners, columns, others);
        all.getStyleClass().addAll("page", "faults");
        FxmlScreen.style(all, FaultsView.class, "faults.css");
        page = new ScrollPane(all);
        page.setFitToWidth(true);
        page.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        model.onProperty().subscribe(_ -> show());
        model.serviceProperty().subscribe(_ -> show());
        model.problemProperty().subscribe(_ -> show());
        desk.model().worldActions().subscribe(this::showWorldActions);
        showWorldActions();
    }

    private Node head() {
        var title = new Label("Faults");
        title.getStyleClass().add("page-title");
        summary.getStyleClass().add("muted");
        clear.setOnAction(_ -> model.clear());
        var row = new HBox(8, title, summary, gap(), clear, worldActions);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("page-head");
        return row;
    }

    /// Such as a new world in place of this one; the window decides whether there is that.
    private void showWorldActions() {
        worldActions
                .getChildren()
                .setAll(desk.model().worldActions().stream().map(FaultsView::worldAction).toList());
    }

    private static Node worldAction(ShellModel.WorldAction action) {
        var button = new Button(action.words());
        button.setOnAction(_ -> action.act().run());
        return button;
    }

    private Node requests() {
        var choice = new SegmentedFilter<Service>();
        choice.setAccessibleText("Service whose requests go wrong");
        choice.setChoices(
                Arrays.stream(Service.values())
                        .map(one -> new SegmentedFilter.Choice<>(one, one.word, -1))
                        .toList());
        choice.selectedProperty().set(model.serviceProperty().get());
        choice.selectedProperty()
                .subscribe(chosen -> {
                    if (chosen != null) {
                        model.serviceProperty().set(chosen);
                    }
                });
        return column("Requests", "Until switched off, for every request to", choice, rows(true));
    }

    private Node builds() {
        return column(
                "Builds",
                "From the next job of continuous integration on, for every Worker",
                new Region(),
                rows(false));
    }

    private List<Node> rows(boolean ofRequests) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind != FaultKind.ANSWER)
                .filter(kind -> (kind.concern() == FaultKind.Concern.REQUESTS) == ofRequests)
                .map(this::row)
                .toList();
    }

    private static Node column(String title, String meaning, Node tools, List<Node> rows) {
        var heading = new Label(title);
        heading.getStyleClass().add("section-title");
        var words = new Label(meaning);
        words.getStyleClass().addAll("caption", "muted");
        var head = new VBox(8, heading, words, tools);
        head.getStyleClass().add("fault-head");
        var column = new VBox(head);
        column.getChildren().addAll(rows);
        column.getStyleClass().addAll("card", "fault-column");
        HBox.setHgrow(column, Priority.ALWAYS);
        return column;
    }

    private Node row(FaultKind kind) {
        var words = new Label(kind.words());
        words.getStyleClass().addAll("caption", "muted", "fault-words");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        var box = new CheckBox(kind.title());
        box.getStyleClass().add("strong");
        box.setAccessibleHelp(kind.words());
        box.setOnAction(_ -> model.set(kind, box.isSelected()));
        switches.put(kind, box);
        var row = new VBox(2, box, words);
        row.getStyleClass().addAll("fault-row", "row-line");
        return row;
    }

    private void show() {
        var all = model.onProperty().get();
        summary.setText(
                all.map(on ->
                                on.isEmpty()
                                        ? "nothing goes wrong on purpose"
                                        : on.size() + " on, for as long as this sandbox runs")
                        .orElse("Asking the sandbox\u2026"));
        clear.setDisable(all.map(List::isEmpty).orElse(true));
        // A switch shows what is on, also after a wish that was refused.
        switches.forEach((kind, box) -> {
            box.setSelected(model.of(kind).isPresent());
            box.setDisable(all.isEmpty());
        });
        banners.getChildren()
                .setAll(
                        model.problemProperty()
                                .get()
                                .map(problem ->
                                        List.<Node>of(
                                                Banner.warning(
                                                        "The sandbox did not do this.",
                                                        problem.sentence(),
                                                        new Banner.Action(
                                                                "Ask again", model::refresh))))
                                .orElse(List.of()));
        showOthers(model.others());
    }

    private void showOthers(List<ActiveFault> more) {
        others.getChildren().clear();
        if (more.isEmpty()) {
            return;
        }
        var heading = new Label("Also on");
        heading.getStyleClass().add("section-title");
        others.getChildren().add(heading);
        for (var fault : more) {
            var title = new Label(fault.what().kind().title());
            title.getStyleClass().add("strong");
            var target =
                    new Label(
                            fault.what().target()
                                    + (fault.left() > 0 ? ", " + fault.left() + " more" : ""));
            target.getStyleClass().addAll("mono", "muted");
            var off = new Button("Switch off");
            off.getStyleClass().add("small");
            off.setAccessibleText("Switch off " + title.getText() + ", " + target.getText());
            off.setOnAction(_ -> model.stop(fault.id()));
            var row = new HBox(12, title, target, gap(), off);
            row.getStyleClass().addAll("fault-other", "row-line");
            others.getChildren().add(row);
        }
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
    public List<Shortcut> shortcuts() {
        return List.of(new Shortcut("F5", "Refresh", model::refresh));
    }
}
