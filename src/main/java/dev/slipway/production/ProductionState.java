package dev.slipway.production;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.health.Probe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Production as it was at one moment.
///
/// @param release `r41`: the newest release tag that stands for the live commit; empty when none does
/// @param commit what the live versions were built from, when all of them say the same
/// @param workers in the stack's order
/// @param kept name of the branch that keeps what a restore of the database took away; empty when it was
///     not restored or nobody knows
/// @param probes the newest answer of each Worker's health endpoint
/// @param failures who could not be asked
public record ProductionState(
        Instant asOf,
        Optional<String> release,
        Optional<CommitSha> commit,
        List<LiveWorker> workers,
        Schema schema,
        Optional<String> kept,
        List<Probe> probes,
        Fit fit,
        Map<Provider, Failure> failures) {
    public ProductionState {
        workers = List.copyOf(workers);
        probes = List.copyOf(probes);
        failures = Map.copyOf(failures);
    }

    /// The same after a restore that kept what was there as `backup`.
    public ProductionState keptAs(String backup) {
        return new ProductionState(
                asOf, release, commit, workers, schema, Optional.of(backup), probes, fit, failures);
    }

    /// How production is, all Workers together. Unknown is never well.
    public Health health() {
        if (probes.stream().anyMatch(p -> p.outcome() == Probe.Outcome.FAILING)) {
            return Health.FAILING;
        }
        return !probes.isEmpty()
                        && probes.size() == workers.size()
                        && probes.stream().allMatch(Probe::healthy)
                ? Health.HEALTHY
                : Health.UNKNOWN;
    }

    /// How a set of Workers is.
    public enum Health {
        HEALTHY,
        FAILING,
        UNKNOWN;

        /// As `--json` writes it.
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// What a person needs to hear when something stops: `web, auth run 8b4d0c7 (r41), schema 0042`.
    public String sentence() {
        return summary()
                + ", checked at "
                + asOf.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + ".";
    }

    /// The same without its moment and its full stop.
    public String summary() {
        var code =
                release.map(r -> r + commit.map(c -> " (" + c.brief() + ")").orElse(""))
                        .or(() -> commit.map(CommitSha::brief))
                        .orElseGet(this::mixed);
        var latest = schema.state().map(s -> s.latest().orElse("no migration")).orElse("unknown");
        return "Production runs " + code + ", schema " + latest + ", fit " + fit.key();
    }

    private String mixed() {
        return String.join(", ", workers.stream().map(LiveWorker::sentence).toList());
    }
}
