package dev.slipway.preview;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.Checks;
import dev.slipway.health.Probe;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that belongs to one open pull request.
///
/// @param author login; empty when the account is gone
/// @param branch its Git branch
/// @param traits what is special about it
/// @param state the whole in one word
/// @param reason because of what, a few words
/// @param updated when the pull request was last updated
/// @param expires when its database branch deletes itself
public record Preview(
        PullRequestNumber number,
        String title,
        URI url,
        Optional<String> author,
        String branch,
        CommitSha head,
        List<Trait> traits,
        State state,
        String reason,
        Database database,
        List<WorkerPreview> workers,
        List<Name> names,
        Checks checks,
        Health health,
        Instant updated,
        Optional<Instant> expires) {

    public Preview {
        traits = List.copyOf(traits);
        workers = List.copyOf(workers);
        names = List.copyOf(names);
    }

    /// The whole in one word, the one that needs a person most first.
    public enum State {
        FAILING,
        PARTIAL,
        EXPIRED,
        UNKNOWN,
        BUILDING,
        READY,
        NOT_CREATED;

        /// As `--json` writes it, for example `not-created`.
        public String key() {
            return Words.key(this);
        }
    }

    /// What is special about a pull request.
    public enum Trait {
        DRAFT,
        CONFLICT,
        FORK;

        /// As `--json` writes it.
        public String key() {
            return Words.key(this);
        }
    }

    /// Its database branch.
    ///
    /// @param branch name; empty when there is none or Neon did not answer
    /// @param pending tags of migrations production has not run; empty optional when not known
    /// @param troubles migrations that Drizzle will skip or that were changed after they ran
    public record Database(
            Optional<String> branch,
            Optional<String> id,
            Optional<List<String>> pending,
            List<String> troubles,
            Isolation isolation,
            boolean awake) {
        public Database {
            troubles = List.copyOf(troubles);
        }
    }

    /// Whether the preview's Workers use a database of their own.
    public enum Isolation {
        /// A Worker said so: it is connected to this preview's branch.
        ISOLATED,
        /// A Worker says it is connected to production's branch.
        SHARES_PRODUCTION,
        /// Nobody said.
        NOT_PROVEN,
        /// There is no database.
        NONE;

        /// As `--json` writes it, for example `not-proven`.
        public String key() {
            return Words.key(this);
        }
    }

    /// One Worker of the preview.
    ///
    /// @param name the stack's name
    /// @param script the preview script's name
    /// @param version id of the version with all traffic, when it is known
    public record WorkerPreview(
            String name, String script, Presence state, Optional<String> version) {}

    /// Whether a Worker is there.
    public enum Presence {
        DEPLOYED,
        MISSING,
        UNKNOWN;

        /// As `--json` writes it.
        public String key() {
            return Words.key(this);
        }
    }

    /// One hostname of the preview.
    public record Name(String name, NameState state) {}

    /// What a hostname leads to, really asked.
    public enum NameState {
        RESOLVES,
        /// There is a record, but it does not resolve.
        DOES_NOT_RESOLVE,
        NO_RECORD,
        UNKNOWN;

        /// As `--json` writes it, for example `no-record`.
        public String key() {
            return Words.key(this);
        }
    }

    /// What its Workers answered, newest round.
    ///
    /// @param probes one for each Worker that was asked; empty when nobody asked
    /// @param history outcomes of the last rounds, oldest first
    /// @param deployment when the newest of its Workers had been deployed as Cloudflare said before they
    ///     were asked; empty when nobody asked
    public record Health(
            HealthState state,
            List<Probe> probes,
            List<HealthState> history,
            Optional<Instant> deployment) {
        /// Nobody asked.
        public static final Health UNCHECKED =
                new Health(HealthState.NOT_CHECKED, List.of(), List.of(), Optional.empty());

        public Health {
            probes = List.copyOf(probes);
            history = List.copyOf(history);
        }

        /// What it says of Workers that were deployed at `now`: nothing, when that was after they were
        /// asked.
        Health of(Optional<Instant> now) {
            return deployment.equals(now)
                    ? this
                    : new Health(HealthState.NOT_CHECKED, List.of(), history, deployment);
        }

        /// The slowest answer in milliseconds.
        public Optional<Long> latencyMillis() {
            return probes.stream().map(p -> p.latency().toMillis()).max(Long::compare);
        }

        /// When the newest round began.
        public Optional<Instant> asOf() {
            return probes.stream().map(Probe::at).min(Instant::compareTo);
        }
    }

    /// How a preview's Workers are, together.
    public enum HealthState {
        HEALTHY,
        SLOW,
        FAILING,
        UNKNOWN,
        NOT_CHECKED;

        /// As `--json` writes it, for example `not-checked`.
        public String key() {
            return Words.key(this);
        }
    }

    /// The same preview, with the versions `other` knows where this one knows none.
    public Preview withVersionsOf(Preview other) {
        var joined =
                workers.stream()
                        .map(worker ->
                                new WorkerPreview(
                                        worker.name(),
                                        worker.script(),
                                        worker.state(),
                                        worker.version()
                                                .or(() ->
                                                        other.workers().stream()
                                                                .filter(w ->
                                                                        w.script()
                                                                                .equals(
                                                                                        worker
                                                                                                .script()))
                                                                .findFirst()
                                                                .flatMap(WorkerPreview::version))))
                        .toList();
        return new Preview(
                number, title, url, author, branch, head, traits, state, reason, database, joined,
                names, checks, health, updated, expires);
    }

    /// Whether it is ready, or nothing is known to be against that and it was only not asked yet.
    public boolean promising() {
        var unasked = state == State.UNKNOWN && health.state() == HealthState.NOT_CHECKED;
        return state == State.READY || (unasked && deployed() > 0);
    }

    /// How many of its Workers are there.
    public long deployed() {
        return workers.stream().filter(w -> w.state() == Presence.DEPLOYED).count();
    }

    private static final class Words {
        private Words() {}

        static String key(Enum<?> value) {
            return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
