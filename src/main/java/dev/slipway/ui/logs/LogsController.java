package dev.slipway.ui.logs;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Joins the page of the log to its pane.
public final class LogsController {
    private static final PseudoClass PAUSED = PseudoClass.getPseudoClass("paused");
    private static final List<LogRow.Channel> TABS =
            List.of(
                    LogRow.Channel.HEALTH,
                    LogRow.Channel.MIGRATION,
                    LogRow.Channel.CI,
                    LogRow.Channel.OPERATION);

    private final Texts texts = Texts.of(LogsController.class);
    private final LogsViewModel model = new LogsViewModel();
    private final LogPane pane;
    private final @Nullable Consumer<List<String>> saving;
    private final SegmentedFilter<Optional<LogRow.Channel>> channels = SegmentedFilter.tabs();

    @FXML private Label memory;
    @FXML private Button save;
    @FXML private HBox tabs;
    @FXML private HBox workers;
    @FXML private MenuButton level;
    @FXML private FilterField find;
    @FXML private Label problem;
    @FXML private Button time;
    @FXML private Button wrap;
    @FXML private Button follow;
    @FXML private VBox list;
    @FXML private HBox strip;
    @FXML private Label below;
    @FXML private Button followNow;

    /// @param saving takes the lines shown when the person wants to keep them; null leaves the
    ///     button out
    LogsController(Log log, ZoneId zone, @Nullable Consumer<List<String>> saving) {
        this.saving = saving;
        this.pane = new LogPane(log, zone, Log.CAPACITY);
    }

    @FXML
    private void initialize() {
        startTabs();
        startLevels();
        startFind();
        startFollow();
        save.setGraphic(Icon.SAVE.node());
        save.setVisible(saving != null);
        save.setManaged(saving != null);
        pane.intake()
                .heldProperty()
                .subscribe(held -> memory.setText(texts.get("logs.memory", held, Log.CAPACITY)));
        pane.intake().workersProperty().subscribe(_ -> showWorkers());
        model.filterProperty().subscribe(pane::filter);
        var nothing =
                new EmptyState(
                        Icon.LOGS, texts.get("logs.empty.title"), texts.get("logs.empty.reason"));
        nothing.visibleProperty().bind(pane.intake().heldProperty().isEqualTo(0));
        var stack = new StackPane(pane, nothing);
        VBox.setVgrow(stack, Priority.ALWAYS);
        list.getChildren().add(stack);
    }

    private void startTabs() {
        channels.setAccessibleText(texts.get("logs.tabs"));
        tabs.getChildren().add(channels);
        model.operationProperty().subscribe(this::showTabs);
        channels.selectedProperty().bindBidirectional(model.channelProperty());
    }

    private void showTabs(Optional<String> operation) {
        var all = new ArrayList<SegmentedFilter.Choice<Optional<LogRow.Channel>>>();
        all.add(new SegmentedFilter.Choice<>(Optional.empty(), texts.get("logs.tab.all"), -1));
        for (var channel : TABS) {
            var named = channel == LogRow.Channel.OPERATION ? operation : Optional.<String>empty();
            var title =
                    named.map(id -> texts.get("logs.tab.operation", id)).orElse(channel.title());
            all.add(new SegmentedFilter.Choice<>(Optional.of(channel), title, -1));
        }
        channels.setChoices(all);
    }

    private void startLevels() {
        var group = new ToggleGroup();
        for (var each :
                List.of(
                        LogRow.Level.DEBUG,
                        LogRow.Level.INFO,
                        LogRow.Level.WARN,
                        LogRow.Level.ERROR)) {
            var item = new RadioMenuItem(word(each));
            item.setToggleGroup(group);
            item.setSelected(each == model.leastProperty().get());
            item.setOnAction(_ -> model.leastProperty().set(each));
            level.getItems().add(item);
        }
        model.leastProperty().subscribe(each -> level.setText(texts.get("logs.level", word(each))));
    }

