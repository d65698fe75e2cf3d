package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fault.FaultKind;
import dev.slipway.github.Checks;
import dev.slipway.health.Probe;
import dev.slipway.log.LogRow;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.verdict.Order;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.StepState;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.preview.Preview;
import dev.slipway.production.Fit;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Gate;
import dev.slipway.release.Repair;
import dev.slipway.release.fit.Tried;
import dev.slipway.release.rollback.Answer;
import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.throwaway.Debt;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/cli.md and the code name the same words.
class EnumerationsTest {
    private static Set<String> lower(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> upper(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyWordOfTheCodeIsOnThePageAndNoOther() {
        var ends =
                Stream.of(OperationState.values())
                        .filter(s -> s.terminal() || s == OperationState.PAUSED)
                        .map(Enum::name)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Contract.enumerations())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("provider state", Set.of("live", "stale", "unavailable")),
                                Map.entry("preview state", lower(Preview.State.values())),
                                Map.entry("preview trait", lower(Preview.Trait.values())),
                                Map.entry("isolation", lower(Preview.Isolation.values())),
                                Map.entry("preview worker state", lower(Preview.Presence.values())),
                                Map.entry("name state", lower(Preview.NameState.values())),
                                Map.entry("checks state", lower(Checks.State.values())),
                                Map.entry("preview health", lower(Preview.HealthState.values())),
                                Map.entry("worker state", lower(LiveWorker.State.values())),
                                Map.entry("health", lower(ProductionState.Health.values())),
                                Map.entry("fit", lower(Fit.values())),
                                Map.entry("probe state", lower(Probe.Outcome.values())),
                                Map.entry("lock state", lower(LockStatus.State.values())),
                                Map.entry("repair", lower(Repair.How.values())),
                                Map.entry("way back", lower(Answer.Kind.values())),
                                Map.entry("conflict", lower(Conflict.Kind.values())),
                                Map.entry("gate state", lower(Gate.State.values())),
                                Map.entry("end state", ends),
                                Map.entry("operation state", upper(OperationState.values())),
                                Map.entry("step state", upper(StepState.values())),
                                Map.entry("migration state", lower(LedgerState.State.values())),
                                Map.entry("change class", lower(ChangeClass.values())),
                                Map.entry("order", lower(Order.Kind.values())),
                                Map.entry("tried code", lower(Tried.Code.values())),
                                Map.entry(
                                        "throw-away kind",
                                        Stream.of(Debt.Kind.values())
                                                .map(Debt.Kind::word)
                                                .collect(Collectors.toSet())),
                                Map.entry("statement state", Set.of("done", "failed")),
                                Map.entry("row kind", lower(LogRow.Kind.values())),
                                Map.entry("channel", lower(LogRow.Channel.values())),
                                Map.entry("level", lower(LogRow.Level.values())),
                                Map.entry("fault kind", lower(FaultKind.values())),
                                Map.entry(
                                        "permission state",
                                        Set.of("granted", "missing", "not-testable"))));
    }
}
