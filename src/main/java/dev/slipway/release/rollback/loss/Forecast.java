package dev.slipway.release.rollback.loss;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What going back would cost, as far as the present alone tells: no count. What was deleted since is in
/// none of its figures, and each says what it rests on.
///
/// @param made when it was made
/// @param point the moment to go back to
/// @param tables every table of the application, by name
public record Forecast(Instant made, Instant point, List<TableForecast> tables) {
    public Forecast {
        tables = List.copyOf(tables);
    }

    /// One table.
    ///
    /// @param created rows that were made since; empty when nothing tells
    /// @param changed rows that are older and were changed since; empty when nothing tells
    /// @param written rows that were made or changed since; empty when nothing tells
    /// @param atMost changes of any kind since, deletions included, by the server's statistics; empty when
    ///     they do not reach back to the point
    /// @param basis what the figures rest on and what is not in them, sentences
    public record TableForecast(
            TableName table,
            OptionalLong created,
            OptionalLong changed,
            OptionalLong written,
            OptionalLong atMost,
            String basis) {
        /// Whether anything is known.
        public boolean known() {
            return created.isPresent()
                    || changed.isPresent()
                    || written.isPresent()
                    || atMost.isPresent();
        }
    }
}
