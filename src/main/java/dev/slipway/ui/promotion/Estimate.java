package dev.slipway.ui.promotion;

import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long things take, from earlier operations that went through: the middle one of at most five.
///
/// @param total from start to end
/// @param groups by group of steps
/// @param runs how many were looked at
record Estimate(Duration total, Map<String, Duration> groups, int runs) {
    Estimate {
        groups = Map.copyOf(groups);
    }

    /// What `earlier` tells; empty when none of them went through in one sitting.
    static Optional<Estimate> of(List<OperationDetail> earlier) {
        var totals = new ArrayList<Duration>();
        var parts = new HashMap<String, List<Duration>>();
        for (var operation : earlier) {
            if (operation.row().state() != OperationState.SUCCEEDED
                    || operation.lines().stream().anyMatch(l -> l.type().equals("RESUMED"))) {
                continue;
            }
            totals.add(
                    between(operation.lines().getFirst().at(), operation.lines().getLast().at()));
            Timeline.of(operation)
                    .forEach((group, span) ->
                            parts.computeIfAbsent(group, _ -> new ArrayList<>())
                                    .add(span.length()));
        }
        if (totals.isEmpty()) {
            return Optional.empty();
        }
        var groups = new HashMap<String, Duration>();
        parts.forEach((group, all) -> groups.put(group, middle(all)));
        return Optional.of(new Estimate(middle(totals), groups, totals.size()));
    }

    private static Duration between(Moment from, Moment to) {
        return Duration.between(from.wall(), to.wall());
    }

    private static Duration middle(List<Duration> all) {
        var sorted = all.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
