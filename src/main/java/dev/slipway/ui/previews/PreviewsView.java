package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Beat;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.AsOf;
import dev.slipway.ui.kit.DataTable;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The page "Previews".
public final class PreviewsView implements View {
    private static final double ROOM_FOR_ALL = 1500;

    private final Desk desk;
    private final PreviewsModel model;
    private final PreviewTable table;
    private Optional<Beat> beat = Optional.empty();
    private boolean onScreen;
    private final VBox page = new VBox();
    private final PreviewTools tools;
    private final PreviewBanners banners;
    private final StackPane body = new StackPane();
    private final Label summary = new Label();
    private final AsOf asOf = new AsOf();
    private final Button refresh = new Button();
    private final ProgressBar progress = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final SimpleObjectProperty<@Nullable Node> drawer = new SimpleObjectProperty<>();
    private Optional<PreviewDrawer> open = Optional.empty();
    private boolean filling;

    public PreviewsView(Desk desk, PreviewsModel model) {
        this.desk = desk;
        this.model = model;
        table = new PreviewTable(desk, model);
        tools = new PreviewTools(desk, model, table);
        banners = new PreviewBanners(desk, model, this::show);
        page.getStyleClass().addAll("page", "previews");
        FxmlScreen.style(page, PreviewsView.class, "previews.css");
        StackPane.setAlignment(progress, javafx.geometry.Pos.TOP_LEFT);
        progress.setMouseTransparent(true);
        page.getChildren()
                .addAll(head(), tools.node(), banners.node(), new StackPane(body, progress));
        VBox.setVgrow(page.getChildren().getLast(), Priority.ALWAYS);
        body.getChildren().setAll(table.node());
        startTable();
        model.listProperty().subscribe(_ -> show());
        model.rowsProperty().subscribe(_ -> show());
        model.problemProperty().subscribe(_ -> show());
        model.loginProperty().subscribe(_ -> show());
        model.readingProperty().subscribe(_ -> show());
        model.savedProperty().subscribe(_ -> show());
        desk.openProperty().subscribe(_ -> opened());
        page.sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        scene.widthProperty().subscribe(_ -> shape());
                    }
                });
        page.widthProperty().subscribe(_ -> shape());
        drawer.subscribe(_ -> shape());
    }

    /// From here on it is read by itself, and what is being looked at is asked how it is.
    private void opened() {
        refresh.setDisable(!desk.isOpen());
        if (desk.isOpen()) {
            beat = Optional.of(new Beat(desk.refreshEvery(), model::poll));
            if (onScreen) {
                beat.get().start();
            }
            open.ifPresent(shown -> model.look(shown.number()));
        }
    }

    private Node head() {
        var title = new Label("Previews");
        title.getStyleClass().add("page-title");
        summary.getStyleClass().add("muted");
        asOf.zoneProperty().set(desk.zone());
        refresh.setGraphic(
                new HBox(8, Icon.REFRESH.node(), new Label("Refresh"), new KeyHint("F5")));
        refresh.getStyleClass().add("with-hint");
        refresh.setAccessibleText("Refresh");
        refresh.setOnAction(_ -> model.refresh());
        var row = new HBox(title, summary, gap(), asOf, refresh);
        row.getStyleClass().add("page-head");
        title.setMinWidth(Region.USE_PREF_SIZE);
        return row;
    }

    private void startTable() {
        var node = table.node();
        VBox.setVgrow(node, Priority.ALWAYS);
        node.setOnOpen(this::enter);
        node.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.SPACE) {
                        selected().ifPresent(this::peek);
                        event.consume();
                    } else if (event.getCode() == KeyCode.ESCAPE && open.isPresent()) {
                        close();
                        event.consume();
                    }
                });
        // From the words straight to what they found.
        tools.filter()
                .addEventHandler(
                        KeyEvent.KEY_PRESSED,
                        event -> {
                            var down =
                                    event.getCode() == KeyCode.DOWN
                                            || event.getCode() == KeyCode.ENTER;
                            if (down && !node.getItems().isEmpty()) {
                                node.requestFocus();
                                node.getSelectionModel().clearAndSelect(0);
                                event.consume();
                            }
                        });
        // A drawer that is open follows what a person selects, as in a mail program. New rows move
        // the selection, too.
        node.getSelectionModel()
                .selectedItemProperty()
                .subscribe(row -> {
                    if (row != null
                            && !filling
                            && open.isPresent()
                            && open.get().number() != row.number().value()) {
                        desk.navigator()
                                .refine(
                                        new Place.Previews(
                                                model.filterProperty().get(),
                                                Optional.of(row.number().value()),
                                                open.get().tab()));
                        show(desk.navigator().place());
                    }
                });
    }

    private Optional<Preview> selected() {
        return Optional.ofNullable(table.node().getSelectionModel().getSelectedItem());
    }

    private void enter(Preview row) {
        go(row.number().value());
        open.ifPresent(PreviewDrawer::focus);
    }

    private void peek(Preview row) {
        if (open.map(PreviewDrawer::number).equals(Optional.of(row.number().value()))) {
            close();
        } else {
            go(row.number().value());
        }
    }

    private void go(int number) {
        desk.navigator()
                .go(new Place.Previews(model.filterProperty().get(), Optional.of(number), ""));
    }

    private void close() {
        desk.navigator().go(new Place.Previews(model.filterProperty().get(), Optional.empty(), ""));
        table.node().requestFocus();
    }

    private void shape() {
        var scene = page.getScene();
        var narrow =
                drawer.get() != null && (scene == null || page.getWidth() < ROOM_FOR_ALL - 400);
        tools.setNarrow(narrow);
    }

    private void show() {
        var list = model.listProperty().get();
        summary.setText(list.map(PreviewsView::summary).orElse(""));
        asOf.setReadAt(list.map(PreviewList::asOf).orElse(null));
        var saved = model.savedProperty().get();
        asOf.nowProperty().set(desk.now());
        asOf.setWords(saved ? "saved, as of" : "as of");
        asOf.setStale(!saved && model.stale(desk.now()));
        progress.setVisible(model.readingProperty().get());
        tools.count();
        banners.show(list);
        fill(list);
        open.ifPresent(shown -> model.one(shown.number()).ifPresent(shown::show));
    }

    private void fill(Optional<PreviewList> list) {
        var rows = model.rowsProperty().get();
        if (list.isPresent() && rows.isEmpty()) {
            body.getChildren().setAll(nothing(list.get()));
            return;
        }
        if (!body.getChildren().contains(table.node())) {
            body.getChildren().setAll(table.node());
        }
        DataTable<Preview> node = table.node();
        if (!node.getItems().equals(rows)) {
            var kept =
                    open.map(PreviewDrawer::number)
                            .or(() -> selected().map(row -> row.number().value()));
            filling = true;
            node.getItems().setAll(rows);
            node.sort();
            node.getSelectionModel().clearSelection();
            kept.flatMap(number ->
                            rows.stream().filter(r -> r.number().value() == number).findFirst())
                    .ifPresent(row -> node.getSelectionModel().select(row));
            filling = false;
        } else {
            node.refresh();
        }
        node.setPlaceholder(
                new Label(
                        model.problemProperty().get().isPresent()
                                ? "No preview has been read yet."
                                : "Reading previews\u2026"));
    }

    private Node nothing(PreviewList list) {
        if (!list.previews().isEmpty()) {
            return new EmptyState(
                    Icon.FILTER,
                    "No preview fits",
                    "None of the %d open PRs has these words.".formatted(list.previews().size()),
                    "Show all",
                    tools::showAll);
        }
        if (!model.answered(Provider.GITHUB)) {
            return new EmptyState(
                    Icon.UNKNOWN,
                    "Open PRs are not known",
                    "GitHub did not answer, so nobody knows whether there are any.",
                    "Retry now",
                    model::refresh);
        }
        return new EmptyState(
                Icon.PREVIEWS,
                "No open pull requests",
                "There are none in %s. Previews appear here when a PR is opened."
                        .formatted(desk.services().stack().repository()),
                "Refresh",
                model::refresh);
    }

    private static String summary(PreviewList list) {
        var open = list.previews().size();
        var ready = list.previews().stream().filter(p -> p.state() == Preview.State.READY).count();
        return open + (open == 1 ? " open PR, " : " open PRs, ") + ready + " ready";
    }

    @Override
    public Parent content() {
        return page;
    }

    @Override
    public void show(Place place) {
        onScreen = true;
        beat.ifPresent(Beat::start);
        if (desk.isOpen()
                && model.listProperty().get().isEmpty()
                && !model.readingProperty().get()) {
            model.start();
        }
        if (model.stale(desk.now())) {
            model.poll();
        }
        if (!(place instanceof Place.Previews(var words, var number, var tab))) {
            return;
        }
        model.filterProperty().set(words);
        if (number.isEmpty()) {
            open = Optional.empty();
            drawer.set(null);
            return;
        }
        if (open.map(PreviewDrawer::number).filter(number.get()::equals).isEmpty()) {
            var shown = new PreviewDrawer(desk, model, number.get(), this::close);
            open = Optional.of(shown);
            drawer.set(shown.node());
            model.look(number.get());
        }
        open.ifPresent(shown -> {
            shown.select(tab);
            model.one(number.get()).ifPresent(shown::show);
        });
        model.one(number.get())
                .ifPresent(row -> {
                    table.node().getSelectionModel().select(row);
                    reveal(row);
                });
    }

    /// Scrolls only when the row may be out of sight: a list that jumps loses its reader.
    private void reveal(Preview row) {
        var node = table.node();
        int at = node.getItems().indexOf(row);
        if ((at + 2) * node.getFixedCellSize() > node.getHeight() && node.getHeight() > 0) {
            node.scrollTo(Math.max(0, at - 3));
        }
    }

    @Override
    public void leave() {
        onScreen = false;
        beat.ifPresent(Beat::stop);
    }

    @Override
    public Optional<Node> entry() {
        return Optional.of(table.node());
    }

    @Override
    public List<Shortcut> shortcuts() {
        return List.of(
                new Shortcut("F5", "Refresh", model::refresh),
                new Shortcut("O", "Open the preview", () -> selected().ifPresent(this::browse)),
                new Shortcut(
                        "P",
                        "Promote\u2026",
                        () -> selected().ifPresent(this::promote),
                        selected()
                                .map(Words::whyNotPromoted)
                                .orElse(Optional.of("no pull request is chosen"))),
                new Shortcut(
                        "C", "Copy the preview's URL", () -> selected().ifPresent(this::copy)));
    }

    @Override
    public List<Shortcut> listKeys() {
        var all = new ArrayList<>(DataTable.keys("Go into the drawer"));
        all.add(Shortcut.told("Space", "Peek at it from the list"));
        all.add(Shortcut.told("Esc", "Close the drawer"));
        return all;
    }

    private void browse(Preview row) {
        PreviewLinks.open(desk, row);
    }

    private void promote(Preview row) {
        desk.navigator().go(new Place.Promotion(Integer.toString(row.number().value())));
    }

    private void copy(Preview row) {
        PreviewLinks.url(row).ifPresent(dev.slipway.ui.kit.Copyable::toClipboard);
    }

    @Override
    public ObservableValue<? extends @Nullable Node> drawer() {
        return drawer;
    }

    /// For tests: what the banners say.
    String bannerText() {
        return banners.text();
    }
}
