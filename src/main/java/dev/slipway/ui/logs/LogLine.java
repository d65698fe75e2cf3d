package dev.slipway.ui.logs;

import dev.slipway.log.LogRow;
import dev.slipway.ui.kit.Icon;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// One line on screen, used again for whatever row comes there. It changes only what differs from
/// what it showed before, because at full speed every line changes in every pulse.
final class LogLine extends Region {
    static final double HEIGHT = 24;

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass DETAIL = PseudoClass.getPseudoClass("detail");
    private static final PseudoClass MISSING = PseudoClass.getPseudoClass("missing");
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
    private static final PseudoClass WORKER = PseudoClass.getPseudoClass("worker");
    private static final Map<LogRow.Level, PseudoClass> LEVELS = new EnumMap<>(LogRow.Level.class);

    static {
        for (var level : LogRow.Level.values()) {
            LEVELS.put(
                    level,
                    PseudoClass.getPseudoClass(level.name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private final Region hatch = new Region();
    private final Region hatchBefore = new Region();
    private final Region edge = new Region();
    private final Rectangle match = new Rectangle(0, 4, 0, HEIGHT - 8);
    private final Text time = text("time");
    private final Text source = text("source");
    private final Map<LogRow.Level, FontIcon> icons = new EnumMap<>(LogRow.Level.class);
    private final Text level = text("level");
    private final FontIcon chevron = Icon.CHEVRON_RIGHT.node(12);
    private final FontIcon chevronOpen = Icon.CHEVRON_DOWN.node(12);
    private final Text message = text("message");
    private final Text more = text("more");
    private final Text where = text("where");
    private final double columnWidth;
    private LogColumns columns = LogColumns.WIDE;
    private LogLayout.@Nullable Line line;
    private LogRow.@Nullable Level shownLevel;

    LogLine(double columnWidth) {
        this.columnWidth = columnWidth;
        getStyleClass().add("log-line");
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        hatch.getStyleClass().add("hatch");
        hatchBefore.getStyleClass().add("hatch");
        edge.getStyleClass().add("detail-edge");
        match.getStyleClass().add("match");
        getChildren()
                .addAll(
                        hatch,
                        hatchBefore,
                        edge,
                        match,
                        time,
                        source,
                        level,
                        chevron,
                        chevronOpen,
                        message,
                        more,
                        where);
        for (var kind : LogRow.Level.values()) {
            var icon = icon(kind).node(12);
            icon.setVisible(false);
            icons.put(kind, icon);
            getChildren().add(icon);
        }
    }

    private static Icon icon(LogRow.Level level) {
        return switch (level) {
            case DEBUG -> Icon.DOT;
            case INFO -> Icon.INFO;
            case OK -> Icon.OK;
            case WARN -> Icon.ATTENTION;
            case ERROR -> Icon.FAILED;
        };
    }

    private static Text text(String style) {
        var text = new Text();
        text.getStyleClass().add(style);
        text.setY(16);
        return text;
    }

    /// Where the columns are from now on.
    void setColumns(LogColumns other) {
        if (!columns.equals(other)) {
            columns = other;
            requestLayout();
        }
    }

    LogLayout.@Nullable Line line() {
        return line;
    }

    /// Shows `next`; null empties the line.
    void show(
            LogLayout.@Nullable Line next,
            String timeText,
            boolean selected,
            boolean marked,
            boolean canExpand,
            boolean expanded,
            @Nullable Pattern find) {
        line = next;
        setVisible(next != null);
        if (next == null) {
            return;
        }
        var row = next.row();
        boolean gap = row.kind() != LogRow.Kind.LINE;
        boolean head = next.isHead() && !gap;
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(MARKED, marked && next.isHead());
        pseudoClassStateChanged(DETAIL, next.isDetail());
        pseudoClassStateChanged(MISSING, gap);
        pseudoClassStateChanged(WORKER, row.worker().isPresent());
        level(row.level(), head);
        set(time, head ? timeText : "");
        set(source, head ? shortened(row.source()) : "");
        set(level, head ? row.level().name() : "");
        set(message, gap ? gapWords(row) : next.text());
        set(where, head && columns.where() > 0 ? row.where() : "");
        set(more, head && canExpand && !expanded && !row.detail().isEmpty() ? lines(row) : "");
        show(chevron, head && canExpand && !expanded);
        show(chevronOpen, head && canExpand && expanded);
        show(hatch, gap);
        show(hatchBefore, gap);
        show(edge, next.isDetail());
        mark(next, gap ? null : find);
        if (next.isHead()) {
            setAccessibleText(spoken(row, timeText));
        } else {
            setAccessibleText(next.text());
        }
        requestLayout();
    }

    /// A row as one sentence.
    static String spoken(LogRow row, String timeText) {
        return row.kind() == LogRow.Kind.LINE
                ? "%s, %s, %s, %s".formatted(row.level(), row.source(), row.text(), timeText)
                        + (row.detail().isEmpty() ? "" : ", " + lines(row) + " of detail")
                : gapWords(row);
    }

    private static String gapWords(LogRow row) {
        return switch (row.kind()) {
            case LINE -> row.text();
            case GAP -> "Gap: " + row.text();
            case RECONNECT -> "Connected again: " + row.text();
            case TRUNCATED -> "Left out: " + row.text();
        };
    }

    private static String lines(LogRow row) {
        return row.detail().size() == 1 ? "1 line" : row.detail().size() + " lines";
    }

    private String shortened(String source) {
        return source.length() <= columns.sourceLength()
                ? source
                : source.substring(0, columns.sourceLength() - 1) + "…";
    }

    private void level(LogRow.Level next, boolean head) {
        if (shownLevel != next) {
            LEVELS.forEach((own, pseudo) -> pseudoClassStateChanged(pseudo, own == next));
            shownLevel = next;
        }
        icons.forEach((own, icon) -> show(icon, own == next && head));
        if (line != null && line.row().kind() != LogRow.Kind.LINE) {
            icons.forEach((own, icon) -> show(icon, own == LogRow.Level.WARN));
        }
    }

    private void mark(LogLayout.Line shown, @Nullable Pattern find) {
        match.setWidth(0);
        if (find != null) {
            var matcher = find.matcher(shown.text());
            if (matcher.find()) {
                match.setX(messageLeft() + matcher.start() * columnWidth);
                match.setWidth((matcher.end() - matcher.start()) * columnWidth);
            }
        }
    }

    private double messageLeft() {
        return line != null && line.isDetail() ? columns.message() + 14 : columns.message();
    }

    private static void set(Text node, String text) {
        if (!node.getText().equals(text)) {
            node.setText(text);
        }
        show(node, !text.isEmpty());
    }

    private static void show(Node node, boolean visible) {
        if (node.isVisible() != visible) {
            node.setVisible(visible);
        }
    }

    @Override
    protected void layoutChildren() {
        boolean gap = hatch.isVisible();
        time.setX(columns.time());
        source.setX(columns.source());
        level.setX(columns.level() + 18);
        double right = getWidth() - 16;
        where.setX(right - where.getText().length() * columnWidth);
        more.setX(right - columns.where() - more.getText().length() * columnWidth);
        message.setX(gap ? columns.source() + 20 : messageLeft());
        for (var icon : icons.values()) {
            icon.relocate(gap ? columns.source() : columns.level(), 6);
        }
        chevron.relocate(columns.expand() - 4, 6);
        chevronOpen.relocate(columns.expand() - 4, 6);
        edge.resizeRelocate(columns.message(), 0, 2, HEIGHT);
        if (gap) {
            double from = columns.source() + 20 + message.getLayoutBounds().getWidth() + 12;
            hatchBefore.resizeRelocate(
                    columns.time(), 8, columns.source() - columns.time() - 12, 8);
            hatch.resizeRelocate(Math.min(from, right), 8, Math.max(0, right - from), 8);
        }
    }

    /// Whether `x` is on the sign that shows more of the row.
    boolean onChevron(double x) {
        return x >= columns.expand() - 8
                && x < columns.message()
                && (chevron.isVisible() || chevronOpen.isVisible());
    }
}
