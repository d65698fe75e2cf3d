package dev.slipway.ui.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javafx.scene.layout.Region;

/// Short marks beside the scroll bar where errors are. At most as many as can be told apart.
final class ErrorTicks extends Region {
    private static final int REMEMBERED = 1_000;
    private static final double LEAST_DISTANCE = 4;

    private final Deque<Long> errors = new ArrayDeque<>();
    private final List<Region> pool = new ArrayList<>();

    ErrorTicks() {
        setMouseTransparent(true);
        setManaged(false);
    }

    /// The row with this number is an error.
    void add(long number) {
        errors.addLast(number);
        if (errors.size() > REMEMBERED) {
            errors.removeFirst();
        }
    }

    /// Draws the marks of the errors still in `model` over `height`.
    void draw(LogModel model, double height) {
        errors.removeIf(number -> number < model.first());
        int used = 0;
        double last = -LEAST_DISTANCE;
        for (long number : errors) {
            int index = model.indexOf(number);
            if (index >= model.size() || model.number(index) != number) {
                continue;
            }
            double y = Math.floor(height * index / model.size());
            if (y - last >= LEAST_DISTANCE) {
                tick(used++).resizeRelocate(0, y, 8, 2);
                last = y;
            }
        }
        for (int i = used; i < pool.size(); i++) {
            pool.get(i).setVisible(false);
        }
    }

    private Region tick(int index) {
        if (index == pool.size()) {
            var tick = new Region();
            tick.getStyleClass().add("error-tick");
            tick.setManaged(false);
            pool.add(tick);
            getChildren().add(tick);
        }
        pool.get(index).setVisible(true);
        return pool.get(index);
    }
}
