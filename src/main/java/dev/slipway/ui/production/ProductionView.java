package dev.slipway.ui.production;

import dev.slipway.health.Probe;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBackCard;
import dev.slipway.ui.kit.AsOf;
import dev.slipway.ui.kit.DataTable;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.HealthBar;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The page "Production".
public final class ProductionView implements View {
    private final Desk desk;
    private final ProductionModel model;
    private final WayBack way;
    private final VBox page = new VBox();
    private final VBox banners = new VBox(8);
    private final ProductionBanners said;
    private final GridPane cards = new GridPane();
    private final GridPane next = new GridPane();
    private final StatusChip health = new StatusChip(Status.UNKNOWN.saying("Not read yet"));
    private final AsOf asOf = new AsOf();
    private final Button promote = new Button("Promote\u2026");
    private final HealthBar bar = HealthBar.timeline();
    private final Label from = mono("", true);
    private final Label until = mono("", true);
    private final HBox legend = new HBox(16);
    private final Label latency = mono("", false);
    private final DataTable<OperationRow> releases = new DataTable<>(32);
    private final ScrollPane scroll;

    /// @param way whether production can go back
    public ProductionView(Desk desk, ProductionModel model, WayBack way) {
        this.desk = desk;
        this.model = model;
        this.way = way;
        said = new ProductionBanners(desk, model, way, this::show);
        var all = new VBox(12, head(), banners, cards, healthCard(), next, releases());
        all.getStyleClass().addAll("page", "production-page");
        scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        page.getStyleClass().add("production-edge");
        page.getChildren().add(scroll);
        FxmlScreen.style(page, ProductionView.class, "production.css");
        var left = new ColumnConstraints();
        left.setPercentWidth(53);
        var right = new ColumnConstraints();
        right.setPercentWidth(47);
        cards.getColumnConstraints().setAll(left, right);
        cards.setHgap(16);
        var narrow = new ColumnConstraints();
        narrow.setPercentWidth(40);
        var wide = new ColumnConstraints();
        wide.setPercentWidth(60);
        next.getColumnConstraints().setAll(narrow, wide);
        next.setHgap(16);
        next.setMinHeight(Region.USE_PREF_SIZE);
        model.stateProperty().subscribe(_ -> show());
        model.releasesProperty().subscribe(_ -> show());
        model.problemProperty().subscribe(_ -> show());
        way.seenProperty().subscribe(_ -> show());
        way.problemProperty().subscribe(_ -> show());
        desk.model().armedProperty().subscribe(_ -> show());
    }

    private Node head() {
        var title = new Label("Production", Icon.PRODUCTION.node(20));
        title.getStyleClass().add("page-title");
        Tone.PRODUCTION.on(title.getGraphic());
        title.setGraphicTextGap(12);
        title.setMinWidth(Region.USE_PREF_SIZE);
        var host = desk.services().stack().workers().getFirst().hostname();
        var where = new Label(host);
        where.getStyleClass().add("muted");
        asOf.zoneProperty().set(desk.zone());
        var read = new Button();
        read.setGraphic(new HBox(8, Icon.REFRESH.node(), new Label("Read now"), new KeyHint("F5")));
        read.getStyleClass().add("with-hint");
        read.setAccessibleText("Read now");
        read.setTooltip(new Tooltip("Asks every Worker and the database, which may wake it"));
        read.setOnAction(_ -> ask());
        promote.getStyleClass().add("accent");
        promote.setOnAction(_ -> promote());
        var row = new HBox(title, where, health, gap(), asOf, read, promote);
        row.getStyleClass().add("page-head");
        return row;
    }

    /// Reads because a person asked, and looks for the way back as well.
    private void ask() {
        model.ask();
        way.forget();
    }

    private void rollBack() {
        desk.navigator().go(Place.Rollback.NEAREST);
    }

    private void showPromote() {
        promote.setGraphic((desk.armed() ? Icon.OPERATIONS : Icon.LOCK).node());
        promote.setTooltip(
                new Tooltip(
                        model.waiting()
                                .map(sha ->
                                        "Opens the wizard for "
                                                + brief(sha)
                                                + ", the newest commit of "
                                                + desk.services().stack().branch())
                                .orElse(
                                        "Nothing newer is merged: choose a pull request in"
                                                + " Previews")));
    }

