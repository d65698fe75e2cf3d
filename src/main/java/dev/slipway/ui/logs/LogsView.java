package dev.slipway.ui.logs;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// The page "Logs".
public final class LogsView implements View {
    private final LogsController controller;
    private final Parent content;

    /// @param saving takes the lines shown when the person wants to keep them, such as a file
    ///     chooser; null leaves the button out
    public LogsView(Log log, ZoneId zone, @Nullable Consumer<List<String>> saving) {
        controller = new LogsController(log, zone, saving);
        content = FxmlScreen.load(controller);
    }

    /// The bare list for the bottom panel, with a place of its own in the log.
    public static Node panel(Log log, ZoneId zone) {
        var pane = new LogPane(log, zone, Log.CAPACITY);
        FxmlScreen.style(pane, LogsView.class, "logs.css");
        return pane;
    }

    /// A list of the rows of one operation, such as the log of a running step, 20 rows high by
    /// itself.
    public static Node ofOperation(Log log, ZoneId zone, String operation) {
        var pane = new LogPane(log, zone, Log.CAPACITY);
        pane.filter(row -> row.operation().filter(operation::equals).isPresent());
        // There is little room beside the steps, and no line may be cut there.
        pane.wrapProperty().set(true);
        FxmlScreen.style(pane, LogsView.class, "logs.css");
        return pane;
    }

    @Override
    public Parent content() {
        return content;
    }

    @Override
    public void show(Place place) {
        if (place instanceof Place.Logs(var kind, var operation)) {
            controller.show(
                    Arrays.stream(LogRow.Channel.values())
                            .filter(channel -> channel.key().equals(kind))
                            .findFirst(),
                    operation);
        }
    }

    @Override
    public Optional<Node> entry() {
        return Optional.of(controller.pane());
    }

    @Override
    public List<Shortcut> shortcuts() {
        return controller.shortcuts();
    }

    LogsController controller() {
        return controller;
    }
}