    private static String word(LogRow.Level level) {
        return level.name().charAt(0) + level.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private void startFind() {
        find.textProperty().subscribe(model::find);
        pane.findProperty().bind(model.findProperty());
        problem.textProperty().bind(model.findProblemProperty());
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        find.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        pane.findNext(event.isShiftDown() ? -1 : 1);
                        event.consume();
                    }
                });
    }

    private void startFollow() {
        pane.timeModeProperty().subscribe(mode -> time.setText(mode.title));
        time.setGraphic(Icon.WAITING.node());
        pane.wrapProperty()
                .subscribe(on -> wrap.setText(texts.get(on ? "logs.wrap.on" : "logs.wrap.off")));
        pane.followProperty().subscribe(_ -> showFollow());
        pane.newBelowProperty().subscribe(_ -> showFollow());
        followNow.setContentDisplay(ContentDisplay.RIGHT);
        followNow.setGraphic(new KeyHint("F"));
        below.setGraphic(Icon.ARROW_DOWN.node(Tone.ACCENT));
        strip.managedProperty().bind(strip.visibleProperty());
    }

    private void showFollow() {
        boolean on = pane.followProperty().get();
        long waiting = pane.newBelowProperty().get();
        follow.setText(on ? texts.get("logs.follow.on") : texts.get("logs.follow.paused", waiting));
        follow.setGraphic((on ? Icon.ARROW_DOWN : Icon.PAUSED).node(Tone.ACCENT));
        follow.pseudoClassStateChanged(PAUSED, !on);
        below.setText(texts.get("logs.below", waiting));
        strip.setVisible(!on && waiting > 0);
    }

    private void showWorkers() {
        workers.getChildren().clear();
        for (var worker : pane.intake().workersProperty().get()) {
            var box = new CheckBox(worker);
            box.setSelected(model.showsWorker(worker));
            box.setOnAction(_ -> model.showWorker(worker, box.isSelected()));
            workers.getChildren().add(box);
        }
    }

    /// Shows one channel and one operation, or everything.
    void show(Optional<LogRow.Channel> channel, Optional<String> operation) {
        model.channelProperty().set(channel);
        model.operationProperty().set(operation);
    }

    LogPane pane() {
        return pane;
    }

    LogsViewModel model() {
        return model;
    }

    @FXML
    private void toggleFollow() {
        pane.followProperty().set(!pane.followProperty().get());
    }

    @FXML
    private void toggleWrap() {
        pane.wrapProperty().set(!pane.wrapProperty().get());
    }

    @FXML
    private void nextTimeMode() {
        pane.timeModeProperty().set(pane.timeModeProperty().get().next());
    }

    @FXML
    private void save() {
        if (saving != null) {
            saving.accept(pane.allText());
        }
    }

    List<Shortcut> shortcuts() {
        return List.of(
                new Shortcut("F", texts.get("logs.key.follow"), this::toggleFollow),
                new Shortcut("W", texts.get("logs.key.wrap"), this::toggleWrap),
                new Shortcut("T", texts.get("logs.key.time"), this::nextTimeMode),
                new Shortcut("M", texts.get("logs.key.mark"), pane::toggleMark),
                new Shortcut("Shortcut+F", texts.get("logs.key.find"), find::requestFocus),
                new Shortcut("F3", texts.get("logs.key.next"), () -> pane.findNext(1)),
                new Shortcut("Shift+F3", texts.get("logs.key.previous"), () -> pane.findNext(-1)),
                new Shortcut("Alt+Down", texts.get("logs.key.error.next"), () -> error(1)),
                new Shortcut("Alt+Up", texts.get("logs.key.error.previous"), () -> error(-1)),
                new Shortcut("Shortcut+S", texts.get("logs.key.save"), this::save));
    }

    private void error(int step) {
        pane.jump(step, row -> row.level() == LogRow.Level.ERROR);
    }
}
