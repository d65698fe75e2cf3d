package dev.slipway.ui.rehearsal;

import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.release.RehearsalResult;
import dev.slipway.ui.kit.Chip;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// The classes of a change, one chip each, the gravest first.
public final class Classes extends HBox {
    /// May be empty.
    public Classes(Collection<ChangeClass> classes) {
        super(4);
        setAlignment(Pos.CENTER_LEFT);
        classes.stream()
                .distinct()
                .sorted(RehearsalResult.GRAVEST_FIRST)
                .forEach(change -> {
                    var chip = new Chip(Figures.word(change), null, Figures.tone(change));
                    chip.getStyleClass().add("strong");
                    chip.setMinWidth(USE_PREF_SIZE);
                    chip.setTooltip(new Tooltip(Figures.meaning(change)));
                    getChildren().add(chip);
                });
    }

    /// For a sentence: `breaks, data`.
    public static String words(Collection<ChangeClass> classes) {
        return classes.stream()
                .distinct()
                .sorted(RehearsalResult.GRAVEST_FIRST)
                .map(change -> Figures.word(change).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
