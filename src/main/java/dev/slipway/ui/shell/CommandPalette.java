package dev.slipway.ui.shell;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One field that finds every view and command. A command that cannot run now says why. Nothing
/// that writes runs from here; such commands open their page.
final class CommandPalette {
    /// @param where the group people look in: View, Here, Window
    /// @param unavailable why it cannot run now
    record Command(
            Icon icon,
            String name,
            String where,
            String keys,
            Optional<String> unavailable,
            Runnable run) {
        /// Whether the letters of `wanted` occur in the name, in order; typing fewer is enough.
        boolean fits(String wanted) {
            var name = name().toLowerCase(Locale.ROOT);
            int at = 0;
            for (char letter : wanted.toLowerCase(Locale.ROOT).toCharArray()) {
                at = letter == ' ' ? at : name.indexOf(letter, at) + 1;
                if (at == 0 && letter != ' ') {
                    return false;
                }
            }
            return true;
        }
    }

    private CommandPalette() {}

    static void open(Dialogs dialogs, List<Command> commands) {
        var field = new TextField();
        field.setPromptText("Search or run a command");
        field.setAccessibleText("Search or run a command");
        var list = new ListView<Command>();
        list.getItems().setAll(commands);
        list.setFixedCellSize(32);
        list.setPrefHeight(320);
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new Row());
        list.getSelectionModel().selectFirst();
        field.textProperty()
                .subscribe(text -> {
                    list.getItems().setAll(commands.stream().filter(c -> c.fits(text)).toList());
                    list.getSelectionModel().selectFirst();
                });
        var box = new VBox(8, field, list);
        var close = dialogs.show("Commands", box, field);
        Runnable run =
                () -> {
                    var chosen = list.getSelectionModel().getSelectedItem();
                    if (chosen != null && chosen.unavailable().isEmpty()) {
                        close.run();
                        chosen.run().run();
                    }
                };
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    var model = list.getSelectionModel();
                    if (event.getCode() == KeyCode.DOWN) {
                        model.selectNext();
                        event.consume();
                    } else if (event.getCode() == KeyCode.UP) {
                        model.selectPrevious();
                        event.consume();
                    } else if (event.getCode() == KeyCode.ENTER) {
                        run.run();
                        event.consume();
                    }
                });
        list.setOnMouseClicked(_ -> run.run());
    }

    private static final class Row extends ListCell<Command> {
        @Override
        protected void updateItem(@Nullable Command command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            var name = new Label(command.name());
            var where = new Label(command.unavailable().orElse(command.where()));
            where.getStyleClass().addAll("caption", "muted");
            var row = new HBox(8, command.icon().node(), name, where, gap());
            row.getStyleClass().add("palette-row");
            if (!command.keys().isEmpty()) {
                row.getChildren().add(new KeyHint(command.keys()));
            }
            setGraphic(row);
            setAccessibleText(
                    command.name()
                            + command.unavailable().map(why -> ", not now: " + why).orElse(""));
        }
    }
}
