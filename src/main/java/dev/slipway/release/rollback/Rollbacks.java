package dev.slipway.release.rollback;

import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.operation.Plan;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.stack.Stack;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Says whether production can go back, and proposes it. Rollbacks are started like promotions, by
/// [dev.slipway.release.Promotions#start].
public final class Rollbacks {
    private final World world;
    private final Stack stack;
    private final ProductionReader production;
    private final SceneReader reader;
    private final Supplier<Optional<Measured>> measured;
    private final RandomGenerator random;

    /// @param measured how long going back took the last time
    public Rollbacks(
            World world,
            Stack stack,
            ProductionReader production,
            SceneReader reader,
            Supplier<Optional<Measured>> measured,
            RandomGenerator random) {
        this.world = world;
        this.stack = stack;
        this.production = production;
        this.reader = reader;
        this.measured = measured;
        this.random = random;
    }

    /// Reads production and everything the answer depends on, for somebody who waits for it.
    ///
    /// @throws dev.slipway.domain.FailureException when production cannot be read
    public Scene look() {
        return look(List.of());
    }

    /// The same where one may also go back to what was no release.
    Scene look(List<Destination> more) {
        return reader.read(() -> production.read(Wake.ALLOWED), Wake.ALLOWED, more);
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
        return reader.read(() -> state, wake, List.of());
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
        return propose(look(), release, hold);
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

    Answers answers(Scene scene) {
        return new Answers(stack, world.bounds(), scene, measured.get());
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

    /// Who holds production.
    public LockHolder holder() {
        return reader.holder();
    }
}
