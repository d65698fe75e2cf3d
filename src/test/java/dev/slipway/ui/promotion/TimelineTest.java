package dev.slipway.ui.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationDetail.Line;
import dev.slipway.operation.journal.OperationRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-11-21T14:00:00Z");

    private final List<Line> lines = new ArrayList<>();

    private void at(int second, String step, String type) {
        lines.add(
                new Line(
                        lines.size() + 1L,
                        new Moment(START.plusSeconds(second), second, "boot"),
                        step,
                        1,
                        type,
                        "{}"));
    }

    private Map<String, Timeline.Span> timeline() {
        var steps =
                List.of(
                        PlanStep.mutation("claim-lock", Provider.GITHUB, Map.of()),
                        PlanStep.mutation("stage.web", Provider.CLOUDFLARE, Map.of()),
                        PlanStep.mutation("stage.auth", Provider.CLOUDFLARE, Map.of()),
                        PlanStep.check("settle", Map.of()));
        var plan = Plan.of("0123456789ab", "promotion", "r42", "world", START, Map.of(), steps);
        var row =
                new OperationRow(
                        plan.id(),
                        "promotion",
                        "r42",
                        "kim",
                        START,
                        3,
                        3,
                        "",
                        "",
                        OperationState.SUCCEEDED,
                        lines.getLast().at().wall(),
                        "");
        return Timeline.of(new OperationDetail(row, plan, lines));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void whatIsSeenOfAStepAfterItEndedDoesNotMakeItLonger() {
        at(0, "", "STARTED");
        at(1, "claim-lock", "INTENDED");
        at(2, "claim-lock", "OBSERVED");
        at(2, "claim-lock", "CONFIRMED");
        at(4, "stage.web", "CONFIRMED");
        at(7, "stage.auth", "CONFIRMED");
        at(20, "settle", "OBSERVED");
        at(30, "settle", "CONFIRMED");
        at(40, "claim-lock", "OBSERVED");
        at(41, "stage.auth", "OBSERVED");

        assertThat(timeline())
                .hasEntrySatisfying("claim-lock", s -> assertThat(s.length()).isEqualTo(seconds(2)))
                .hasEntrySatisfying("stage", s -> assertThat(s.length()).isEqualTo(seconds(5)))
                .hasEntrySatisfying("settle", s -> assertThat(s.length()).isEqualTo(seconds(23)));
    }

    @Test
    void aStepThatIsStillLookedAtGrows() {
        at(0, "", "STARTED");
        at(1, "claim-lock", "CONFIRMED");
        at(9, "stage.web", "OBSERVED");

        assertThat(timeline())
                .hasEntrySatisfying("stage", s -> assertThat(s.length()).isEqualTo(seconds(8)));
    }

    @Test
    void theTimeAnOperationWaitedForAPersonDoesNotMakeItsStepLonger() {
        at(0, "", "STARTED");
        at(1, "claim-lock", "CONFIRMED");
        at(3, "stage.web", "CONFIRMED");
        at(3, "", "PAUSED");
        at(3600, "", "RESUMED");
        at(3604, "stage.auth", "CONFIRMED");

        assertThat(timeline())
                .hasEntrySatisfying("claim-lock", s -> assertThat(s.length()).isEqualTo(seconds(1)))
                .hasEntrySatisfying("stage", s -> assertThat(s.length()).isEqualTo(seconds(6)));
    }

    @Test
    void whatIsSeenAgainAtAResumeDoesNotCountEither() {
        at(0, "", "STARTED");
        at(1, "claim-lock", "CONFIRMED");
        at(3600, "", "RESUMED");
        at(3601, "claim-lock", "OBSERVED");
        at(3605, "stage.web", "CONFIRMED");

        assertThat(timeline())
                .hasEntrySatisfying("claim-lock", s -> assertThat(s.length()).isEqualTo(seconds(1)))
                .hasEntrySatisfying("stage", s -> assertThat(s.length()).isEqualTo(seconds(5)));
    }
}
