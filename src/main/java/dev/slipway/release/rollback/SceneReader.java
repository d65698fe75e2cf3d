package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Version;
import dev.slipway.github.GitHub;
import dev.slipway.http.Purpose;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Questions;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Schema;
import dev.slipway.release.Asking;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.Situation.Reading;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads everything going back is decided from, all of it at once where one reading does not need another.
/// Production is only read.
public final class SceneReader {
    /// How many releases back anybody looks.
    private static final int RELEASES = 6;

    /// So many runs back promotions are looked for that left migrations and no release, and so many of them.
    private static final int RUNS = 20;

    private static final int PROMOTIONS = 3;

    private final Stack stack;
    private final GitHub gitHub;
    private final Cloudflare cloudflare;
    private final ProductionReader production;
    private final ProductionLock lock;
    private final InstantSource clock;
    private final Supplier<List<Plan>> begun;
    private final Asking asking;

    /// @param begun plans of promotions that began on this computer and were not released
    public SceneReader(
            Stack stack,
            GitHub gitHub,
            Cloudflare cloudflare,
            ProductionReader production,
            ProductionLock lock,
            InstantSource clock,
            Supplier<List<Plan>> begun) {
        this.stack = stack;
        this.gitHub = gitHub;
        this.cloudflare = cloudflare;
        this.production = production;
        this.lock = lock;
        this.clock = clock;
        this.begun = begun;
        asking = new Asking(clock);
    }

    /// Reads.
    ///
    /// @param state how production is; asked for once, beside everything else
    /// @param wake `NEVER` when nobody waits for it: then the calls providers keep in reserve are left
    ///     alone
    /// @param more what one may go back to besides the releases
    Scene read(Supplier<ProductionState> state, Wake wake, Collection<Destination> more) {
        var observed = clock.instant();
        var purpose = wake == Wake.ALLOWED ? Purpose.FOREGROUND : Purpose.BACKGROUND;
        var hub = gitHub.as(purpose);
        var flare = cloudflare.as(purpose);
        try (var questions = new Questions()) {
            var now = questions.ask(state);
            var listed = versions(questions, flare);
            var releases =
                    questions.ask(() ->
                            asking.of(() ->
                                    deployable(
                                            new ReleaseHistory(hub, stack)
                                                    .newest(RELEASES, () -> known(listed)),
                                            known(listed))));
            var by = questions.ask(() -> asking.of(hub::login));
            var holder = questions.ask(() -> asking.of(this::holder));
            var plans = questions.ask(this::plans);
            var bindings =
                    questions.ask(() ->
                            new BindingReader(flare, asking)
                                    .of(
                                            wanted(releases.get(), more),
                                            serving(now.get()),
                                            wake == Wake.ALLOWED));
            var schemas = schemas(questions, releases.get(), now.get().schema());
            return new Scene(
                    observed,
                    by.get().value().orElse(""),
                    now.get(),
                    releases.get(),
                    waited(listed),
                    schemas,
                    plans.get().stream()
                            .flatMap(plan -> PastRelease.planned(plan).stream())
                            .toList(),
                    holder.get(),
                    bindings.get());
        }
    }

    /// The same releases; where Cloudflare does not deploy a version any more, a copy that it does deploy
    /// stands for it.
    private static List<PastRelease> deployable(
            List<PastRelease> releases, Map<String, List<Version>> known) {
        return releases.stream().map(release -> deployable(release, known)).toList();
    }

    private static PastRelease deployable(PastRelease release, Map<String, List<Version>> known) {
        var versions = new LinkedHashMap<>(release.versions());
        versions.replaceAll(
                (worker, id) -> Secrets.returning(id, known.getOrDefault(worker, List.of())));
        return release.with(versions);
    }

    /// Who holds production.
    LockHolder holder() {
        return LockHolder.of(lock.status(_ -> false));
    }

    /// Promotions that may have run migrations: those of this computer, and those of others that the lock
    /// tells. What the lock does not tell counts as measured by nobody.
    private List<Plan> plans() {
        var told =
                asking.of(() -> lock.plans("promotion", RUNS, PROMOTIONS))
                        .value()
                        .orElse(List.of());
        return Stream.concat(begun.get().stream(), told.stream())
                .collect(
                        Collectors.toMap(
                                Plan::id, plan -> plan, (one, _) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private Map<String, Supplier<Reading<List<Version>>>> versions(
            Questions questions, Cloudflare flare) {
        var listed = new LinkedHashMap<String, Supplier<Reading<List<Version>>>>();
        for (var worker : stack.workers()) {
            listed.put(
                    worker.name(),
                    questions.ask(() ->
                            asking.of(
                                    () -> flare.versions(worker.script(), Returning.DEPLOYABLE))));
        }
        return listed;
    }

    private static Map<String, List<Version>> known(
            Map<String, Supplier<Reading<List<Version>>>> listed) {
        var known = new LinkedHashMap<String, List<Version>>();
        listed.forEach((worker, some) -> known.put(worker, some.get().value().orElse(List.of())));
        return known;
    }

    /// The script of each version one may return to, by the version's id.
    private Map<String, String> wanted(
            Reading<List<PastRelease>> releases, Collection<Destination> more) {
        var wanted = new LinkedHashMap<String, String>();
        Stream.concat(
                        releases.value().stream().flatMap(List::stream).map(PastRelease::versions),
                        more.stream().map(Destination::versions))
                .forEach(versions ->
                        stack.workers().stream()
                                .filter(w -> versions.containsKey(w.name()))
                                .forEach(w -> wanted.put(versions.get(w.name()), w.script())));
        return wanted;
    }

    private Map<String, String> serving(ProductionState now) {
        var scripts =
                stack.workers().stream()
                        .collect(Collectors.toMap(StackWorker::name, StackWorker::script));
        var serving = new LinkedHashMap<String, String>();
        for (var worker : now.workers()) {
            worker.only()
                    .map(LiveWorker.LiveVersion::id)
                    .ifPresent(id ->
                            serving.put(id, scripts.getOrDefault(worker.name(), worker.script())));
        }
        return serving;
    }

    private Map<Integer, Reading<LedgerState>> schemas(
            Questions questions, Reading<List<PastRelease>> releases, Schema now) {
        var schemas = new LinkedHashMap<Integer, Supplier<Reading<LedgerState>>>();
        for (var release : releases.value().orElse(List.of())) {
            var tree = release.commit().value();
            schemas.put(
                    release.number(),
                    questions.ask(() -> ledger(asking.of(() -> production.beside(now, tree)))));
        }
        return waited(schemas);
    }

    private static Reading<LedgerState> ledger(Reading<Schema> schema) {
        return schema.value()
                .map(s ->
                        s.state()
                                .map(state -> Reading.of(state, s.asOf()))
                                .orElseGet(() ->
                                        Reading.unknown(s.doubt().orElse("unknown"), s.asOf())))
                .orElseGet(() -> Reading.unknown(schema.doubt(), schema.asOf()));
    }

    private static <K, V> Map<K, V> waited(Map<K, Supplier<V>> asked) {
        var answers = new LinkedHashMap<K, V>();
        asked.forEach((key, answer) -> answers.put(key, answer.get()));
        return answers;
    }
}
