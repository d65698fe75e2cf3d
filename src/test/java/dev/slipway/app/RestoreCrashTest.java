package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Restoring;
import dev.slipway.cli.TestWorld;
import dev.slipway.operation.Action;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Event;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Journal;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Rules;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.Restores.Wishes;
import dev.slipway.stack.StackFile;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A restore in place that dies at a write of its journal: before a change, between a change and its
/// answer, and after it was seen. Gone on with, it ends as if nothing had happened. Each round is a restore
/// of its own, so a build plays one in each step that changes the database; `-Dslipway.boundaries=2` plays
/// one in every step, `-Dslipway.boundaries=1` all of them.
class RestoreCrashTest {
    private static final int BOUNDARIES = Integer.getInteger("slipway.boundaries", 3);

    /// The steps of which each leaves production otherwise than it was.
    private static final Set<String> DAMAGING =
            Set.of("unprotect", "restore", "protect", "fence-again");

    private static TestWorld world;
    private static Restoring restoring;
    private static WorldSession session;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        restoring = new Restoring(world);
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(world.home()).create(),
                        WorldFile.parse(world.sandbox().worldFile().line()),
                        StackFile.read(world.sandbox().stack()),
                        () -> {});
        restoring.protect();
    }

    @AfterAll
    static void stop() {
        session.close();
        world.close();
    }

    @Test
    void aRestoreThatDiesInAnyStepAndIsGoneOnWithEndsTheSame() throws Exception {
        var played = new TreeSet<String>();
        var boundary = 0;
        for (var died = play(boundary); died.isPresent(); died = play(boundary)) {
            played.add(died.get());
            boundary++;
        }
        assertThat(played).containsAll(DAMAGING);
        if (BOUNDARIES < 3) {
            assertThat(played)
                    .contains(
                            "claim-lock",
                            "fence",
                            "await-restored",
                            "check-back",
                            "see-protected",
                            "release-lock");
        }
    }

    /// Restores what was damaged, dying at a boundary.
    ///
    /// @return in which step it died; empty when there is no such boundary
    private static Optional<String> play(int boundary) throws Exception {
        var before = restoring.hashes();
        var point = RestorePoint.parse(restoring.now());
        restoring.sql(
                "insert into plans (name, monthly_cents) values ('Oops', 1)",
                "update products set price_cents = price_cents + 1");
        var kept = restoring.names().size();
        var proposal =
                session.restores()
                        .propose(
                                Optional.empty(),
                                point,
                                new Wishes(false, false),
                                LookListener.SILENT);
        assertThat(proposal.refusals()).isEmpty();
        var plan = proposal.plan();
        var backup = proposal.scene().neon().value().orElseThrow().backup();
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            var dying = new DyingJournal(journal, boundary, RestoreCrashTest::ends);
            var end = driver(dying).start(plan, Fence.NONE, "kim", "test", List.of()).await();
            if (dying.died().isPresent()) {
                end = goOn(journal, plan);
            }
            var what = "died at " + dying.died() + ": " + end.reason();
            assertThat(end.state()).as(what).isEqualTo(OperationState.SUCCEEDED);
            assertThat(restoring.hashes()).as(what).isEqualTo(before);
            assertThat(restoring.production().isProtected()).as(what).isTrue();
            assertThat(restoring.names()).as(what).hasSize(kept + 1).contains(backup);
            assertThat(session.lock().state()).as(what).isEqualTo(LockStatus.State.FREE);
            return dying.died().map(DyingJournal::step);
        }
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

    /// The answer to a change, or the end of a step without one: one boundary in each step.
    private static boolean ends(Event event, List<Event> counted) {
        if (BOUNDARIES == 1) {
            return true;
        }
        if (BOUNDARIES > 2 && !DAMAGING.contains(DyingJournal.step(event))) {
            return false;
        }
        return event instanceof Event.Answered
                || ((event instanceof Event.Confirmed || event instanceof Event.Skipped)
                        && counted.stream()
                                .map(DyingJournal::step)
                                .noneMatch(DyingJournal.step(event)::equals));
    }
}