    private void promote() {
        desk.navigator()
                .go(model.waiting().<Place>map(Place.Promotion::new).orElse(Place.Previews.ALL));
    }

    private Node healthCard() {
        var title = new Label("Health, last 60 min");
        title.getStyleClass().add("card-title");
        var logs = new Hyperlink("Open in Logs");
        logs.getStyleClass().add("strong");
        logs.setOnAction(_ -> desk.navigator().go(new Place.Logs("health", Optional.empty())));
        var first =
                new HBox(
                        12,
                        title,
                        muted("one mark per minute, while this window is open"),
                        gap(),
                        muted("slowest now"),
                        latency,
                        logs);
        first.getStyleClass().add("line");
        bar.setMinHeight(16);
        bar.setPrefHeight(16);
        legend.getStyleClass().add("line");
        var third = new HBox(from, gap(), legend, gap(), until);
        third.getStyleClass().add("line");
        var card = new VBox(10, first, bar, third);
        card.getStyleClass().add("card");
        return card;
    }

    private Node releases() {
        var title = new Label("Last releases");
        title.getStyleClass().add("section-title");
        var all = new Hyperlink("All in Operations");
        all.getStyleClass().add("strong");
        all.setOnAction(_ -> desk.navigator().go(new Place.Operations()));
        var head = new HBox(8, title, gap(), all);
        head.getStyleClass().add("line");
        releases.setSentence(row ->
                "%s, %s, by %s, %s"
                        .formatted(row.target(), when(row), row.by(), result(row).word()));
        releases.setAccessibleText("Last releases");
        releases.setOnOpen(row -> desk.navigator().go(new Place.Operation(row.id())));
        releases.column("Release", 90, row -> strongMono(row.target()), null);
        releases.column("When", 150, row -> new Label(when(row)), null);
        releases.column("By", 120, row -> new Label(row.by()), null);
        releases.column("Result", 180, row -> new StatusChip(result(row)), null);
        releases.column("Took", 90, row -> mono(took(row), false), null);
        releases.column("Remark", 400, row -> muted(row.reason()), null);
        var none =
                new Label(
                        "No promotion from this computer has ended yet. What runs was found at the"
                                + " providers.");
        none.getStyleClass().add("muted");
        releases.setPlaceholder(none);
        releases.setMinHeight(100);
        VBox.setVgrow(releases, Priority.ALWAYS);
        var box = new VBox(4, head, releases);
        VBox.setVgrow(box, Priority.ALWAYS);
        return box;
    }

    private String when(OperationRow row) {
        return Times.day(row.startedAt(), desk.now(), desk.zone());
    }

    private static String took(OperationRow row) {
        return Times.figures(Duration.between(row.startedAt(), row.updated()));
    }

    private Status result(OperationRow row) {
        return switch (row.state()) {
            case SUCCEEDED ->
                    model.stateProperty()
                                    .get()
                                    .flatMap(ProductionState::release)
                                    .filter(row.target()::equals)
                                    .isPresent()
                            ? Status.LIVE
                            : Status.SUPERSEDED;
            case ROLLED_BACK -> Status.BLOCKED.saying("Rolled back");
            case STOPPED_SAFE -> Status.SKIPPED.saying("Stopped, safe");
            case NEEDS_OPERATOR -> Status.PAUSED.saying("Needs you");
            case RUNNING -> Status.RUNNING;
            case PAUSED, INTERRUPTED -> Status.PAUSED;
        };
    }

    private void show() {
        KeptFocus.in(this::draw, page);
    }

