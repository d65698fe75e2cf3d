package dev.slipway.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Level;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.kit.FxmlScreen;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogPaneTest {
    private final Log log = DemoLog.log();
    private LogPane pane;
    private Stage stage;
    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        pane = Fx.call(() -> new LogPane(log, ZoneOffset.UTC, 1_000));
        scene = Fx.call(() -> new Scene(pane, 900, 240));
        stage = Fx.show(scene);
        Fx.run(pane::requestFocus);
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(stage::hide);
    }

    private void more(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            log.line(Channel.HEALTH, "web", i % 10 == 9 ? Level.ERROR : Level.INFO, "more " + i);
        }
        Fx.pulse(scene);
        Fx.pulse(scene);
    }

    private String lastVisible() throws InterruptedException {
        return Fx.call(() ->
                pane.getChildrenUnmodifiable().stream()
                        .filter(LogLine.class::isInstance)
                        .map(LogLine.class::cast)
                        .filter(line -> line.line() != null)
                        .reduce((_, b) -> b)
                        .map(line -> line.line().row().text())
                        .orElse(""));
    }

    @Test
    void linesMadeForMoreRoomAreStyledBeforeTheyAreSeen() throws Exception {
        more(60);
        var fonts =
                Fx.call(() -> {
                    FxmlScreen.style(pane, LogsView.class, "logs.css");
                    scene.getRoot().applyCss();
                    pane.resize(900, 900);
                    pane.layout();
                    return pane.lookupAll(".message").stream()
                            .map(node -> ((javafx.scene.text.Text) node).getFont().getFamily())
                            .distinct()
                            .toList();
                });
        assertThat(fonts).contains("JetBrains Mono").doesNotContain("System");
    }

    @Test
    void itFollowsUntilARowIsSelectedAndCountsWhatCame() throws Exception {
        more(30);
        assertThat(lastVisible()).isEqualTo("more 29");

        Fx.press(scene, KeyCode.UP);
        var seen = lastVisible();
        more(28);

        assertThat(pane.followProperty().get()).isFalse();
        assertThat(pane.newBelowProperty().get()).isEqualTo(28);
        assertThat(lastVisible()).isEqualTo(seen);

        Fx.press(scene, KeyCode.END);
        assertThat(pane.followProperty().get()).isTrue();
        assertThat(pane.newBelowProperty().get()).isZero();
        assertThat(lastVisible()).isEqualTo("more 27");
    }

    @Test
    void rowsAreSelectedByKeysAndCopiedAsCleanText() throws Exception {
        more(3);
        Fx.press(scene, KeyCode.UP);
        Fx.press(scene, KeyCode.SHIFT, KeyCode.UP);

        assertThat(pane.selectedText().lines())
                .containsExactly(
                        "2026-11-21T14:02:27.000Z  web  INFO  more 1",
                        "2026-11-21T14:02:27.000Z  web  INFO  more 2");
    }

    @Test
    void findAndErrorsJumpAndSpeakTheRow() throws Exception {
        more(30);
        Fx.run(() -> pane.findProperty().set(Pattern.compile("cookie|verified_at")));

        assertThat(Fx.call(() -> pane.findNext(-1))).isTrue();
        assertThat(pane.selectedText()).contains("TypeError");
        assertThat(Fx.call(() -> pane.findNext(-1))).isTrue();
        assertThat(pane.selectedText()).contains("statement 3 of 4").contains("SQLSTATE 42703");
        assertThat(Fx.call(() -> pane.findNext(-1))).isFalse();
        assertThat(pane.getAccessibleText()).startsWith("ERROR, migration, rehearsal pr-485");

        assertThat(Fx.call(() -> pane.jump(1, row -> row.level() == Level.ERROR))).isTrue();
        assertThat(pane.selectedText()).contains("TypeError");
    }

    @Test
    void theRowsUnderThePointerStayWhenOlderOnesLeaveTheRing() throws Exception {
        more(990);
        Fx.press(scene, KeyCode.HOME);
        more(500);

        assertThat(pane.size()).isEqualTo(1_000);
        assertThat(pane.selectedText()).isEmpty();
        assertThat(lastVisible()).isNotEmpty();
    }
}
