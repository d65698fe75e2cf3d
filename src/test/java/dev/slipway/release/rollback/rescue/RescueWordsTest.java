package dev.slipway.release.rollback.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.rollback.loss.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the plan of a rescue says of itself.
class RescueWordsTest {
    private static final TableName ODD = new TableName("a \"b\".c", "1 2 3\n\"x\".\"y\" 4 5 6");

    @Test
    void aPlanTellsTableByTableWhatComesBackAndWhatIsLeft() {
        var conflict =
                new Conflict(new TableName("public", "users"), Conflict.Kind.CHANGED_SINCE, 1, "");
        var tables =
                List.of(
                        new Replayed.Table(new TableName("public", "orders"), 37, 0, 2, 0),
                        new Replayed.Table(ODD, 0, 1, 0, 0));
        var plan = plan(new Replayed(tables, List.of(conflict), true));

        assertThat(RescueWords.planned(plan)).isEqualTo(tables);
        assertThat(RescueWords.sentence(RescueWords.planned(plan)))
                .startsWith("orders 37 inserted, 2 deleted again; ")
                .endsWith(" 1 updated.");
        assertThat(RescueWords.left(plan)).containsExactly(conflict.sentence());
    }

    @Test
    void aPlanOfSomethingElseBringsNothingBack() {
        var step = PlanStep.check("claim-lock", Map.of());
        var plan =
                Plan.of(
                        "0123456789ab",
                        "hold",
                        "8b4d0c7",
                        "world",
                        Instant.EPOCH,
                        Map.of(),
                        List.of(step));

        assertThat(RescueWords.planned(plan)).isEmpty();
        assertThat(RescueWords.left(plan)).isEmpty();
    }

    private static Plan plan(Replayed rehearsed) {
        return Plan.of(
                "0123456789ab",
                RescueProposal.KIND,
                "production_old",
                "world",
                Instant.EPOCH,
                Map.of(),
                List.of(
                        ReplayRows.step(
                                "br-1",
                                "drizzle",
                                "ledger",
                                new ReplayOptions(Set.of(), false, true),
                                rehearsed)));
    }
}
