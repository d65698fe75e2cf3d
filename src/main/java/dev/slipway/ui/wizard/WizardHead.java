package dev.slipway.ui.wizard;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// The head of a wizard: what it is about and where, who holds production, when it was kept, and
/// the way out.
public final class WizardHead {
    private static final double ROOM = 800;

    private final Desk desk;
    private final HBox box;
    private final Label lock = Nodes.label("", "muted");

    /// @param box what it fills
    public WizardHead(Desk desk, HBox box) {
        this.desk = desk;
        this.box = box;
        desk.model()
                .lockProperty()
                .subscribe(held -> {
                    lock.setText("Lock: " + held.brief());
                    lock.setTooltip(new Tooltip("Lock: " + held.sentence()));
                    lock.setGraphic((held.free() ? Icon.UNLOCK : Icon.LOCK).node());
                });
        lock.getStyleClass().add("point");
        lock.setMaxWidth(300);
    }

    /// Shows what the wizard is about and the ways out of it.
    ///
    /// @param title what the wizard is about
    /// @param saved when what is shown was kept; empty when nothing was
    /// @param out the ways out, left to right
    public void show(String title, String savedWord, Optional<Instant> saved, List<Button> out) {
        var heading = Nodes.label(title, "page-title");
        heading.setGraphic(Icon.PRODUCTION.node(20));
        heading.getStyleClass().addAll("wizard-title", "tone-production");
        heading.setMinWidth(Label.USE_PREF_SIZE);
        var where =
                Nodes.label(
                        desk.model().repositoryProperty().get()
                                + " / "
                                + desk.model().zoneProperty().get(),
                        "muted");
        var nodes =
                new ArrayList<Node>(List.of(heading, whereThereIsRoom(where), Nodes.gap(), lock));
        saved.ifPresent(at -> {
            var word = Nodes.label(savedWord, "muted", "point");
            word.setGraphic(Icon.CHECK.node());
            word.setMinWidth(Label.USE_PREF_SIZE);
            var time = Nodes.label(Times.clock(at, desk.zone()), "mono", "muted");
            time.setMinWidth(Label.USE_PREF_SIZE);
            time.setTooltip(new Tooltip(Times.full(at, desk.zone())));
            nodes.add(whereThereIsRoom(new HBox(8, word, time)));
            Tone.MUTED.on(word);
        });
        for (var button : out) {
            button.setMinWidth(Button.USE_PREF_SIZE);
            nodes.add(button);
        }
        box.getChildren().setAll(nodes);
    }

    /// Leaves `part` out while a drawer takes the room.
    private <T extends Node> T whereThereIsRoom(T part) {
        var room = box.widthProperty().greaterThan(ROOM);
        part.visibleProperty().bind(room);
        part.managedProperty().bind(room);
        return part;
    }
}
