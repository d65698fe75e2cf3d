package dev.slipway.ui.previews;

import dev.slipway.preview.Preview;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import java.net.URI;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Where a preview answers, and the way there.
final class PreviewLinks {
    private PreviewLinks() {}

    /// The address of its first hostname.
    static Optional<String> url(Preview preview) {
        return preview.names().stream().findFirst().map(name -> "https://" + name.name());
    }

    /// Shows it in the browser. The names of a sandbox lead nowhere outside of it, so there it says
    /// how to ask.
    static void open(Desk desk, Preview preview) {
        var name = preview.names().stream().findFirst().map(Preview.Name::name);
        if (name.isEmpty()) {
            desk.dialogs()
                    .tell(
                            "Where does #" + preview.number().value() + " answer?",
                            new Label("Its stack gives previews no hostname."));
            return;
        }
        if (!desk.isOpen()) {
            desk.dialogs()
                    .tell(
                            "Where does " + name.get() + " answer?",
                            new Label("This is known as soon as the world is open."));
            return;
        }
        var edge = desk.services().world().edge();
        if (edge.isEmpty()) {
            desk.browse(URI.create("https://" + name.get()));
            return;
        }
        var command = "curl -H 'Host: " + name.get() + "' " + edge.get().resolve("/health");
        var words =
                new Label(
                        "This hostname exists in the sandbox only, where no browser looks it up."
                                + " Ask the preview from a terminal:");
        words.setWrapText(true);
        var shown = new Label(command);
        shown.getStyleClass().addAll("mono", "inset", "command");
        shown.setWrapText(true);
        var copy = new Button("Copy command", Icon.COPY.node());
        copy.setOnAction(_ -> Copyable.toClipboard(command));
        desk.dialogs().tell("Open " + name.get() + "?", new VBox(12, words, shown, copy));
    }
}
