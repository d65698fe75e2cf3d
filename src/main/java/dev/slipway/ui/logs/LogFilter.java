package dev.slipway.ui.logs;

import dev.slipway.log.LogRow;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which rows are shown. A row that says that lines are missing is shown wherever its lines would
/// have been, whatever the level.
///
/// @param channel one channel; empty for all
/// @param hiddenWorkers Workers whose rows are not shown
/// @param operation rows of one operation; empty for all
record LogFilter(
        Optional<LogRow.Channel> channel,
        LogRow.Level least,
        Set<String> hiddenWorkers,
        Optional<String> operation)
        implements Predicate<LogRow> {
    static final LogFilter ALL =
            new LogFilter(Optional.empty(), LogRow.Level.DEBUG, Set.of(), Optional.empty());

    LogFilter {
        hiddenWorkers = Set.copyOf(hiddenWorkers);
    }

    @Override
    public boolean test(LogRow row) {
        if (channel.isPresent() && row.channel() != channel.get()) {
            return false;
        }
        if (operation.isPresent() && !operation.equals(row.operation())) {
            return false;
        }
        if (row.worker().isPresent() && hiddenWorkers.contains(row.worker().get())) {
            return false;
        }
        return row.kind() != LogRow.Kind.LINE || row.level().atLeast(least);
    }
}
