package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.github.CommitStatus;
import dev.slipway.github.GitHub;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.release.Asking;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.step.HoldCommit;
import dev.slipway.stack.Stack;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Holds commits back from production and lets them go again. The hold lies at GitHub, so it binds
/// every colleague, and any workflow that asks for it.
///
/// @param lock looks who holds production
public record Holds(
        World world,
        Stack stack,
        GitHub gitHub,
        Supplier<LockHolder> lock,
        InstantSource clock,
        RandomGenerator random) {
    private static final GateQuestion STANDS = new GateQuestion("stands", "It is not so already");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");

    /// What is to be done with the commit.
    public enum What {
        HOLD,
        UNHOLD;

        /// The kind of its operation, and the word for people.
        public String kind() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Why `commit` is held; empty when it is not.
    ///
    /// @throws dev.slipway.domain.FailureException when GitHub cannot be asked
    public static Optional<String> of(GitHub gitHub, CommitSha commit) {
        return gitHub.statuses(commit).stream()
                .filter(s -> s.context().equals(HoldCommit.CONTEXT))
                .findFirst()
                .filter(s -> s.state() != CommitStatus.State.SUCCESS)
                .map(CommitStatus::description);
    }

    /// Observes and plans. Changes nothing.
    ///
    /// @throws RefusedException when the repository has no such commit
    /// @throws dev.slipway.domain.FailureException when GitHub cannot be asked about it
    public HoldProposal propose(CommitSha commit, What what) {
        var observed = clock.instant();
        if (gitHub.commit(commit).isEmpty()) {
            throw new RefusedException(
                    stack.repository()
                            + " has no commit "
                            + commit.brief()
                            + ". Nothing was changed.");
        }
        var by = gitHub.login();
        var asking = new Asking(clock);
        var held = asking.of(() -> of(gitHub, commit));
        return new HoldProposal(
                commit,
                what,
                Plan.of(
                        Plan.freshId(random),
                        what.kind(),
                        commit.brief(),
                        world.id(),
                        observed,
                        pins(commit, by),
                        List.of(
                                ClaimLock.step(Optional.empty()),
                                step(commit, what, by),
                                ReleaseLock.step())),
                List.of(
                        STANDS.judge(held, why -> stands(commit, what, why)),
                        LOCK.judge(
                                asking.of(lock),
                                h -> Finding.of(h.free(), h.sentence(), h.sentence()))));
    }

    private static PlanStep step(CommitSha commit, What what, String by) {
        return switch (what) {
            case HOLD -> HoldCommit.hold(commit, "held by " + by);
            case UNHOLD -> HoldCommit.release(commit, "let go by " + by);
        };
    }

    private Map<String, String> pins(CommitSha commit, String by) {
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("by", by);
        pins.put("commit", commit.value());
        return pins;
    }

    private static Finding stands(CommitSha commit, What what, Optional<String> held) {
        return switch (what) {
            case HOLD ->
                    Finding.of(
                            held.isEmpty(),
                            "No hold.",
                            commit.brief() + " is held already: " + held.orElse("") + ".");
            case UNHOLD ->
                    Finding.of(
                            held.isPresent(),
                            "It is held: " + held.orElse("") + ".",
                            commit.brief() + " is not held.");
        };
    }
}
