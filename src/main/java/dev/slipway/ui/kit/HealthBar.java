package dev.slipway.ui.kit;

import java.util.List;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/// Health over time, one mark each: full ok, notched slow, a cross failed, hollow not checked. The
/// shapes differ, so colour is not needed to read it.
///
/// Drawn on one canvas, because a list of previews shows hundreds of marks. It can have the focus;
/// Left and Right move over the marks and speak them, and [#text()] says the whole in words.
public final class HealthBar extends Region {
    /// One mark.
    public enum Kind {
        OK("ok"),
        SLOW("slow"),
        FAILED("failed"),
        NOT_CHECKED("not checked");

        final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /// One look, or the worst of several when a mark stands for a minute.
    ///
    /// @param detail spoken and shown on hover, such as "13:41 auth 503, 3 of 3 tries"
    public record Mark(Kind kind, String detail) {}

    private static final StyleablePropertyFactory<HealthBar> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final CssMetaData<HealthBar, Paint> OK_FILL =
            FACTORY.createPaintCssMetaData("-slipway-ok", bar -> bar.okFill, Color.GREEN);
    private static final CssMetaData<HealthBar, Paint> SLOW_FILL =
            FACTORY.createPaintCssMetaData("-slipway-slow", bar -> bar.slowFill, Color.ORANGE);
    private static final CssMetaData<HealthBar, Paint> FAILED_FILL =
            FACTORY.createPaintCssMetaData("-slipway-failed", bar -> bar.failedFill, Color.RED);
    private static final CssMetaData<HealthBar, Paint> EMPTY_FILL =
            FACTORY.createPaintCssMetaData("-slipway-empty", bar -> bar.emptyFill, Color.GRAY);
    private static final CssMetaData<HealthBar, Paint> CURSOR_FILL =
            FACTORY.createPaintCssMetaData("-slipway-cursor", bar -> bar.cursorFill, Color.BLUE);

    private final StyleableProperty<Paint> okFill = paint(OK_FILL);
    private final StyleableProperty<Paint> slowFill = paint(SLOW_FILL);
    private final StyleableProperty<Paint> failedFill = paint(FAILED_FILL);
    private final StyleableProperty<Paint> emptyFill = paint(EMPTY_FILL);
    private final StyleableProperty<Paint> cursorFill = paint(CURSOR_FILL);

    private final ObjectProperty<List<Mark>> marks =
            new SimpleObjectProperty<>(this, "marks", List.of());
    private final IntegerProperty cursor = new SimpleIntegerProperty(this, "cursor", -1);
    private final Canvas canvas = new Canvas();
    private final Hint tip = Hint.on(this, "");
    private final double markWidth;
    private final double markHeight;
    private final double gap;
    private final boolean fills;

    private HealthBar(double markWidth, double markHeight, double gap, boolean fills) {
        this.markWidth = markWidth;
        this.markHeight = markHeight;
        this.gap = gap;
        this.fills = fills;
        getStyleClass().add("health-bar");
        getChildren().add(canvas);
        setMaxHeight(USE_PREF_SIZE);
        if (!fills) {
            setMaxWidth(USE_PREF_SIZE);
        }
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        marks.subscribe(_ -> {
            cursor.set(Math.min(cursor.get(), marks.get().size() - 1));
            speak();
            requestLayout();
        });
        cursor.subscribe(_ -> {
            speak();
            draw();
        });
        focusedProperty().subscribe(_ -> draw());
        addEventHandler(KeyEvent.KEY_PRESSED, this::keys);
        setOnMouseMoved(event -> hover(event.getX()));
    }

    /// Few marks of 4 x 12, as wide as they need; for a table cell, so Tab passes it by.
    public static HealthBar small() {
        return new HealthBar(4, 12, 3, false);
    }

    /// Marks of up to 10 x 16 spread over the width there is; Tab reaches it.
    public static HealthBar timeline() {
        var bar = new HealthBar(10, 16, 7, true);
        bar.setFocusTraversable(true);
        return bar;
    }

    /// The marks, oldest first.
    public ObjectProperty<List<Mark>> marksProperty() {
        return marks;
    }

