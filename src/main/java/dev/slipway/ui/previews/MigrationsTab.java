package dev.slipway.ui.previews;

import static dev.slipway.ui.previews.DrawerRows.heading;
import static dev.slipway.ui.previews.DrawerRows.note;
import static dev.slipway.ui.previews.DrawerRows.resource;

import dev.slipway.preview.Preview;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

/// What production has not run, and what stands in the way.
final class MigrationsTab implements DrawerTab {
    @Override
    public List<Node> of(Preview preview) {
        var all = new ArrayList<Node>();
        if (!preview.database().troubles().isEmpty()) {
            all.add(heading("What stands in the way"));
            for (var trouble : preview.database().troubles()) {
                var row = new HBox(8, Icon.ATTENTION.node(Tone.WARNING), note(trouble));
                row.getStyleClass().addAll("fact", "row-line");
                all.add(row);
            }
        }
        var pending = preview.database().pending().orElse(List.of());
        if (!pending.isEmpty()) {
            all.add(heading("Production has not run"));
            for (var tag : pending) {
                all.add(resource(Icon.DATABASE, "Migration", tag, null));
            }
            all.add(note("What they do is read and judged in the wizard, before anything runs."));
        }
        return all;
    }
}