    private void draw() {
        var state = model.stateProperty().get();
        asOf.setReadAt(state.map(ProductionState::asOf).orElse(null));
        asOf.setStale(model.stale(desk.now()));
        banners.getChildren().setAll(said.of(state));
        banners.setVisible(!banners.getChildren().isEmpty());
        banners.setManaged(banners.isVisible());
        showPromote();
        showMarks(state);
        releases.getItems().setAll(model.releasesProperty().get());
        releases.refresh();
        state.ifPresent(read -> {
            var status =
                    switch (read.health()) {
                        case HEALTHY -> Status.HEALTHY;
                        case FAILING -> Status.FAILING;
                        case UNKNOWN -> Status.UNKNOWN;
                    };
            var age =
                    read.probes().stream()
                            .min(Comparator.comparing(Probe::at))
                            .map(probe -> LiveCard.age(desk, probe))
                            .orElse("");
            health.setStatus(status.saying(status.word() + age));
            var record =
                    read.release()
                            .flatMap(name ->
                                    model.releasesProperty().get().stream()
                                            .filter(r -> r.target().equals(name))
                                            .findFirst());
            var held =
                    way.seenProperty().get().stream()
                            .flatMap(seen -> seen.candidates().stream())
                            .anyMatch(c -> c.live() && c.release().held().isPresent());
            var live = new LiveCard(desk, read, record, held).node();
            var database = new DatabaseCard(desk, read).node();
            cards.add(live, 0, 0);
            cards.add(database, 1, 0);
            cards.getChildren().setAll(live, database);
            next.getChildren().clear();
            next.addRow(
                    0,
                    WaitingCard.of(desk, model, read, this::promote),
                    WayBackCard.of(desk, way, this::rollBack));
        });
    }

    private void showMarks(Optional<ProductionState> state) {
        var marks = model.lastHour();
        bar.setMarks(marks);
        var now = desk.now();
        from.setText(
                Times.minutes(now.minus(Duration.ofMinutes(HealthMinutes.SHOWN - 1)), desk.zone()));
        until.setText(Times.minutes(now, desk.zone()));
        latency.setText(
                state.flatMap(s ->
                                s.probes().stream()
                                        .map(p -> p.latency().toMillis())
                                        .max(Long::compare))
                        .map(ms -> ms + " ms")
                        .orElse("not checked"));
        legend.getChildren().clear();
        for (var kind : HealthBar.Kind.values()) {
            var count = marks.stream().filter(m -> m.kind() == kind).count();
            if (count > 0) {
                var sample = HealthBar.small();
                sample.setMarks(List.of(new HealthBar.Mark(kind, "")));
                sample.setFocusTraversable(false);
                legend.getChildren()
                        .add(
                                line(
                                        sample,
                                        caption(
                                                switch (kind) {
                                                            case OK -> "ok ";
                                                            case SLOW -> "slow ";
                                                            case FAILED -> "failed ";
                                                            case NOT_CHECKED -> "not checked ";
                                                        }
                                                        + count)));
            }
        }
    }

    private static HBox line(Node... nodes) {
        var line = new HBox(6, nodes);
        line.getStyleClass().add("line");
        return line;
    }

    static String brief(String sha) {
        return sha.substring(0, Math.min(7, sha.length()));
    }

    static Region gap() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    static Label mono(String text, boolean isMuted) {
        var label = new Label(text);
        label.getStyleClass().add("mono");
        if (isMuted) {
            label.getStyleClass().add("muted");
        }
        return label;
    }

    private static Label strongMono(String text) {
        var label = new Label(text);
        label.getStyleClass().add("mono-strong");
        return label;
    }

    static Label muted(String text) {
        var label = new Label(text);
        label.getStyleClass().add("muted");
        return label;
    }

    static Label caption(String text) {
        var label = new Label(text);
        label.getStyleClass().addAll("caption", "muted");
        return label;
    }

    @Override
    public Parent content() {
        return page;
    }

    @Override
    public void show(Place place) {
        if (model.stateProperty().get().isEmpty()) {
            model.look();
        }
    }

    @Override
    public List<Shortcut> listKeys() {
        return DataTable.keys("Open the report of the release");
    }

    @Override
    public List<Shortcut> shortcuts() {
        return List.of(
                new Shortcut("F5", "Read now, which may wake the database", this::ask),
                new Shortcut("Shortcut+Shift+P", "Promote\u2026", this::promote),
                new Shortcut("Shortcut+Shift+R", "Go back\u2026", this::rollBack),
                new Shortcut(
                        "Shortcut+Shift+B",
                        "Bring back rows that a restore took away\u2026",
                        () -> desk.navigator().go(Place.Rescue.NEWEST)),
                new Shortcut(
                        "Shortcut+Shift+H",
                        "Heal: upload what serves again\u2026",
                        () -> desk.navigator().go(new Place.Heal())));
    }
}
