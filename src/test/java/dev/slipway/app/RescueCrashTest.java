package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TableHashes;
import dev.slipway.cli.TestWorld;
import dev.slipway.operation.Event;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.Restores.Wishes;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.rescue.ReplayRows;
import dev.slipway.sandbox.world.NeonBranch;
import java.sql.SQLException;
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
        session = DyingRun.session(world);
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
        DyingRun.undisturbed(session, plan);
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
        var run = DyingRun.of(session, plan, boundary, RescueCrashTest::counts);
        assertThat(hashes()).as(run.what()).isEqualTo(later);
        assertThat(branches()).as(run.what()).isEqualTo(branches);
        assertThat(session.lock().state()).as(run.what()).isEqualTo(LockStatus.State.FREE);
        change(
                "delete from plans where name = 'Lost'",
                "update products set price_cents = price_cents - 1");
        return run.step();
    }

    private static boolean counts(Event event, List<Event> before) {
        return ALL || DyingJournal.step(event).equals(ReplayRows.KEY);
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
