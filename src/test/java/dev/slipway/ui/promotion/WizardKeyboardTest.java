package dev.slipway.ui.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ui.desk.NoPreviews;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Shell;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wizard in a window, by keys alone.
class WizardKeyboardTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(DemoReleases.NOW);
    private final TestDesk test =
            new TestDesk(new NoPreviews(), now::get, new Place.Promotion("482"));
    private DemoReleases releases;
    private Scene scene;
    private Stage stage;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        releases = new DemoReleases(folder, now::get);
        scene =
                Fx.call(() -> {
                    var own = new Releases(test.desk, releases, test.wayBack());
                    var views =
                            new Views()
                                    .each(
                                            Place.Promotion.class,
                                            place -> new PromotionView(own, place))
                                    .each(
                                            Place.Operation.class,
                                            place -> new OperationView(own, place));
                    var shell =
                            new Shell(
                                    new Shell.Parts(
                                            test.desk.model(),
                                            test.navigator,
                                            views,
                                            new Armed(),
                                            now::get,
                                            ZoneOffset.UTC,
                                            null));
                    test.desk.in(shell);
                    return shell.scene();
                });
        stage = Fx.show(scene);
    }

    private static final class Armed implements dev.slipway.ui.shell.Arming {
        @Override
        public void arm(String reason) {}

        @Override
        public void disarm() {}
    }

    @AfterEach
    void close() throws Exception {
        Fx.run(stage::hide);
        releases.close();
    }

    @Test
    void aPromotionIsPreparedConfirmedAndWatchedWithoutAMouse() throws Exception {
        arm();
        for (int i = 0; i < 4; i++) {
            Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        }
        assertThat(scene.lookup(".confirm")).isNotNull();
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(scene.getFocusOwner()).isInstanceOf(TextField.class);

        type("promote r42");
        assertThat(scene.lookup("#promote").isDisabled()).isTrue();
        now.updateAndGet(at -> at.plus(Duration.ofSeconds(3)));
        Fx.pulse(scene);
        Fx.pulse(scene);
        assertThat(scene.lookup("#promote").isDisabled()).isFalse();

        Fx.press(scene, KeyCode.ENTER);
        assertThat(releases.started).isEmpty();
        for (int i = 0; i < 10 && !"promote".equals(scene.getFocusOwner().getId()); i++) {
            Fx.press(scene, KeyCode.TAB);
        }
        assertThat(scene.getFocusOwner().getId()).isEqualTo("promote");
        Fx.press(scene, KeyCode.ENTER);
        assertThat(releases.started).isEmpty();

        Fx.press(scene, KeyCode.SPACE);

        assertThat(releases.started).containsExactly("promote r42 because release r42");
        assertThat(test.navigator.place()).isEqualTo(new Place.Operation("0123456789ab"));
    }

    @Test
    void altAndANumberShowAFinishedPageAgain() throws Exception {
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(scene.lookup(".plan-table")).isNotNull();

        Fx.press(scene, KeyCode.ALT, KeyCode.DIGIT2);

        assertThat(scene.lookup(".preflight")).isNotNull();
    }

    @Test
    void notArmedTheButtonOnlyAsksToArm() throws Exception {
        for (int i = 0; i < 4; i++) {
            Fx.press(scene, KeyCode.CONTROL, KeyCode.ENTER);
        }
        Fx.run(() -> scene.lookup("#promote").requestFocus());

        Fx.press(scene, KeyCode.SPACE);

        assertThat(scene.lookup(".dialog-box").getAccessibleText())
                .isEqualTo("Arm releases for 30 minutes?");
        assertThat(releases.started).isEmpty();
    }

    private void arm() throws InterruptedException {
        var armed = test.arming().arm("kim", "release r42");
        Fx.run(() ->
                test.desk
                        .model()
                        .armedProperty()
                        .set(
                                Optional.of(
                                        new ShellModel.Armed(
                                                armed.until(), "kim", armed.reason()))));
    }

    private void type(String text) throws InterruptedException {
        for (char letter : text.toUpperCase(java.util.Locale.ROOT).toCharArray()) {
            Fx.press(
                    scene,
                    letter == ' ' ? KeyCode.SPACE : KeyCode.getKeyCode(String.valueOf(letter)));
        }
    }
}
