package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What users see while an operation stands still.
class StandingTest {
    private static final Moment NOW = new Moment(Instant.EPOCH, 0, "boot");

    @Test
    void ofAPromotionItIsTheShareOfTheTraffic() {
        var plan =
                plan(
                        "promotion",
                        "r42",
                        Stream.of(
                                        "stage.web 0",
                                        "stage.auth 0",
                                        "traffic-10.web 10",
                                        "traffic-10.auth 10",
                                        "traffic-100.web 100")
                                .map(StandingTest::shift)
                                .toList());

        assertThat(after(plan)).isEqualTo("No user sees r42 yet.");
        assertThat(after(plan, "stage.web", "stage.auth")).isEqualTo("No user sees r42 yet.");
        assertThat(after(plan, "stage.web", "stage.auth", "traffic-10.web"))
                .isEqualTo("Traffic stays at web 10 %, auth 0 %.");
        assertThat(after(plan, "stage.web", "stage.auth", "traffic-10.web", "traffic-10.auth"))
                .isEqualTo("Traffic stays at 10 %.");
    }

    @Test
    void ofARollbackItIsWhoIsBack() {
        var plan = plan("rollback", "r41", List.of(back("web"), back("auth")));

        assertThat(after(plan)).isEqualTo("No Worker is back on r41 yet.");
        assertThat(after(plan, "back.auth")).isEqualTo("Back on r41 is auth alone.");
        assertThat(after(plan, "back.auth", "back.web")).isEqualTo("Every Worker is back on r41.");
    }

    @Test
    void whatMovesNoTrafficLeavesItAsItIs() {
        var plan =
                plan(
                        "hold",
                        "8b4d0c7",
                        List.of(PlanStep.mutation("hold", Provider.GITHUB, Map.of())));

        assertThat(after(plan, "hold")).isEqualTo("Traffic stays as it is.");
    }

    private static PlanStep shift(String keyAndPercent) {
        var parts = keyAndPercent.split(" ");
        return PlanStep.mutation(
                parts[0],
                Provider.CLOUDFLARE,
                Map.of("worker", parts[0].split("\\.")[1], "percent", parts[1]));
    }

    private static PlanStep back(String worker) {
        return PlanStep.mutation(
                "back." + worker, Provider.CLOUDFLARE, Map.of("worker", worker, "to", "v1"));
    }

    private static Plan plan(String kind, String target, List<PlanStep> steps) {
        return Plan.of("0a1b2c3d4e5f", kind, target, "world", Instant.EPOCH, Map.of(), steps);
    }

    private static String after(Plan plan, String... done) {
        var entries = new ArrayList<Entry>();
        entries.add(entry(plan, new Event.Started(plan.hash(), "kim", "here", "s1", "a test"), 1));
        for (var step : done) {
            entries.add(
                    entry(plan, new Event.Skipped(step, Map.of(), Map.of()), entries.size() + 1));
        }
        return Standing.sentence(plan, RunState.of(plan, entries));
    }

    private static Entry entry(Plan plan, Event event, long number) {
        return new Entry(number, plan.id(), NOW, event, "");
    }
}
