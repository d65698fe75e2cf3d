package dev.slipway.ui.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ui.kit.Status;
import dev.slipway.ui.shell.ShellModel.Notice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Problems problems = new Problems();

    @Test
    void aProblemKeepsTheMomentItWasFirstToldAndGoesWithItsSource() {
        assertThat(problems.tell("neon", List.of(silent()), NOON)).isTrue();
        assertThat(problems.tell("neon", List.of(silent()), NOON.plusSeconds(40))).isFalse();
        assertThat(problems.all()).extracting(Notice::at).containsExactly(NOON);

        assertThat(problems.tell("neon", List.of(), NOON.plusSeconds(60))).isTrue();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void theNewestStandsFirstAndSourcesDoNotTouchEachOther() {
        problems.tell("neon", List.of(silent()), NOON);
        problems.tell(
                "stack",
                List.of(new Problems.Problem(Status.ATTENTION, "slipway.yaml:3:1: odd.", null)),
                NOON.plusSeconds(1));

        assertThat(problems.all())
                .extracting(Notice::text)
                .containsExactly("slipway.yaml:3:1: odd.", "Neon is silent.");
    }

    private static Problems.Problem silent() {
        return new Problems.Problem(Status.UNKNOWN, "Neon is silent.", null);
    }
}
