package dev.slipway.ui.window;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Tone;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Asks whether the sandbox of this home is to be deleted and made anew.
final class Renewal {
    private final Desk desk;
    private final Path folder;

    Renewal(Desk desk, Path folder) {
        this.desk = desk;
        this.folder = folder;
    }

    /// `act` runs after a yes. While an operation runs in this world nothing is asked.
    void ask(Runnable act) {
        if (desk.model().operationPlaceProperty().get().isPresent()) {
            desk.dialogs()
                    .tell(
                            "A new world has to wait",
                            words(
                                    "An operation is running in this one. Pause it or let it end;"
                                            + " nothing was changed."));
            return;
        }
        var path = new Label(folder.toString());
        path.getStyleClass().addAll("mono", "inset", "command");
        path.setWrapText(true);
        var body =
                new VBox(
                        12,
                        words("This is deleted, and a fresh sandbox starts in its place:"),
                        path,
                        words(
                                "With it go its Git history, databases, Workers and DNS records. The"
                                        + " journals and logs of this home stay. Nothing outside of"
                                        + " this computer is touched."));
        desk.dialogs()
                .ask(
                        new Dialogs.Question(
                                "Delete this sandbox and start a new one?",
                                body,
                                "Delete and start new",
                                "Keep this sandbox",
                                Tone.DANGER,
                                null),
                        act);
    }

    private static Label words(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }
}
