package dev.slipway.production;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Version;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.github.GitHub;
import dev.slipway.github.Tag;
import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.health.Question;
import dev.slipway.http.Purpose;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.neon.Endpoint;
import dev.slipway.neon.Neon;
import dev.slipway.production.LiveWorker.LiveVersion;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Reads what production runs. A provider that does not answer leaves its part unknown.
///
/// Safe for use by several threads.
public final class ProductionReader {
    private final Stack stack;
    private final GitHub gitHub;
    private final Neon neon;
    private final Cloudflare cloudflare;
    private final Prober prober;
    private final InstantSource clock;
    private final Schemas schemas;
    private final Quiet quiet;
    private final Recent<NeonLists> neonLists;
    private final Map<String, LiveVersion> versions = new ConcurrentHashMap<>();
    private volatile Optional<Heard> heard = Optional.empty();

    /// What live Workers answered last.
    ///
    /// @param listed what was live by Cloudflare's list
    /// @param live what was live when they had answered, too
    private record Heard(List<LiveWorker> listed, List<LiveWorker> live, List<Probe> probes) {}

    /// Reads the ledger of a database.
    @FunctionalInterface
    public interface LedgerReader {
        /// Reads `table`.
        ///
        /// @param connection direct connection string
        Ledger read(Secret connection, LedgerTable table);
    }

    /// Whether looking may wake the production compute.
    public enum Wake {
        /// A person or an operation asked.
        ALLOWED,
        /// Nobody waits: a sleeping compute stays asleep and an idle one may fall asleep, the last reading
        /// is shown with its age, and the calls providers keep in reserve are left alone.
        NEVER
    }

    public ProductionReader(
            Stack stack,
            GitHub gitHub,
            Neon neon,
            Cloudflare cloudflare,
            Prober prober,
            LedgerReader ledgers,
            InstantSource clock) {
        this.stack = stack;
        this.gitHub = gitHub;
        this.neon = neon;
        this.cloudflare = cloudflare;
        this.prober = prober;
        this.clock = clock;
        quiet = new Quiet(clock);
        schemas = new Schemas(stack, gitHub, new Databases(neon, stack), ledgers, clock, quiet);
        neonLists = new Recent<>(clock);
    }

