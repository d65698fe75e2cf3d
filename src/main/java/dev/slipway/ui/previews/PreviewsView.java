package dev.slipway.ui.previews;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.ui.desk.Beat;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.ReserveNotice;
import dev.slipway.ui.kit.AsOf;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.DataTable;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
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
    private static final String PROMPT = "Filter: title, #, author, branch:, db:, is:";

    private final Desk desk;
    private final PreviewsModel model;
    private final PreviewTable table;
    private Optional<Beat> beat = Optional.empty();
    private boolean onScreen;
    private final VBox page = new VBox();
    private final VBox banners = new VBox(8);
    private final StackPane body = new StackPane();
    private final Label summary = new Label();
    private final AsOf asOf = new AsOf();
    private final Button refresh = new Button();
    private final Label order = new Label("Needs attention first", Icon.SORT.node());
    private final MenuButton columns = new MenuButton("Columns", Icon.COLUMNS.node());
    private final ProgressBar progress = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final SegmentedFilter<Filter.Group> groups = new SegmentedFilter<>();
    private final FilterField filter = new FilterField(PROMPT);
    private final SimpleObjectProperty<@Nullable Node> drawer = new SimpleObjectProperty<>();
    private Optional<PreviewDrawer> open = Optional.empty();
    private boolean filling;
    private final ReserveNotice reserve;

    public PreviewsView(Desk desk, PreviewsModel model) {
        this.desk = desk;
        this.model = model;
        table = new PreviewTable(desk, model);
        reserve = new ReserveNotice(desk, model::refresh, this::show);
        page.getStyleClass().addAll("page", "previews");
        FxmlScreen.style(page, PreviewsView.class, "previews.css");
        StackPane.setAlignment(progress, javafx.geometry.Pos.TOP_LEFT);
        progress.setMouseTransparent(true);
        page.getChildren().addAll(head(), tools(), banners, new StackPane(body, progress));
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

    private Node tools() {
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
        var row = new HBox(8, groups, filter, gap(), order);
        row.getChildren().add(columns());
        row.getStyleClass().add("tools");
        return row;
    }

    private Node columns() {
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
        return columns;
    }

    private static Set<String> toggled(Set<String> all, String one) {
        var other = new HashSet<>(all);
        if (!other.remove(one)) {
            other.add(one);
        }
        return other;
    }

    private static Region gap() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
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
        filter.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    var down = event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER;
                    if (down && !node.getItems().isEmpty()) {
                        node.requestFocus();
                        node.getSelectionModel().clearAndSelect(0);
                        event.consume();
                    }
                });
        // A drawer that is open follows what a person selects, as in a mail program. New rows move
        // the
        // selection, too.
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
        table.setNarrow(narrow);
        filter.setPromptText(narrow ? "Filter" : PROMPT);
        order.setVisible(!narrow);
        order.setManaged(!narrow);
        // Beside a drawer the columns are chosen by the room there is.
        columns.setVisible(!narrow);
        columns.setManaged(!narrow);
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
        groups.setChoices(
                Arrays.stream(Filter.Group.values())
                        .map(g -> new SegmentedFilter.Choice<>(g, g.word, model.count(g)))
                        .toList());
        banners.getChildren().setAll(banners(list));
        banners.setVisible(!banners.getChildren().isEmpty());
        banners.setManaged(banners.isVisible());
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
                    () -> {
                        model.filterProperty().set("");
                        groups.selectedProperty().set(Filter.Group.ALL);
                    });
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

    private List<Node> banners(Optional<PreviewList> list) {
        var all = new ArrayList<Node>();
        model.problemProperty()
                .get()
                .ifPresent(problem ->
                        all.add(
                                Banner.warning(
                                        "Previews could not be read.",
                                        sentence(problem.sentence())
                                                + " What is shown is from before; nothing was"
                                                + " changed.",
                                        new Banner.Action("Retry now", model::refresh))));
        reserve.banner(list.map(PreviewList::asOf)).ifPresent(all::add);
        if (list.map(PreviewList::offline).orElse(false)) {
            // The band says it for the whole window.
            return all;
        }
        list.map(PreviewList::providers)
                .ifPresent(providers ->
                        providers.forEach((provider, state) ->
                                state.failure()
                                        .filter(f -> !(f instanceof Failure.BudgetSpent))
                                        .ifPresent(failure ->
                                                all.add(
                                                        Banner.warning(
                                                                provider.title()
                                                                        + " is not answering.",
                                                                sentence(failure.sentence())
                                                                        + " "
                                                                        + since(state)
                                                                        + " Next try within "
                                                                        + Times.words(
                                                                                desk.refreshEvery())
                                                                        + ".",
                                                                new Banner.Action(
                                                                        "Retry now",
                                                                        model::refresh))))));
        return all;
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    private String since(PreviewList.ProviderState state) {
        return state.asOf()
                .map(at -> "Its last answer is from " + Times.clock(at, desk.zone()) + ".")
                .orElse("Its part is shown as Unknown.");
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
        return banners.getChildren().stream()
                .map(Node::getAccessibleText)
                .collect(Collectors.joining(" "));
    }
}
