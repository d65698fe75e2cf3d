package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a cell says when the pointer rests on it.
class HintTest {
    private Label cell;
    private Hint hint;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        cell = Fx.call(() -> new Label("22 min"));
        hint = Fx.call(() -> Hint.on(cell, "2026-11-21 14:05:00"));
        stage = Fx.show(Fx.call(() -> new HBox(cell)));
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(stage::hide);
    }

    @Test
    void itIsShownWhenThePointerRestsAndSaysWhatWasSaidLast() throws Exception {
        assertThat(shown()).isEmpty();

        point();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(shown()).containsExactly("2026-11-21 14:05:00"));

        Fx.run(() -> hint.setText("2026-11-21 14:06:00"));

        assertThat(shown()).containsExactly("2026-11-21 14:06:00");
    }

    @Test
    void whatWasSaidBeforeThePointerCameIsNotShown() throws Exception {
        Fx.run(() -> hint.setText("never seen"));
        Fx.run(() -> hint.setText("2026-11-21 14:07:00"));

        point();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(shown()).containsExactly("2026-11-21 14:07:00"));
    }

    private void point() throws Exception {
        Fx.run(() -> {
            mouse(MouseEvent.MOUSE_ENTERED);
            mouse(MouseEvent.MOUSE_MOVED);
        });
    }

    private void mouse(EventType<MouseEvent> type) {
        var at = cell.localToScreen(2, 2);
        Event.fireEvent(
                cell,
                new MouseEvent(
                        type,
                        2,
                        2,
                        at.getX(),
                        at.getY(),
                        MouseButton.NONE,
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        true,
                        null));
    }

    private static List<String> shown() throws Exception {
        return Fx.call(() ->
                Window.getWindows().stream()
                        .filter(Tooltip.class::isInstance)
                        .map(window -> ((Tooltip) window).getText())
                        .toList());
    }
}
