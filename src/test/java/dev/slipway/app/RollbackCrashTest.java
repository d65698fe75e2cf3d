package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TestWorld;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.release.rollback.Holds;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerScript;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A rollback that dies at a write of its journal, with all Workers on their way at once, and is gone on
/// with: it ends as if nothing had happened. Each round goes to the release the round before has left, so a
/// build plays one in each step; `-Dslipway.boundaries=1` plays all of them.
class RollbackCrashTest {
    private static final boolean ALL = Integer.getInteger("slipway.boundaries", 3) == 1;

    private static TestWorld world;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        session = DyingRun.session(world);
        var proposal =
                session.promotions()
                        .propose(
                                new Target.OfPullRequest(new PullRequestNumber(482)),
                                RehearsalListener.SILENT);
        var end =
                session.promotions()
                        .start(
                                proposal,
                                proposal.phrase(),
                                Permit.forOne(session.login(), "test"),
                                List.of())
                        .await();
        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
    }

    @AfterAll
    static void stop() {
        session.close();
        world.close();
    }

    @Test
    void aRollbackThatDiesInAnyStepAndIsGoneOnWithEndsTheSame() {
        var played = new TreeSet<String>();
        boolean died = true;
        for (int boundary = 0; died; boundary++) {
            var steps =
                    Stream.of(play("r41", boundary), play("r42", boundary))
                            .flatMap(Optional::stream)
                            .toList();
            played.addAll(steps);
            died = !steps.isEmpty();
        }
        assertThat(played)
                .contains(
                        "claim-lock",
                        "check-back",
                        "hold",
                        "record-deployment.create",
                        "record-deployment.status",
                        "release-lock")
                .anyMatch(step -> step.startsWith("back."));
    }

    private static Optional<String> play(String to, int boundary) {
        letGo(session.rollbacks().propose(Optional.of(to), true).plan().pins().get("liveCommit"));
        var plan = session.rollbacks().propose(Optional.of(to), true).plan();
        var run =
                DyingRun.of(
                        session,
                        plan,
                        boundary,
                        (event, counted) -> ALL || DyingRun.ends(event, counted));
        for (WorkerScript script : world.sandbox().cloudflare().workers().scripts()) {
            if (script.name().endsWith("-production")) {
                holds(script, plan, run.what());
            }
        }
        var marks = plan.marks();
        assertThat(world.sandbox().github().deployments().deployments())
                .as(run.what())
                .filteredOn(d -> d.payload().toString().contains(marks))
                .hasSize(1);
        assertThat(session.lock().state()).as(run.what()).isEqualTo(LockStatus.State.FREE);
        return run.step();
    }

    /// What the way before held: a commit that is held already is not held again.
    private static void letGo(String commit) {
        var proposal = session.holds().propose(new CommitSha(commit), Holds.What.UNHOLD);
        if (proposal.refusals().isEmpty()) {
            DyingRun.undisturbed(session, proposal.plan());
        }
    }

    /// All traffic has the planned version, by one deployment.
    private static void holds(WorkerScript script, Plan plan, String what) {
        var worker = script.name().replace("-production", "").replace("-worker", "");
        var version = plan.pins().get("to." + worker);
        assertThat(script.active().orElseThrow().versions())
                .as(what)
                .singleElement()
                .satisfies(share -> assertThat(share.version()).isEqualTo(version));
        assertThat(script.deployments()).as(what).filteredOn(d -> made(d, plan)).hasSize(1);
    }

    private static boolean made(WorkerDeployment deployment, Plan plan) {
        return deployment.annotations().toString().contains(plan.marks());
    }
}
