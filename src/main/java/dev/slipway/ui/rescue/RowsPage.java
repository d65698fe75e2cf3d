package dev.slipway.ui.rescue;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.rollback.LossTable;
import dev.slipway.ui.wizard.BusyRow;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The page "Lost rows": what a restore took away, which of it is to come back, and the way into files.
/// Its nodes stay, because something is typed there.
final class RowsPage {
    private static final Texts TEXTS = Texts.of(RowsPage.class);

    private final RescueModel model;
    private final ComboBox<String> backup = new ComboBox<>();
    private final Button again = new Button(TEXTS.get("rescue.count.again"), Icon.REFRESH.node());
    private final CheckBox delete = new CheckBox();
    private final LossTable table;
    private final RowsToFiles files;
    private final HBox head = Nodes.row("wizard-page-head");
    private final VBox found = new VBox(12);
    private final ScrollPane scroll;

    RowsPage(Desk desk, RescueModel model) {
        this.model = model;
        backup.setId("backup");
        backup.setAccessibleText(TEXTS.get("rescue.backup"));
        // The page is drawn anew by it, so the key is done first.
        backup.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, name) -> {
                    if (name != null) {
                        FxThread.later(() -> model.choose(name));
                    }
                });
        again.setId("count-again");
        again.setOnAction(_ -> model.checkAgain());
        delete.setId("delete-again");
        delete.selectedProperty().addListener((_, _, on) -> model.delete(on));
        table =
                new LossTable(
                        desk.zone(),
                        new LossTable.Words(
                                TEXTS.get("rescue.table.title"),
                                TEXTS.get("rescue.table.missing"),
                                TEXTS.get("rescue.table.changed"),
                                TEXTS.get("rescue.table.deleted"),
                                TEXTS.get("rescue.table.none")));
        files = new RowsToFiles(model);
        var name = label(TEXTS.get("rescue.backup"), "strong");
        name.setLabelFor(backup);
        var from = new HBox(12, name, backup, again);
        from.setAlignment(Pos.CENTER_LEFT);
        scroll = Nodes.scrolling(new VBox(12, from, found));
    }

    /// The page of `draft`.
    List<Node> of(RescueDraft draft) {
        var busy = !draft.busy().isEmpty();
        var known = draft.backups().orElse(draft.shown().stream().toList());
        if (!backup.getItems().equals(known)) {
            backup.getItems().setAll(known);
        }
        draft.shown().ifPresent(name -> backup.getSelectionModel().select(name));
        backup.setDisable(busy || known.size() < 2);
        again.setDisable(busy);
        var chip = new Chip(TEXTS.get("rescue.unchanged"), Icon.NOTHING_CHANGED, Tone.MUTED);
        chip.getStyleClass().add("strong");
        head.getChildren()
                .setAll(
                        label(TEXTS.get("rescue.rows"), "section-title"),
                        chip,
                        Nodes.gap(),
                        BusyRow.of(draft.busy()));
        draft.found()
                .ifPresentOrElse(
                        rescue -> found.getChildren().setAll(found(draft, rescue)),
                        () ->
                                found.getChildren()
                                        .setAll(Nodes.prose(TEXTS.get("rescue.what"), "muted")));
        return List.of(head, scroll);
    }

    private List<Node> found(RescueDraft draft, Rescue rescue) {
        var kept = rescue.kept();
        var said =
                Nodes.point(
                        Icon.ARCHIVE,
                        Tone.ACCENT,
                        TEXTS.get(
                                "rescue.kept",
                                kept.backup(),
                                kept.production(),
                                kept.point(),
                                rescue.loss().lost() + rescue.loss().changed()));
        said.setId("kept");
        table.show(
                rescue.loss(),
                List.of(),
                Optional.of(
                        new LossTable.Choice(
                                draft.options().tables(), draft::mayChoose, model::choose)));
        var back = rescue.loss().returning();
        delete.setText(TEXTS.get("rescue.delete", back));
        delete.setSelected(draft.options().deletions());
        delete.setVisible(back > 0);
        delete.setManaged(back > 0);
        return List.of(said, table, delete, files.of(draft));
    }
}
