package dev.slipway.ui.logs;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow;
import dev.slipway.ui.kit.Copyable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The list of log rows. Producers write into a [Log]; once per pulse this takes what came, and
/// draws the lines that are on screen with nodes it keeps, so its cost depends on the size of the
/// window and not on the number of rows.
///
/// Rows are selected by mouse and keyboard; selecting, scrolling up and Home stop following, End and
/// [#followProperty] start it again. What comes while it is paused is counted.
final class LogPane extends Region {
    private static final long RELATIVE_REFRESH = 1_000_000_000L;

    private final Log log;
    private final ZoneId zone;
    private final LogModel model;
    private final LogViewport viewport;
    private final LogSelection selection;
    private final LogIntake intake;
    private final List<LogLine> lines = new ArrayList<>();
    private final ScrollBar bar = new ScrollBar();
    private final ErrorTicks ticks = new ErrorTicks();
    private final Rectangle clip = new Rectangle();
    private final double columnWidth;
    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    pulse(now);
                }
            };

    private final BooleanProperty follow;
    private final BooleanProperty wrap = new SimpleBooleanProperty(this, "wrap");
    private final ObjectProperty<TimeMode> timeMode =
            new SimpleObjectProperty<>(this, "timeMode", TimeMode.LOCAL);
    private final ObjectProperty<@Nullable Pattern> find = new SimpleObjectProperty<>(this, "find");
    private final ReadOnlyLongWrapper newBelow = new ReadOnlyLongWrapper(this, "newBelow");

    private boolean drawing;
    private long drawnAt;

    /// @param capacity how many rows can be scrolled back to; older ones are in the file
    LogPane(Log log, ZoneId zone, int capacity) {
        this.log = log;
        this.zone = zone;
        model = new LogModel(capacity);
        viewport = new LogViewport(model);
        selection = new LogSelection(model);
        intake = new LogIntake(log, model, ticks::add);
        follow = viewport.followProperty();
        var probe = new Text("0".repeat(100));
        probe.setFont(Font.font("JetBrains Mono", 12));
        columnWidth = probe.getLayoutBounds().getWidth() / 100;
        getStyleClass().add("log-pane");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Log");
        bar.setOrientation(Orientation.VERTICAL);
        bar.setFocusTraversable(false);
        getChildren().addAll(bar, ticks);
        setClip(clip);
        bar.valueProperty().subscribe(this::scrolled);
        follow.subscribe(on -> {
            if (on) {
                newBelow.set(0);
            }
            redraw();
        });
        wrap.subscribe(_ -> redraw());
        timeMode.subscribe(_ -> redraw());
        find.subscribe(_ -> redraw());
        addEventHandler(ScrollEvent.SCROLL, this::wheel);
        addEventHandler(KeyEvent.KEY_PRESSED, this::keys);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        sceneProperty()
                .subscribe(scene -> {
                    if (scene == null) {
                        timer.stop();
                    } else {
                        timer.start();
                    }
                });
        drain();
    }

    BooleanProperty followProperty() {
        return follow;
    }

    BooleanProperty wrapProperty() {
        return wrap;
    }

    ObjectProperty<TimeMode> timeModeProperty() {
        return timeMode;
    }

    /// What is looked for; null for nothing.
    ObjectProperty<@Nullable Pattern> findProperty() {
        return find;
    }

    /// How many rows that pass the filter came since following stopped.
    ReadOnlyLongProperty newBelowProperty() {
        return newBelow.getReadOnlyProperty();
    }

    /// What is in memory.
    LogIntake intake() {
        return intake;
    }

    /// How many rows pass the filter.
    int size() {
        return model.size();
    }

    /// Shows only what passes `filter`; the selection stays where it is still shown.
    void filter(Predicate<LogRow> filter) {
        model.filter(filter);
        newBelow.set(0);
        redraw();
    }

    /// The selected rows as plain text, one after the other.
    String selectedText() {
        return selection.text();
    }

    /// All rows that pass the filter as plain text.
    List<String> allText() {
        return IntStream.range(0, model.size())
                .mapToObj(i -> model.row(model.number(i)).plain())
                .toList();
    }

    /// Selects the next row `wanted` accepts, from the selected one on in direction `step`; whether
    /// there is one.
    boolean jump(int step, Predicate<LogRow> wanted) {
        int found = model.find(selection.index(step > 0 ? -1 : model.size()), step, wanted);
        if (found >= 0) {
            select(found, false);
            return true;
        }
        return false;
    }

    /// Selects the next row that [#findProperty] matches.
    boolean findNext(int step) {
        var pattern = find.get();
        return pattern != null
                && jump(
                        step,
                        row ->
                                pattern.matcher(row.text()).find()
                                        || row.detail().stream()
                                                .anyMatch(line -> pattern.matcher(line).find()));
    }

    /// Sets a mark at the selected row, or takes it away.
    void toggleMark() {
        selection.toggleMark();
        redraw();
    }

    /// Shows the selected row in full, or short again.
    void toggleExpanded() {
        selection.toggleExpanded();
        redraw();
    }

    void copySelection() {
        var text = selectedText();
        if (!text.isEmpty()) {
            Copyable.toClipboard(text);
        }
    }

    private void pulse(long now) {
        if (drain() || (timeMode.get() == TimeMode.RELATIVE && now - drawnAt > RELATIVE_REFRESH)) {
            drawnAt = now;
            redraw();
        }
    }

    private boolean drain() {
        var taken = intake.take();
        if (taken.rows() == 0) {
            return false;
        }
        selection.forget();
        if (!follow.get()) {
            newBelow.set(newBelow.get() + taken.passed());
        }
        return true;
    }

    private void redraw() {
        if (getScene() != null) {
            requestLayout();
        }
    }

    private LogLayout cutting() {
        double room = LogColumns.of(getWidth()).room(getWidth());
        return new LogLayout(
                Math.max(20, (int) (room / columnWidth)), wrap.get(), selection.expanded());
    }

    private int fitting() {
        return Math.max(1, (int) (getHeight() / LogLine.HEIGHT));
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        int wanted = fitting();
        var grows = lines.size() < wanted;
        while (lines.size() < wanted) {
            var line = new LogLine(columnWidth);
            lines.add(line);
            getChildren().add(lines.size() - 1, line);
        }
        while (lines.size() > wanted) {
            getChildren().remove(lines.removeLast());
        }
        var shown = viewport.lines(cutting(), wanted);
        if (grows) {
            // Made after the styles of this pulse, they would be seen without any until the next.
            applyCss();
        }
        draw(shown);
        bar.resizeRelocate(getWidth() - 10, 0, 8, getHeight());
        ticks.resizeRelocate(getWidth() - 10, 0, 8, getHeight());
        ticks.draw(model, getHeight());
        moveBar(wanted);
    }

    private void draw(List<LogLayout.Line> shown) {
        var now = log.clock().instant();
        var columns = LogColumns.of(getWidth());
        var layout = cutting();
        for (int i = 0; i < lines.size(); i++) {
            var node = lines.get(i);
            var line = i < shown.size() ? shown.get(i) : null;
            node.setColumns(columns);
            node.resizeRelocate(0, i * LogLine.HEIGHT, getWidth() - 12, LogLine.HEIGHT);
            if (line == null) {
                node.show(null, "", false, false, false, false, null);
            } else {
                long number = line.number();
                node.show(
                        line,
                        timeMode.get().format(line.row(), now, zone),
                        selection.covers(number),
                        selection.isMarked(number),
                        layout.canExpand(line.row()),
                        selection.expanded().contains(number),
                        find.get());
            }
        }
    }

    private void moveBar(int wanted) {
        drawing = true;
        try {
            double last = viewport.last(wanted);
            bar.setMax(last);
            bar.setVisibleAmount(model.size() == 0 ? 0 : last * wanted / model.size());
            bar.setBlockIncrement(wanted);
            bar.setVisible(last > 0);
            bar.setValue(follow.get() ? last : Math.min(last, viewport.first()));
        } finally {
            drawing = false;
        }
    }

    private void scrolled(Number value) {
        if (!drawing && model.size() > 0) {
            viewport.goTo((int) Math.round(value.doubleValue()), fitting());
            redraw();
        }
    }

    private void wheel(ScrollEvent event) {
        int by = (int) (-Math.signum(event.getDeltaY()) * 3);
        if (by != 0 && model.size() > 0) {
            viewport.move(by, fitting());
            redraw();
            event.consume();
        }
    }

    private void select(int index, boolean extend) {
        if (model.size() == 0) {
            return;
        }
        int at = Math.clamp(index, 0, model.size() - 1);
        long number = model.number(at);
        selection.select(number, extend);
        viewport.reveal(at, fitting());
        setAccessibleText(
                LogLine.spoken(
                        model.row(number),
                        timeMode.get().format(model.row(number), log.clock().instant(), zone)));
        redraw();
    }

    private void keys(KeyEvent event) {
        int at = selection.index(model.size() - 1);
        boolean extend = event.isShiftDown();
        if (event.isAltDown()) {
            return;
        }
        switch (event.getCode()) {
            case UP -> select(selection.any() ? at - 1 : at, extend);
            case DOWN -> select(selection.any() ? at + 1 : at, extend);
            case PAGE_UP -> select(at - fitting() + 1, extend);
            case PAGE_DOWN -> select(at + fitting() - 1, extend);
            case HOME -> select(0, extend);
            case END -> follow.set(true);
            case ENTER, SPACE -> toggleExpanded();
            case A -> {
                if (!event.isShortcutDown()) {
                    return;
                }
                select(0, false);
                select(model.size() - 1, true);
            }
            case C -> {
                if (!event.isShortcutDown()) {
                    return;
                }
                copySelection();
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private @Nullable LogLine lineAt(double y) {
        int at = (int) (y / LogLine.HEIGHT);
        return at >= 0 && at < lines.size() && lines.get(at).line() != null ? lines.get(at) : null;
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        var node = lineAt(event.getY());
        var line = node == null ? null : node.line();
        if (node == null || line == null || event.getX() > getWidth() - 12) {
            return;
        }
        if (event.getButton() == MouseButton.PRIMARY) {
            select(model.indexOf(line.number()), event.isShiftDown());
            if (node.onChevron(event.getX()) || event.getClickCount() == 2) {
                selection.toggleExpanded(line.number());
                redraw();
            }
        }
        event.consume();
    }

    private void dragged(MouseEvent event) {
        var node = lineAt(Math.clamp(event.getY(), 0, getHeight() - 1));
        var line = node == null ? null : node.line();
        if (line != null && event.getX() <= getWidth() - 12) {
            select(model.indexOf(line.number()), true);
        }
    }
}
