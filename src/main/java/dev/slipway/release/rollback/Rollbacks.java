package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Version;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.http.Purpose;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Together;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Schema;
import dev.slipway.release.Asking;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.Situation.Reading;
import dev.slipway.stack.Stack;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Says whether production can go back, and proposes it. Rollbacks are started like promotions, by
/// [dev.slipway.release.Promotions#start].
public final class Rollbacks {
    /// How many releases back anybody looks.
    private static final int RELEASES = 6;

    private final World world;
    private final Stack stack;
    private final GitHub gitHub;
    private final Cloudflare cloudflare;
    private final ProductionReader production;
    private final ProductionLock lock;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Together together;
    private final Supplier<List<Plan>> begun;
    private final Asking asking;

    /// @param begun plans of promotions that began on this computer and were not released
    public Rollbacks(
            World world,
            Stack stack,
            GitHub gitHub,
            Cloudflare cloudflare,
            ProductionReader production,
            ProductionLock lock,
            InstantSource clock,
            RandomGenerator random,
            Together together,
            Supplier<List<Plan>> begun) {
        this.world = world;
        this.stack = stack;
        this.gitHub = gitHub;
        this.cloudflare = cloudflare;
        this.production = production;
        this.lock = lock;
        this.clock = clock;
        this.random = random;
        this.together = together;
        this.begun = begun;
        asking = new Asking(clock);
    }

    /// Reads everything the answer depends on, beside `state`, for somebody who waits for it. Production
    /// is only read.
    public Scene look(ProductionState state) {
        return look(state, Wake.ALLOWED);
    }

    /// The same. The ledger is the one `state` was read with.
    ///
    /// @param wake `NEVER` when nobody waits for it: then the calls providers keep in reserve are left
    ///     alone
    public Scene look(ProductionState state, Wake wake) {
        var observed = clock.instant();
        var purpose = wake == Wake.ALLOWED ? Purpose.FOREGROUND : Purpose.BACKGROUND;
        var gitHub = this.gitHub.as(purpose);
        var versions = versions(cloudflare.as(purpose));
        var known = new LinkedHashMap<String, List<Version>>();
        versions.forEach((worker, some) -> known.put(worker, some.value().orElse(List.of())));
        var releases =
                asking.of(
                        () -> new ReleaseHistory(gitHub, stack, together).newest(RELEASES, known));
        return new Scene(
                observed,
                asking.of(gitHub::login).value().orElse(""),
                state,
                releases,
                versions,
                schemas(releases.value().orElse(List.of()), state.schema()),
                begun.get().stream().flatMap(plan -> PastRelease.planned(plan).stream()).toList(),
                asking.of(this::holder));
    }

    /// What going back to each known release would mean, newest first; none while they are not known.
    public List<Candidate> candidates(Scene scene) {
        return answers(scene).candidates();
    }

    /// Whether production can go back now, and how.
    public Answer answer(Scene scene) {
        return answers(scene).answer();
    }

    /// Observes and plans. Changes nothing.
    ///
    /// @param release `r40`; empty takes the one the answer names
    /// @param hold whether the commit that is left is held afterwards
    /// @throws RefusedException when there is no such release, or none to go back to
    /// @throws dev.slipway.domain.FailureException when production cannot be read
    public RollbackProposal propose(Optional<String> release, boolean hold) {
        return propose(look(production.read(Wake.ALLOWED)), release, hold);
    }

    /// The plan for what was observed already. Asks nobody.
    ///
    /// @throws RefusedException when there is no such release, or none to go back to
    public RollbackProposal propose(Scene scene, Optional<String> release, boolean hold) {
        var answers = answers(scene);
        var target = release.map(name -> named(scene, name)).orElseGet(() -> chosen(answers));
        return new RollbackProposal(
                scene,
                target,
                new RollbackPlanner(stack, world, scene, target, hold).plan(Plan.freshId(random)),
                new RollbackGates(answers, target).all());
    }

    private Answers answers(Scene scene) {
        return new Answers(stack, world.bounds(), scene);
    }

    static PastRelease named(Scene scene, String name) {
        return scene.release(name)
                .orElseThrow(() ->
                        new RefusedException(
                                scene.releases().value().isEmpty()
                                        ? "The releases are not known: "
                                                + scene.releases().doubt()
                                                + " Nothing was changed."
                                        : "There is no release "
                                                + name
                                                + " among the newest: "
                                                + names(scene)
                                                + ". Nothing was changed."));
    }

    private static String names(Scene scene) {
        return String.join(
                ", ",
                scene.releases().value().orElse(List.of()).stream()
                        .map(PastRelease::name)
                        .toList());
    }

    private static PastRelease chosen(Answers answers) {
        var answer = answers.answer();
        return answer.release()
                .orElseThrow(
                        () -> new RefusedException(answer.sentence() + " Nothing was changed."));
    }

    private Map<String, Reading<List<Version>>> versions(Cloudflare cloudflare) {
        var readings =
                together.ask(
                        stack.workers().stream()
                                .<Supplier<Reading<List<Version>>>>map(w ->
                                        () ->
                                                asking.of(() ->
                                                        cloudflare.versions(
                                                                w.script(), Returning.DEPLOYABLE)))
                                .toList());
        var versions = new LinkedHashMap<String, Reading<List<Version>>>();
        for (int i = 0; i < readings.size(); i++) {
            versions.put(stack.workers().get(i).name(), readings.get(i));
        }
        return versions;
    }

    private Map<Integer, Reading<LedgerState>> schemas(List<PastRelease> releases, Schema now) {
        var schemas = new LinkedHashMap<Integer, Reading<LedgerState>>();
        for (var release : releases) {
            var tree = release.commit().value();
            schemas.put(release.number(), ledger(asking.of(() -> production.beside(now, tree))));
        }
        return schemas;
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

    /// Who holds production.
    public LockHolder holder() {
        return LockHolder.of(lock.status(_ -> false));
    }
}
