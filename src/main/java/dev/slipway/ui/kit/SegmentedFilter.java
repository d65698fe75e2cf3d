package dev.slipway.ui.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// A choice of one among few, each with a count: `All 12 | Ready 3 | Attention 2`. One stop for
/// Tab; the arrow keys choose.
public final class SegmentedFilter<T> extends HBox {
    /// One choice.
    ///
    /// @param count shown beside the word; negative shows none
    public record Choice<T>(T value, String word, int count) {}

    private final ObjectProperty<@Nullable T> selected =
            new SimpleObjectProperty<>(this, "selected");
    private final Map<T, ToggleButton> buttons = new LinkedHashMap<>();

    private final String style;
    private final AccessibleRole role;

    public SegmentedFilter() {
        this("segmented", "segment", AccessibleRole.PARENT, AccessibleRole.RADIO_BUTTON);
    }

    private SegmentedFilter(String row, String each, AccessibleRole ofRow, AccessibleRole ofEach) {
        style = each;
        role = ofEach;
        getStyleClass().add(row);
        setAccessibleRole(ofRow);
        selected.subscribe(this::mark);
        addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    /// The same with the look of tabs, which show something else each.
    public static <T> SegmentedFilter<T> tabs() {
        return new SegmentedFilter<>(
                "tabs", "tab-toggle", AccessibleRole.TAB_PANE, AccessibleRole.TAB_ITEM);
    }

    /// Shows `choices` and keeps the selection when it is still among them, else selects the first.
    public void setChoices(List<Choice<T>> choices) {
        if (!buttons.keySet().stream()
                .toList()
                .equals(choices.stream().map(Choice::value).toList())) {
            buttons.clear();
            for (var choice : choices) {
                buttons.put(choice.value(), button(choice.value()));
            }
            getChildren().setAll(buttons.values());
        }
        for (int i = 0; i < choices.size(); i++) {
            var choice = choices.get(i);
            var button = buttons.get(choice.value());
            if (button == null) {
                continue;
            }
            button.setText(choice.word());
            var count = new Label(choice.count() < 0 ? "" : "%,d".formatted(choice.count()));
            count.getStyleClass().add("segment-count");
            button.setGraphic(choice.count() < 0 ? null : count);
            button.setAccessibleText(
                    choice.word() + (choice.count() < 0 ? "" : " " + choice.count()));
            button.getStyleClass().removeAll("first", "last");
            if (i == 0) {
                button.getStyleClass().add("first");
            }
            if (i == choices.size() - 1) {
                button.getStyleClass().add("last");
            }
        }
        var now = selected.get();
        if ((now == null || !buttons.containsKey(now)) && !choices.isEmpty()) {
            selected.set(choices.getFirst().value());
        } else {
            mark();
        }
    }

    /// What is chosen; null only before there are choices.
    public ObjectProperty<@Nullable T> selectedProperty() {
        return selected;
    }

    private ToggleButton button(T value) {
        var button = new ToggleButton();
        button.getStyleClass().add(style);
        button.setAccessibleRole(role);
        // A second press must not leave nothing chosen.
        button.setOnAction(_ -> {
            selected.set(value);
            mark();
        });
        return button;
    }

    private void mark() {
        buttons.forEach((value, button) -> {
            var chosen = value.equals(selected.get());
            button.setSelected(chosen);
            button.setFocusTraversable(chosen);
        });
    }

    private void arrows(KeyEvent event) {
        int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        var values = List.copyOf(buttons.keySet());
        if (step == 0 || values.isEmpty()) {
            return;
        }
        var now = selected.get();
        int next = Math.clamp((now == null ? 0 : values.indexOf(now)) + step, 0, values.size() - 1);
        selected.set(values.get(next));
        var button = buttons.get(values.get(next));
        if (button != null) {
            button.requestFocus();
        }
        event.consume();
    }
}