    public void setMarks(List<Mark> value) {
        marks.set(List.copyOf(value));
    }

    public List<Mark> getMarks() {
        return marks.get();
    }

    /// The whole in words: "8 looks: 7 ok, 1 failed (13:41 auth 503)".
    public String text() {
        var all = marks.get();
        if (all.isEmpty()) {
            return "Health not checked";
        }
        var words = new StringBuilder(all.size() + " looks: ");
        var separator = "";
        for (var kind : Kind.values()) {
            var count = all.stream().filter(mark -> mark.kind() == kind).count();
            if (count > 0) {
                words.append(separator).append(count).append(' ').append(kind.word);
                separator = ", ";
            }
        }
        return words.toString();
    }

    private void speak() {
        int at = cursor.get();
        setAccessibleText(
                at < 0 || at >= marks.get().size() ? text() : spoken(marks.get().get(at)));
        tip.setText(getAccessibleText());
    }

    private static String spoken(Mark mark) {
        return mark.detail().isEmpty() ? mark.kind().word : mark.detail();
    }

    private void keys(KeyEvent event) {
        int last = marks.get().size() - 1;
        switch (event.getCode()) {
            case LEFT -> cursor.set(cursor.get() < 0 ? last : Math.max(0, cursor.get() - 1));
            case RIGHT -> cursor.set(Math.min(last, cursor.get() + 1));
            case HOME -> cursor.set(Math.min(0, last));
            case END -> cursor.set(last);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void hover(double x) {
        int at = (int) (x / pitch());
        if (at >= 0 && at < marks.get().size()) {
            tip.setText(spoken(marks.get().get(at)));
        }
    }

    private double pitch() {
        int count = marks.get().size();
        return fills && count > 1 ? (getWidth() - markWidth) / (count - 1) : markWidth + gap;
    }

    @Override
    protected double computePrefWidth(double height) {
        return marks.get().size() * (markWidth + gap);
    }

    @Override
    protected double computeMinWidth(double height) {
        return fills ? marks.get().size() * 5.0 : computePrefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return markHeight + 2;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.ceil(getWidth()));
        canvas.setHeight(markHeight + 2);
        draw();
    }

    private void draw() {
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        var all = marks.get();
        double pitch = pitch();
        double width = Math.min(markWidth, Math.max(3, pitch - 2));
        for (int i = 0; i < all.size(); i++) {
            double x = Math.round(i * pitch);
            mark(all.get(i).kind(), x, width);
            if (i == cursor.get() && isFocused()) {
                g.setFill(cursorFill.getValue());
                g.fillRect(x - 1, markHeight + 1, width + 2, 1);
                g.fillRect(x - 1, 0, width + 2, 1);
            }
        }
    }

    private void mark(Kind kind, double x, double width) {
        var g = canvas.getGraphicsContext2D();
        double top = 1;
        switch (kind) {
            case OK -> {
                g.setFill(okFill.getValue());
                g.fillRect(x, top, width, markHeight);
            }
            case SLOW -> {
                g.setFill(slowFill.getValue());
                g.fillRect(x, top, width, 3);
                g.fillRect(x, top + 5, width, markHeight - 5);
                g.clearRect(x + Math.max(1, width / 4), top + 7, width / 2, 2);
            }
            case FAILED -> {
                g.setStroke(failedFill.getValue());
                g.setLineWidth(2);
                g.strokeLine(x + 0.5, top + 1, x + width - 0.5, top + markHeight - 1);
                g.strokeLine(x + width - 0.5, top + 1, x + 0.5, top + markHeight - 1);
            }
            case NOT_CHECKED -> {
                g.setStroke(emptyFill.getValue());
                g.setLineWidth(1);
                g.strokeRect(x + 0.5, top + 0.5, width - 1, markHeight - 1);
            }
        }
    }

    private StyleableProperty<Paint> paint(CssMetaData<HealthBar, Paint> metaData) {
        return new javafx.css.SimpleStyleableObjectProperty<>(
                metaData, this, metaData.getProperty(), metaData.getInitialValue(this)) {
            @Override
            protected void invalidated() {
                get();
                draw();
            }
        };
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
