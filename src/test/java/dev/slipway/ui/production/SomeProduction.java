package dev.slipway.ui.production;

import dev.slipway.domain.CommitSha;
import dev.slipway.health.Probe;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.Fit;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Schema;
import dev.slipway.ui.desk.TestDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Production as a test wants it.
final class SomeProduction {
    static final String LIVE = "3f9c2e1000000000000000000000000000000000";
    static final String AHEAD = "8b4d0c7000000000000000000000000000000000";

    private SomeProduction() {}

    static ProductionState state(String baseHead, Probe... probes) {
        return new ProductionState(
                TestDesk.NOW,
                Optional.of("r41"),
                Optional.of(new CommitSha(LIVE)),
                List.of(worker("web", 100, 0), worker("auth", 90, 10)),
                new Schema(
                        Optional.of(ledger()),
                        Optional.empty(),
                        TestDesk.NOW,
                        Optional.of(baseHead)),
                Optional.empty(),
                List.of(probes),
                Fit.YES,
                Map.of());
    }

    private static LiveWorker worker(String name, double first, double second) {
        return new LiveWorker(
                name,
                "shop-" + name + "-production",
                second == 0 ? LiveWorker.State.LIVE : LiveWorker.State.SPLIT,
                Optional.of("d-1"),
                Optional.empty(),
                List.of(
                        new LiveWorker.LiveVersion(
                                "7d1a0000-" + name, first, Optional.of(LIVE), Optional.empty()),
                        new LiveWorker.LiveVersion(
                                "19be0000-" + name, second, Optional.of(AHEAD), Optional.empty())),
                Optional.empty());
    }

    static LedgerState ledger() {
        return new LedgerState(
                List.of(
                        entry("0042_email_verified", LedgerState.State.APPLIED),
                        entry("0041_plans", LedgerState.State.SKIPPED_BY_DRIZZLE),
                        entry("0043_orders", LedgerState.State.PENDING)),
                List.of(new Ledger.Row(9, "ff", Optional.empty(), Optional.empty())),
                List.of(),
                List.of());
    }

    private static LedgerState.Entry entry(String tag, LedgerState.State state) {
        return new LedgerState.Entry(
                new Migration(tag, tag + ".sql", 1, "aa", "aa", "aa", List.of("select 1")),
                state,
                Optional.empty(),
                false);
    }

    static Probe probe(Instant at, Probe.Outcome outcome, int status, int millis) {
        return new Probe(
                at,
                "web",
                "shop.example.com",
                Optional.empty(),
                outcome,
                status,
                Duration.ofMillis(millis),
                Optional.empty(),
                "");
    }

    static OperationRow row(String target, OperationState state) {
        return new OperationRow(
                "5f0c1d2e-" + target,
                "promotion",
                target,
                "kim",
                TestDesk.NOW.minusSeconds(600),
                3,
                6,
                "traffic-10",
                "Move 10 % of traffic",
                state,
                TestDesk.NOW.minusSeconds(408),
                state == OperationState.PAUSED ? "auth errors 1.2 % (limit 1 %)" : "");
    }
}
