package dev.slipway.release.rollback.loss;

import java.util.List;
import java.util.OptionalLong;

/// What one table would lose.
public sealed interface TableLoss {
    /// Which table.
    TableName table();

    /// Rows in the earlier state; empty when they are not known.
    OptionalLong then();

    /// Rows in the present state; empty when they are not known.
    OptionalLong now();

    /// What a person has to know about the figures, a sentence each: columns that are only on one side,
    /// what was left out. Never a value of a row.
    List<String> remarks();

    /// Counted exactly, by key.
    ///
    /// @param rowsThen rows in the earlier state
    /// @param rowsNow rows in the present state
    /// @param lost rows only the present has: they would be gone
    /// @param changed rows both have with other content: the later content would be gone
    /// @param returning rows only the earlier state has: they were deleted since and would be back
    /// @param newest the newest of the lost rows, newest first: for the screen alone
    record Counted(
            TableName table,
            long rowsThen,
            long rowsNow,
            long lost,
            long changed,
            long returning,
            List<String> remarks,
            List<ShownRow> newest)
            implements TableLoss {
        public Counted {
            remarks = List.copyOf(remarks);
            newest = List.copyOf(newest);
        }

        /// Whether both states have the same rows, with the same content as far as both can have it.
        public boolean same() {
            return lost == 0 && changed == 0 && returning == 0;
        }

        @Override
        public OptionalLong then() {
            return OptionalLong.of(rowsThen);
        }

        @Override
        public OptionalLong now() {
            return OptionalLong.of(rowsNow);
        }
    }

    /// Not counted.
    ///
    /// @param reason a whole sentence
    record Uncounted(
            TableName table,
            OptionalLong then,
            OptionalLong now,
            String reason,
            List<String> remarks)
            implements TableLoss {
        public Uncounted {
            remarks = List.copyOf(remarks);
        }
    }
}
