package dev.slipway.ui.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Fx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;

class ElsewhereNoticeTest {
    private final TestDesk desk = new TestDesk(new NoPreviews());

    private Banner shown(LockStatus.State state, Duration silent) {
        desk.desk.model().elsewhereProperty().set(Optional.of(status(state, silent)));
        return new ElsewhereNotice(desk.desk, () -> {}).banner().orElseThrow();
    }

    private static List<String> verbs(Banner banner) {
        return banner.getChildren().stream()
                .filter(Button.class::isInstance)
                .map(node -> ((Button) node).getText())
                .toList();
    }

    @Test
    void whoIsAliveCanBeLookedAtAndAsked() throws Exception {
        Fx.run(() -> {
            var banner = shown(LockStatus.State.OTHER, Duration.ofSeconds(12));

            assertThat(verbs(banner)).containsExactly("Look at it", "Ask to pause");
            assertThat(banner.getAccessibleText())
                    .contains(
                            "ana on laptop-3 is changing production.",
                            "Promotion of r42, step 7 of 12 (Watch 10 % of the traffic)",
                            "nothing is sent from here");
        });
    }

    @Test
    void whoIsSilentCanBeTakenOverByWhoeverArmed() throws Exception {
        Fx.run(() -> {
            var banner = shown(LockStatus.State.EXPIRED, Duration.ofMinutes(14));

            assertThat(verbs(banner)).containsExactly("Take over\u2026");
            assertThat(banner.getAccessibleText())
                    .contains("is silent", "expired: it is not free, and you can take it over");
            banner.getChildren().stream()
                    .filter(Button.class::isInstance)
                    .forEach(node -> ((Button) node).fire());
        });

        assertThat(desk.writes).as("not armed").isEmpty();
    }

    @Test
    void nothingIsSaidWhileNothingRunsElsewhere() throws Exception {
        Fx.run(() -> assertThat(new ElsewhereNotice(desk.desk, () -> {}).banner()).isEmpty());
    }

    private static LockStatus status(LockStatus.State state, Duration silent) {
        return new LockStatus(
                state,
                Optional.of(
                        new LockRecord(
                                true,
                                "production",
                                "0123456789ab",
                                "",
                                "promotion",
                                "r42",
                                7,
                                "ana",
                                "laptop-3",
                                "",
                                Duration.ofMinutes(10),
                                7,
                                12,
                                "Watch 10 % of the traffic",
                                true,
                                "",
                                Optional.of(42),
                                0,
                                Optional.empty(),
                                Optional.empty())),
                Optional.of(TestDesk.NOW.minus(silent)),
                TestDesk.NOW,
                Duration.ofMinutes(10));
    }
}
