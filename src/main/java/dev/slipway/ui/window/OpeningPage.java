package dev.slipway.ui.window;

import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Tone;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;

/// What the window shows until its world is open, or why it cannot be opened.
final class OpeningPage extends VBox {
    private final Label title = new Label("Slipway");
    private final Label words = new Label("Opening\u2026");
    private final ProgressBar progress = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);

    OpeningPage() {
        getStyleClass().add("opening");
        FxmlScreen.style(this, OpeningPage.class, "window.css");
        title.getStyleClass().add("hero");
        words.getStyleClass().add("muted");
        words.setWrapText(true);
        words.setMaxWidth(720);
        words.setMinHeight(USE_PREF_SIZE);
        words.setAccessibleRole(AccessibleRole.TEXT);
        var icon = Icon.OPERATIONS.node(24);
        Tone.ACCENT.on(icon);
        getChildren().addAll(icon, title, progress, words);
    }

    /// Says what is being done.
    void say(String text) {
        words.setText(text);
    }

    /// Says why there is nothing to show.
    void failed(String text, Runnable end) {
        title.setText("Slipway cannot open this world");
        words.setText(text);
        var close = new Button("Close Slipway");
        close.setDefaultButton(true);
        close.setOnAction(_ -> end.run());
        getChildren().remove(progress);
        getChildren().add(close);
        close.requestFocus();
    }
}