    /// Reads production beside the head of the base branch.
    public ProductionState read(Wake wake) {
        var failures = new EnumMap<Provider, Failure>(Provider.class);
        var purpose = purpose(wake);
        var flare = cloudflare.as(purpose);
        var look = clock.instant();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers =
                    stack.workers().stream()
                            .map(worker -> threads.submit(() -> live(flare, worker)))
                            .toList();
            var there = threads.submit(() -> attempt(() -> databases(purpose, look)));
            var schema = threads.submit(() -> schema(wake, look, () -> get(there).orThrow()));
            var tags = threads.submit(() -> attempt(gitHub.as(purpose)::tags));
            var listed = new ArrayList<LiveWorker>();
            for (var worker : workers) {
                listed.add(get(worker));
            }
            var awake = get(there).value().flatMap(schemas::awake);
            var health = health(wake, awake, List.copyOf(listed));
            var live = health.live();
            var probes = health.probes();
            var tagList = get(tags);
            tagList.failure().ifPresent(f -> failures.put(f.provider(), f));
            var commit = commit(live);
            return new ProductionState(
                    clock.instant(),
                    commit.flatMap(c -> release(c, tagList.value().orElse(List.of()))),
                    commit,
                    live,
                    get(schema),
                    probes,
                    fit(live, probes),
                    failures);
        }
    }

    private Schema schema(Wake wake, Instant look, Supplier<NeonLists> there) {
        return wake == Wake.ALLOWED
                ? schemas.anew(Optional.empty(), there)
                : schemas.since(
                        Looker.PRODUCTION, look, Optional.empty(), there, Schemas.Asked.BY_ITSELF);
    }

    /// What the live Workers answer now, one probe each.
    public List<Probe> probe() {
        return probe(stack.workers().stream().map(worker -> live(cloudflare, worker)).toList());
    }

    private static Purpose purpose(Wake wake) {
        return switch (wake) {
            case ALLOWED -> Purpose.FOREGROUND;
            case NEVER -> Purpose.BACKGROUND;
        };
    }

    // code

    private LiveWorker live(Cloudflare flare, StackWorker worker) {
        try {
            var live = flare.deployments(worker.script()).stream().findFirst();
            return live.map(deployment -> live(flare, worker, deployment))
                    .orElseGet(() -> without(worker, LiveWorker.State.NOT_DEPLOYED, ""));
        } catch (FailureException e) {
            return e.failure() instanceof Failure.NotFound
                    ? without(worker, LiveWorker.State.NOT_DEPLOYED, "")
                    : without(worker, LiveWorker.State.UNKNOWN, e.failure().sentence());
        }
    }

    private LiveWorker live(Cloudflare flare, StackWorker worker, Deployment deployment) {
        var parts =
                deployment.shares().stream()
                        .map(s -> version(flare, worker.script(), s.version(), s.percent()))
                        .sorted(Comparator.comparingDouble(LiveVersion::percent).reversed())
                        .toList();
        var serving = parts.stream().filter(v -> v.percent() > 0).count();
        return new LiveWorker(
                worker.name(),
                worker.script(),
                serving == 1 ? LiveWorker.State.LIVE : LiveWorker.State.SPLIT,
                Optional.of(deployment.id()),
                Optional.of(deployment.created()),
                parts,
                Optional.empty());
    }

    /// A Worker without a deployment, unless a version of it answers at its name: then nobody knows what
    /// is live, and it must not be taken for one that is about to be deployed for the first time.
    private LiveWorker unlessItAnswers(LiveWorker worker) {
        if (!worker.neverDeployed()) {
            return worker;
        }
        var asked =
                stack.workers().stream()
                        .filter(one -> one.name().equals(worker.name()))
                        .findFirst()
                        .orElseThrow();
        return prober.probe(question(asked, List.of()))
                .answer()
                .flatMap(Probe.Answer::versionId)
                .map(version ->
                        without(
                                asked,
                                LiveWorker.State.UNKNOWN,
                                "Cloudflare lists no deployment of "
                                        + worker.script()
                                        + ", and yet version "
                                        + version
                                        + " answers at "
                                        + asked.hostname()))
                .orElse(worker);
    }

    private static LiveWorker without(StackWorker worker, LiveWorker.State state, String doubt) {
        return new LiveWorker(
                worker.name(),
                worker.script(),
                state,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                doubt.isEmpty() ? Optional.empty() : Optional.of(doubt));
    }

    private LiveVersion version(Cloudflare flare, String script, String id, double percent) {
        var known =
                versions.computeIfAbsent(
                        id,
                        _ -> {
                            Optional<Version> found =
                                    flare.version(script, id).map(detail -> detail.version());
                            return new LiveVersion(
                                    id,
                                    0,
                                    found.flatMap(Version::commit),
                                    found.flatMap(Version::tag));
                        });
        return new LiveVersion(id, percent, known.commit(), known.tag());
    }

    private static Optional<CommitSha> commit(List<LiveWorker> workers) {
        // A Worker that was never deployed says nothing about what users see.
        var commits =
                workers.stream()
                        .filter(w -> !w.neverDeployed())
                        .map(w -> w.only().flatMap(LiveVersion::commit))
                        .distinct()
                        .toList();
        return commits.size() == 1
                ? commits.getFirst().filter(CommitSha::isOne).map(CommitSha::new)
                : Optional.empty();
    }

    private Optional<String> release(CommitSha commit, List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.commit().equals(commit))
                .flatMap(tag -> Releases.number(stack.environment(), tag.name()).stream())
                .max(Comparator.naturalOrder())
                .map(number -> "r" + number);
    }

    // schema

    /// The ledger beside the migrations of a tree.
    ///
    /// @param tree sha of a commit or tree; empty means the head of the base branch
    public Schema schema(Wake wake, Optional<String> tree) {
        return switch (wake) {
            case ALLOWED -> schemas.anew(tree, () -> databases(purpose(wake), clock.instant()));
            case NEVER -> {
                var look = clock.instant();
                yield schemas.since(
                        Looker.PRODUCTION,
                        look,
                        tree,
                        () -> databases(purpose(wake), look),
                        Schemas.Asked.BY_ITSELF);
            }
        };
    }

    /// The ledger of `schema`, or a newer one, beside the migrations of another tree. No database is asked.
    ///
    /// @param tree sha of a commit or tree
    public Schema beside(Schema schema, String tree) {
        return schema.state()
                .flatMap(_ -> schemas.beside(tree))
                .orElseGet(() ->
                        new Schema(
                                Optional.empty(),
                                schema.doubt().or(() -> Optional.of("The ledger was not read.")),
                                schema.asOf(),
                                Optional.of(tree)));
    }

    /// The ledger beside the migrations of the base branch while the production compute is awake;
    /// while it sleeps the last reading, and nobody is asked anything.
    ///
    /// @param look when the look began that asks; those that look together share one reading
    /// @param there what Neon has just said
    /// @param purpose whether somebody waits for it: then it is read, however recently it was
    public Optional<Schema> schemaAwake(Instant look, NeonLists there, Purpose purpose) {
        var asked =
                switch (purpose) {
                    case FOREGROUND, ROLLBACK -> Schemas.Asked.AWAKE;
                    case BACKGROUND -> Schemas.Asked.BY_ITSELF;
                };
        return schemas.awake(there).isPresent()
                ? Optional.of(
                        schemas.since(Looker.PREVIEWS, look, Optional.empty(), () -> there, asked))
                : schemas.last();
    }

    /// Something used production's database: who looks by itself may look again.
    public void used() {
        quiet.touched();
    }

    /// What Neon says, read once for all that look together.
    ///
    /// @param look when the look began that asks
    public NeonLists neon(Looker looker, Purpose purpose, Instant look) {
        return neonLists.since(looker, look, () -> lists(purpose));
    }

    private NeonLists databases(Purpose purpose, Instant look) {
        // What a person or an operation decides on is read for them.
        return purpose == Purpose.BACKGROUND
                ? neon(Looker.PRODUCTION, purpose, look)
                : neonLists.anew(Looker.PRODUCTION, () -> lists(purpose));
    }

    private NeonLists lists(Purpose purpose) {
        var port = neon.as(purpose);
        return new NeonLists(port.branches(), port.endpoints());
    }

    /// The migrations of a tree.
    ///
    /// @throws InputException when the folder is wrong
    public MigrationFolder folder(String sha) {
        return schemas.folder(sha);
    }

    // health

    /// A Worker's health runs statements of its own, so asking it touches the database. What was heard
    /// last holds for what is live then; what went live since is asked.
    private Heard health(Wake wake, Optional<Endpoint> awake, List<LiveWorker> listed) {
        if (wake == Wake.NEVER && awake.isEmpty()) {
            return new Heard(listed, listed, List.of());
        }
        var last = heard.filter(h -> h.listed().equals(listed));
        if (wake == Wake.NEVER && last.isPresent()) {
            if (awake.filter(quiet::over).isEmpty()) {
                return last.get();
            }
        } else {
            quiet.touched();
        }
        var live = listed.stream().map(this::unlessItAnswers).toList();
        var now = new Heard(listed, live, probe(live));
        heard = Optional.of(now);
        return now;
    }

    private List<Probe> probe(List<LiveWorker> live) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked =
                    stack.workers().stream()
                            .filter(worker -> deployed(worker, live))
                            .map(worker ->
                                    threads.submit(() -> prober.probe(question(worker, live))))
                            .toList();
            var probes = new ArrayList<Probe>();
            for (var probe : asked) {
                probes.add(get(probe));
            }
            return probes;
        }
    }

    private static boolean deployed(StackWorker worker, List<LiveWorker> live) {
        return live.stream().noneMatch(w -> w.name().equals(worker.name()) && w.neverDeployed());
    }

    private static Question question(StackWorker worker, List<LiveWorker> live) {
        var expected =
                live.stream()
                        .filter(w -> w.name().equals(worker.name()))
                        .findFirst()
                        .flatMap(LiveWorker::only)
                        .map(LiveVersion::id);
        return new Question(
                worker.name(),
                worker.script(),
                worker.hostname(),
                worker.health(),
                Optional.empty(),
                expected);
    }

    /// Whether live code works on the live schema, by what the code itself says: its health runs its
    /// own statements.
    private static Fit fit(List<LiveWorker> live, List<Probe> probes) {
        var deployed = live.stream().filter(w -> !w.neverDeployed()).count();
        if (deployed == 0
                || probes.size() < deployed
                || live.stream().anyMatch(w -> w.state() == LiveWorker.State.UNKNOWN)) {
            return Fit.UNKNOWN;
        }
        if (probes.stream().anyMatch(p -> p.outcome() == Probe.Outcome.FAILING)) {
            return Fit.NO;
        }
        return probes.stream().allMatch(Probe::healthy) ? Fit.YES : Fit.UNKNOWN;
    }

    private record Attempt<T>(Optional<T> value, Optional<Failure> failure) {
        T orThrow() {
            return value.orElseThrow(() -> new FailureException(failure.orElseThrow()));
        }
    }

    private static <T> Attempt<T> attempt(Supplier<T> call) {
        try {
            return new Attempt<>(Optional.of(call.get()), Optional.empty());
        } catch (FailureException e) {
            return new Attempt<>(Optional.empty(), Optional.of(e.failure()));
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading production", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
