package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TestWorld;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.Action;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Event;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Journal;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Rules;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.release.rollback.Holds;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.stack.StackFile;
import java.time.Clock;
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
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(world.home()).create(),
                        WorldFile.parse(world.sandbox().worldFile().line()),
                        StackFile.read(world.sandbox().stack()),
                        () -> {});
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
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            var dying = new DyingJournal(journal, boundary, RollbackCrashTest::ends);
            var end = driver(dying).start(plan, Fence.NONE, "kim", "test", List.of()).await();
            if (dying.died().isPresent()) {
                end = goOn(journal, plan);
            }
            var what = to + " died at " + dying.died() + ": " + end.reason();
            assertThat(end.state()).as(what).isEqualTo(OperationState.SUCCEEDED);
            for (WorkerScript script : world.sandbox().cloudflare().workers().scripts()) {
                if (script.name().endsWith("-production")) {
                    holds(script, plan, what);
                }
            }
            var marks = plan.marks();
            assertThat(world.sandbox().github().deployments().deployments())
                    .as(what)
                    .filteredOn(d -> d.payload().toString().contains(marks))
                    .hasSize(1);
            assertThat(session.lock().state()).as(what).isEqualTo(LockStatus.State.FREE);
            return dying.died().map(DyingJournal::step);
        }
    }

    /// What the way before held: a commit that is held already is not held again.
    private static void letGo(String commit) {
        var proposal = session.holds().propose(new CommitSha(commit), Holds.What.UNHOLD);
        if (!proposal.refusals().isEmpty()) {
            return;
        }
        try (var journal = SqliteJournal.inMemory(proposal.plan().world())) {
            var end =
                    driver(journal)
                            .start(proposal.plan(), Fence.NONE, "kim", "test", List.of())
                            .await();
            assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
        }
    }

    /// The answer to a change, or the end of a step without one: one boundary in each step.
    private static boolean ends(Event event, List<Event> counted) {
        return ALL
                || event instanceof Event.Answered
                || ((event instanceof Event.Confirmed || event instanceof Event.Skipped)
                        && counted.stream()
                                .map(DyingJournal::step)
                                .noneMatch(DyingJournal.step(event)::equals));
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

    private static Action.End goOn(SqliteJournal journal, Plan plan) {
        if (journal.plan(plan.id()).isEmpty()) {
            return driver(journal).start(plan, Fence.NONE, "kim", "test", List.of()).await();
        }
        return driver(journal)
                .resume(plan.id(), Fence.NONE, Event.Decision.CONTINUE, "kim", "test", List.of())
                .await();
    }

    private static Driver driver(Journal journal) {
        return new Driver(
                journal,
                session.works(),
                Rules.of(session.world().bounds()),
                Moment.Source.of(Clock.systemUTC(), System::nanoTime, "boot"),
                new Driver.Seat("kim-mbp", "s1"));
    }
}
