package dev.slipway.ui.rescue;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/// The way of lost rows into files: the folder, and what was written there.
final class RowsToFiles {
    private static final Texts TEXTS = Texts.of(RowsToFiles.class);

    private final TextField folder = new TextField();
    private final Button browse = new Button(TEXTS.get("rescue.folder.choose"));
    private final Button write = new Button(TEXTS.get("rescue.export"), Icon.SAVE.node());
    private final VBox written = new VBox(4);
    private final VBox all;

    RowsToFiles(RescueModel model) {
        folder.setId("folder");
        folder.setPromptText(TEXTS.get("rescue.folder.example"));
        folder.setAccessibleText(TEXTS.get("rescue.folder"));
        folder.textProperty().addListener((_, _, typed) -> model.folder(typed));
        // Enter writes files: production is not even read by that.
        folder.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
                        event.consume();
                        model.export();
                    }
                });
        HBox.setHgrow(folder, Priority.ALWAYS);
        browse.setOnAction(_ -> browse());
        browse.setMinWidth(Button.USE_PREF_SIZE);
        write.setId("export");
        write.setOnAction(_ -> model.export());
        write.setMinWidth(Button.USE_PREF_SIZE);
        var name = label(TEXTS.get("rescue.folder"), "strong");
        name.setLabelFor(folder);
        name.setMinWidth(javafx.scene.control.Label.USE_PREF_SIZE);
        var row = new HBox(8, name, folder, browse, write);
        row.setAlignment(Pos.CENTER_LEFT);
        all =
                new VBox(
                        8,
                        label(TEXTS.get("rescue.files"), "card-title"),
                        row,
                        Nodes.prose(TEXTS.get("rescue.files.what"), "caption", "muted"),
                        written);
    }

    private void browse() {
        var chooser = new DirectoryChooser();
        chooser.setTitle(TEXTS.get("rescue.folder"));
        Optional.<File>ofNullable(chooser.showDialog(folder.getScene().getWindow()))
                .ifPresent(chosen -> folder.setText(chosen.getAbsolutePath()));
    }

    Node of(RescueDraft draft) {
        if (!folder.getText().equals(draft.folder())) {
            folder.setText(draft.folder());
        }
        var busy = !draft.busy().isEmpty();
        folder.setDisable(busy);
        browse.setDisable(busy);
        write.setDisable(!draft.canExport());
        written.getChildren().clear();
        draft.exported().ifPresent(this::written);
        return all;
    }

    private void written(List<Exported> tables) {
        if (tables.isEmpty()) {
            written.getChildren()
                    .add(
                            Nodes.point(
                                    Icon.NOTHING_CHANGED,
                                    Tone.MUTED,
                                    TEXTS.get("rescue.export.none")));
            return;
        }
        var copy = new Button("Copy as text", Icon.COPY.node());
        copy.getStyleClass().add("small");
        copy.setId("copy-files");
        copy.setOnAction(_ ->
                Copyable.toClipboard(
                        tables.stream()
                                .map(RowsToFiles::sentence)
                                .collect(Collectors.joining("\n"))));
        written.getChildren()
                .add(
                        Nodes.row(
                                "wizard-page-head",
                                label(TEXTS.get("rescue.export.done"), "strong"),
                                Nodes.gap(),
                                copy));
        for (var table : tables) {
            var point =
                    Nodes.point(
                            table.skipped().isPresent() ? Icon.SKIPPED : Icon.OK,
                            table.skipped().isPresent() ? Tone.MUTED : Tone.SUCCESS,
                            sentence(table));
            written.getChildren().add(Nodes.spoken(point, () -> sentence(table)));
        }
    }

    /// `orders: 37 rows in /lost/orders.sql and /lost/orders.csv`.
    static String sentence(Exported table) {
        return table.skipped()
                .map(why -> TEXTS.get("rescue.export.skipped", table.table(), why))
                .orElseGet(() ->
                        TEXTS.get(
                                "rescue.export.rows",
                                table.table(),
                                table.rows(),
                                table.files().stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(" and "))));
    }
}
