package dev.slipway.migration.workload;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What production executes, as far as it was observed.
///
/// @param statements each once per role, the most frequent first
/// @param since the beginning of the observation; empty when nothing was ever observed
/// @param until its end
/// @param unseen statements the server counted and did not show us, by reason
public record Workload(
        List<RecordedStatement> statements,
        Optional<Instant> since,
        Instant until,
        List<Unseen> unseen) {
    /// Statements of which only the number is known.
    public record Unseen(long count, String reason) {
        /// Number and reason; the reason alone when the number is not known.
        public String sentence() {
            return count == 0 ? reason : count + " statements: " + reason;
        }
    }

    public Workload {
        statements = List.copyOf(statements);
        unseen = List.copyOf(unseen);
    }

    /// Nothing observed until `now`.
    public static Workload none(Instant now, String reason) {
        return new Workload(List.of(), Optional.empty(), now, List.of(new Unseen(0, reason)));
    }
}
