package dev.slipway.release;

import dev.slipway.migration.workload.RecordedStatement;
import dev.slipway.migration.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Which of production's statements the code that is live executes. What was observed goes further
/// back than a release does.
///
/// @param then what was observed before somebody made the live code work
/// @param later and after that
/// @param took when the live code got its traffic; empty when it is not known
record LiveStatements(Workload then, Workload later, Optional<Instant> took) {
    /// How long code that was replaced may still answer.
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    private static final String NOT_WATCHED =
            "it would fail, and nothing executed it while the rehearsal watched; it was counted before"
                    + " the code that is live had all traffic, perhaps";

    /// Why it is not known that live code executes `query`; empty when it does, in any role.
    Optional<String> doubt(String query) {
        var doubts =
                later.statements().stream()
                        .filter(statement -> statement.sql().equals(query))
                        .map(this::doubt)
                        .toList();
        return doubts.stream().allMatch(Optional::isPresent)
                ? doubts.stream().findFirst().orElseGet(() -> Optional.of(NOT_WATCHED))
                : Optional.empty();
    }

    private Optional<String> doubt(RecordedStatement statement) {
        if (took.filter(statement.seenUntil()::isBefore).isPresent()) {
            return Optional.of(
                    "it would fail, and nothing executed it since the code that is live took over at "
                            + took.get().truncatedTo(ChronoUnit.SECONDS));
        }
        boolean since =
                took.map(at -> at.plus(IN_FLIGHT))
                        .filter(statement.seenAfter()::isAfter)
                        .isPresent();
        return since || grown(statement) ? Optional.empty() : Optional.of(NOT_WATCHED);
    }

    private boolean grown(RecordedStatement statement) {
        return then.statements().stream()
                .filter(old -> old.queryId() == statement.queryId())
                .filter(old -> old.role().equals(statement.role()))
                .noneMatch(old -> old.calls() == statement.calls());
    }
}
