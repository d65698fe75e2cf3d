package dev.slipway.ui.shell;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.ui.kit.CountBadge;
import dev.slipway.ui.kit.Tone;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.collections.MapChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The entries at the left. One stop for Tab; Up and Down walk, Enter or Space goes.
final class Sidebar extends VBox {
    private static final PseudoClass COLLAPSED = PseudoClass.getPseudoClass("collapsed");

    private final Map<Section, ToggleButton> entries = new EnumMap<>(Section.class);
    private final Navigator navigator;
    private boolean collapsed;

    Sidebar(ShellModel model, Navigator navigator, Views views) {
        this.navigator = navigator;
        getStyleClass().add("sidebar");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Views");
        var group = "";
        for (var section : Section.values()) {
            if (views.has(section) && section.foot()) {
                var gap = new Region();
                VBox.setVgrow(gap, Priority.ALWAYS);
                var line = new Region();
                line.getStyleClass().add("foot-line");
                getChildren().addAll(gap, line, entry(section, model));
            } else if (views.has(section)) {
                if (!section.group.equals(group)) {
                    group = section.group;
                    var heading = new Label(group.toUpperCase(java.util.Locale.ROOT));
                    heading.getStyleClass().add("group");
                    getChildren().add(heading);
                }
                getChildren().add(entry(section, model));
            }
        }
        navigator.placeProperty().subscribe(this::light);
        addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    /// Shows icons only, or icons and names.
    void toggleCollapsed() {
        collapsed = !collapsed;
        pseudoClassStateChanged(COLLAPSED, collapsed);
        Stream.concat(lookupAll(".group").stream(), lookupAll(".entry-name").stream())
                .forEach(node -> {
                    node.setVisible(!collapsed);
                    node.setManaged(!collapsed);
                });
    }

    private ToggleButton entry(Section section, ShellModel model) {
        var name = new Label(section.title);
        name.getStyleClass().add("entry-name");
        var badge = new CountBadge();
        if (section == Section.OPERATIONS) {
            badge.in(Tone.ACCENT);
        }
        var row = new HBox(8, section.icon.node(), name, gap(), badge);
        row.getStyleClass().add("entry-row");
        var button = new ToggleButton();
        button.getStyleClass().setAll("entry");
        button.setGraphic(row);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleRole(AccessibleRole.LIST_ITEM);
        button.setTooltip(
                new Tooltip(
                        "%s  %s, G then %s"
                                .formatted(section.title, section.shownKeys(), section.letter)));
        button.setOnAction(_ -> {
            navigator.go(section.home());
            light(navigator.place());
        });
        Runnable count =
                () -> {
                    int number = model.counts().getOrDefault(section, 0);
                    badge.countProperty().set(number);
                    button.setAccessibleText(
                            section.title + (number > 0 ? ", " + number + " need you" : ""));
                };
        model.counts().addListener((MapChangeListener<Section, Integer>) _ -> count.run());
        count.run();
        entries.put(section, button);
        return button;
    }

    private void light(Place place) {
        var section = place.section();
        entries.forEach((own, button) -> {
            button.setSelected(own == section && !(place instanceof Place.Welcome));
            button.setFocusTraversable(own == section);
        });
    }

    private void keys(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        var all = List.copyOf(entries.values());
        for (int i = 0; step != 0 && i < all.size(); i++) {
            if (all.get(i).isFocused()) {
                all.get(Math.clamp(i + step, 0, all.size() - 1)).requestFocus();
                event.consume();
                return;
            }
        }
    }
}
