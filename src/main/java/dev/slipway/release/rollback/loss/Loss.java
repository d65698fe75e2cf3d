package dev.slipway.release.rollback.loss;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What a database would lose by going back to an earlier state of itself.
///
/// @param counted when counting began: later writes are not in it
/// @param tables every table of the application, by name
/// @param remarks what is beside the tables, a sentence each
public record Loss(Instant counted, List<TableLoss> tables, List<String> remarks) {
    public Loss {
        tables = List.copyOf(tables);
        remarks = List.copyOf(remarks);
    }

    /// The tables that were counted.
    public List<TableLoss.Counted> counted(Which which) {
        return tables.stream()
                .filter(TableLoss.Counted.class::isInstance)
                .map(TableLoss.Counted.class::cast)
                .filter(table -> which == Which.ALL || !table.same())
                .toList();
    }

    /// Which of the counted tables.
    public enum Which {
        ALL,
        /// Only those in which anything would be lost, changed or back.
        DIFFERING
    }

    /// The tables that were not.
    public List<TableLoss.Uncounted> uncounted() {
        return tables.stream()
                .filter(TableLoss.Uncounted.class::isInstance)
                .map(TableLoss.Uncounted.class::cast)
                .toList();
    }

    /// Whether every table was counted.
    public boolean complete() {
        return uncounted().isEmpty();
    }

    /// Rows that would be gone, in the tables that were counted.
    public long lost() {
        return sum(TableLoss.Counted::lost);
    }

    /// Rows whose later content would be gone, in the tables that were counted.
    public long changed() {
        return sum(TableLoss.Counted::changed);
    }

    /// Rows deleted since that would be back, in the tables that were counted.
    public long returning() {
        return sum(TableLoss.Counted::returning);
    }

    /// What became of `table`; empty when neither state has it.
    public Optional<TableLoss> of(TableName table) {
        return tables.stream().filter(each -> each.table().equals(table)).findFirst();
    }

    private long sum(ToLongFunction<TableLoss.Counted> figure) {
        return counted(Which.ALL).stream().mapToLong(figure).sum();
    }
}
