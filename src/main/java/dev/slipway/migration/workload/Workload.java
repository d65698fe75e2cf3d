package dev.slipway.migration.workload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What production executes, as far as it was observed.
///
/// @param statements each once per role, the most frequent first
/// @param since the beginning of the observation; empty when nothing was ever observed
/// @param until its end: the last look
/// @param gaps how often the server was gone in between, and with it what it counted after the last
///     look
/// @param unseen statements the server counted and did not show us, by reason
public record Workload(
        List<RecordedStatement> statements,
        Optional<Instant> since,
        Instant until,
        int gaps,
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

    /// The same, with something else to say of what is not seen.
    public Workload with(Unseen other) {
        var all = new ArrayList<>(unseen);
        all.add(other);
        return new Workload(statements, since, until, gaps, all);
    }

    /// Nothing observed until `now`.
    public static Workload none(Instant now, String reason) {
        return new Workload(List.of(), Optional.empty(), now, 0, List.of(new Unseen(0, reason)));
    }
}
