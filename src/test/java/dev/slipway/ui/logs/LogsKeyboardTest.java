package dev.slipway.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.log.LogRow.Channel;
import dev.slipway.ui.kit.Fx;
import java.time.ZoneOffset;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The page of the log without a mouse.
class LogsKeyboardTest {
    @Test
    void rightTurnsToTheNextChannelAndShowsOnlyThat() throws Exception {
        var view = Fx.call(() -> new LogsView(DemoLog.log(), ZoneOffset.UTC, null));
        var scene = Fx.call(() -> new Scene(view.content(), 1104, 670));
        var stage = Fx.show(scene);
        Fx.run(() -> scene.lookup(".tab-toggle").requestFocus());

        Fx.press(scene, KeyCode.RIGHT);

        assertThat(view.controller().model().channelProperty().get())
                .isEqualTo(Optional.of(Channel.HEALTH));
        Fx.run(stage::hide);
    }
}
