package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Restoring;
import dev.slipway.cli.TestWorld;
import dev.slipway.operation.Event;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.Restores.Wishes;
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
        session = DyingRun.session(world);
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
        var run = DyingRun.of(session, plan, boundary, RestoreCrashTest::counts);
        assertThat(restoring.hashes()).as(run.what()).isEqualTo(before);
        assertThat(restoring.production().isProtected()).as(run.what()).isTrue();
        assertThat(restoring.names()).as(run.what()).hasSize(kept + 1).contains(backup);
        assertThat(session.lock().state()).as(run.what()).isEqualTo(LockStatus.State.FREE);
        return run.step();
    }

    private static boolean counts(Event event, List<Event> counted) {
        return BOUNDARIES == 1
                || ((BOUNDARIES == 2 || DAMAGING.contains(DyingJournal.step(event)))
                        && DyingRun.ends(event, counted));
    }
}
