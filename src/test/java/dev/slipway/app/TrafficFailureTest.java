package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Code that is healthy until people use it: the last thing that can go wrong in a promotion.
class TrafficFailureTest {
    @TempDir static Path home;

    private static Sandbox sandbox;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox);
    }

    @AfterAll
    static void end() {
        session.close();
    }

    @Test
    void itPassesTheSmokeTestAndComesBackFromATrafficStep() {
        var before = session.production().read(Wake.ALLOWED);
        sandbox.faults().add(new Fault.WeakCode(Set.of("web"), 5));
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
                                Permit.forOne(session.login(), "a test"),
                                List.of())
                        .await();

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.reason()).contains("web");
        assertThat(decidedBy()).startsWith("traffic-");
        var after = session.production().read(Wake.ALLOWED);
        assertThat(live(after)).isEqualTo(live(before));
        assertThat(after.health()).isEqualTo(ProductionState.Health.HEALTHY);
        assertThat(after.release()).isEqualTo(before.release());
        assertThat(session.lock().sentence()).contains("free");
    }

    private static List<String> live(ProductionState production) {
        return production.workers().stream()
                .map(LiveWorker::only)
                .map(version -> version.orElseThrow().id())
                .toList();
    }

    /// The step that decided how the newest operation ended.
    private static String decidedBy() {
        var id = session.operations().list().getFirst().id();
        return session.operations().one(id).orElseThrow().entries().stream()
                .map(Entry::event)
                .flatMap(event ->
                        event instanceof Event.Finished finished
                                ? Stream.of(finished.step())
                                : Stream.empty())
                .findFirst()
                .orElseThrow();
    }
}
