package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TableHashes;
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
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.rescue.ReplayRows;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.stack.StackFile;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The return of lost rows that dies at a write of its journal: before its transaction, between COMMIT and
/// its answer, and after it was seen. Gone on with, the rows are back once. A build plays the step that
/// writes them; `-Dslipway.boundaries=1` plays all.
class RescueCrashTest {
    private static final boolean ALL = Integer.getInteger("slipway.boundaries", 3) == 1;

    private static TestWorld world;
    private static WorldSession session;
    private static Map<String, String> later;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(world.home()).create(),
                        WorldFile.parse(world.sandbox().worldFile().line()),
                        StackFile.read(world.sandbox().stack()),
                        () -> {});
        restore();
    }

    @AfterAll
    static void stop() {
        session.close();
        world.close();
    }

    @Test
    void rowsThatWereComingBackComeBackOnce() throws Exception {
        var played = new TreeSet<String>();
        var boundary = 0;
        for (var died = play(boundary); died.isPresent(); died = play(boundary)) {
            played.add(died.get());
            boundary++;
        }
        assertThat(played).contains(ReplayRows.KEY);
        assertThat(boundary).isGreaterThanOrEqualTo(3);
    }

    /// Loses rows by a restore.
    private static void restore() throws Exception {
        var point = RestorePoint.parse(now());
        change(
                "insert into plans (name, monthly_cents) values ('Lost', 1)",
                "update products set price_cents = price_cents + 1");
        later = hashes();
        var plan =
                session.restores()
                        .propose(
                                Optional.empty(),
                                point,
                                new Wishes(false, false),
                                LookListener.SILENT)
                        .plan();
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            var end = driver(journal).start(plan, Fence.NONE, "kim", "test", List.of()).await();
            assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
        }
    }

    /// Brings the rows back, dying at a boundary, and takes them away again.
    ///
    /// @return in which step it died; empty when there is no such boundary
    private static Optional<String> play(int boundary) throws Exception {
        assertThat(hashes()).isNotEqualTo(later);
        var branches = branches();
        var proposal =
                session.rescues()
                        .propose(
                                Optional.empty(),
                                new ReplayOptions(Set.of(), false, false),
                                LookListener.SILENT);
        assertThat(proposal.refusals()).isEmpty();
        var plan = proposal.plan();
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            var dying = new DyingJournal(journal, boundary, RescueCrashTest::counts);
            var end = driver(dying).start(plan, Fence.NONE, "kim", "test", List.of()).await();
            if (dying.died().isPresent()) {
                end = goOn(journal, plan);
            }
            var what = "died at " + dying.died() + ": " + end.reason();
            assertThat(end.state()).as(what).isEqualTo(OperationState.SUCCEEDED);
            assertThat(hashes()).as(what).isEqualTo(later);
            assertThat(branches()).as(what).isEqualTo(branches);
            assertThat(session.lock().state()).as(what).isEqualTo(LockStatus.State.FREE);
            change(
                    "delete from plans where name = 'Lost'",
                    "update products set price_cents = price_cents - 1");
            return dying.died().map(DyingJournal::step);
        }
    }

    private static boolean counts(Event event, List<Event> before) {
        return ALL || DyingJournal.step(event).equals(ReplayRows.KEY);
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

    private static void change(String... statements) throws SQLException {
        try (var connection = world.production()) {
            TableHashes.run(connection, List.of(statements));
        }
    }

    private static Map<String, String> hashes() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.of(connection);
        }
    }

    private static String now() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.now(connection);
        }
    }

    private static List<String> branches() {
        return world
                .sandbox()
                .neon()
                .branching()
                .list(world.sandbox().worldFile().project())
                .stream()
                .map(NeonBranch::name)
                .sorted()
                .toList();
    }
}
