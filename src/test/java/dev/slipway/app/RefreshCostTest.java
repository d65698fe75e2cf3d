package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.bench.Backstage;
import dev.slipway.migration.workload.Workload;
import dev.slipway.migration.workload.WorkloadStore;
import dev.slipway.neon.HttpNeon;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.preview.Preview;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.ProductionWorkload;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubPulls;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What looking costs others: requests that arrive at the providers, and computes that wake. The
/// tests follow each other in one world.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefreshCostTest {
    private static final int PULL_REQUESTS = 8;

    @TempDir static Path home;

    private static Sandbox sandbox;
    private static Backstage backstage;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(
                        SandboxOptions.temporary(PostgresForTests.CACHE)
                                .crowded(PULL_REQUESTS)
                                .speed(20),
                        _ -> {});
        backstage = new Backstage(sandbox.worldFile().line());
    }

    @AfterAll
    static void end() {
        sandbox.close();
    }

    @Test
    @Order(3)
    void callsDoNotGrowWithThePullRequestsAndNothingIsReadTwice() {
        var few = session();
        var first = cost(few);
        var again = cost(few);

        assertThat(first)
                .containsEntry("github", 7)
                .containsEntry("neon", 3)
                .containsEntry("cloudflare", 3)
                .containsEntry("dns", 2 * 3 * PULL_REQUESTS);
        assertThat(again)
                .containsEntry("github", 2)
                .containsEntry("neon", 2)
                .containsEntry("cloudflare", 2)
                .containsEntry("dns", 0);

        for (int i = 0; i < 2 * PULL_REQUESTS; i++) {
            open("more-" + i);
        }

        var window = session();
        var before = backstage.calls();
        look(window);
        assertThat(backstage.since(before))
                .containsEntry("github", 8)
                .containsEntry("neon", 3)
                .containsEntry("cloudflare", 9);

        var many = session();
        assertThat(Backstage.requests(cost(many))).isEqualTo(Backstage.requests(first));
        assertThat(many.previews().refresh().previews()).hasSize(3 * PULL_REQUESTS);
    }

    @Test
    @Order(1)
    void aChangedPullRequestIsSeenAndNoMigrationIsReadAgain() {
        var session = session();
        session.previews().refresh();

        backstage.rename(1_001, "Another title");
        var before = backstage.calls();
        var read = session.previews().refresh().previews();

        assertThat(read)
                .filteredOn(p -> p.number().value() == 1_001)
                .singleElement()
                .extracting(Preview::title)
                .isEqualTo("Another title");
        assertThat(backstage.since(before))
                .containsEntry("github", 3)
                .containsEntry("neon", 2)
                .containsEntry("cloudflare", 2);
    }

    @Test
    @Order(2)
    void whatIsPendingInAHeadIsKnownWithoutReadingTheHeadsOneByOne() {
        var pending =
                session().previews().refresh().previews().stream()
                        .filter(p -> p.database().pending().map(l -> !l.isEmpty()).orElse(false))
                        .map(p -> p.number().value());

        assertThat(pending).containsExactly(1_005);
    }

    @Test
    @Order(4)
    void lookingOverAndOverWakesNothing() {
        var session = session();
        session.previews().refresh();
        backstage.traffic(false);
        await().atMost(Duration.ofMinutes(3)).until(() -> backstage.awake() == 0);
        var before = backstage.wakeUps();

        for (int i = 0; i < 5; i++) {
            session.previews().poll();
            session.production().read(Wake.NEVER);
            session.lock();
        }
        var fresh = session();
        fresh.previews().poll();
        fresh.production().read(Wake.NEVER);
        var observed = workload(fresh).get();

        assertThat(backstage.awake()).isZero();
        assertThat(backstage.wakeUps()).isEqualTo(before);
        assertThat(observed.statements())
                .as("seen while production was awake, by whoever read its ledger")
                .isNotEmpty();
        assertThat(observed.unseen())
                .extracting(Workload.Unseen::reason)
                .anyMatch(reason -> reason.startsWith("the production compute sleeps"));
    }

    private static ProductionWorkload workload(WorldSession session) {
        var world = session.world();
        return new ProductionWorkload(
                session.stack(),
                new HttpNeon(session.transport(), session.stack().neon().project()),
                new JdbcPostgres(world.transport(), world.bounds()),
                new WorkloadStore(new Home(home).world(world.id()).resolve("workload.db")),
                Duration.ZERO,
                Clock.systemUTC());
    }

    /// As the window looks: previews and production at the same time.
    static void look(WorldSession session) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var previews = threads.submit(() -> session.previews().refresh());
            var production = threads.submit(() -> session.production().read(Wake.NEVER));
            assertThat(previews.get().providers().values())
                    .allMatch(state -> state.failure().isEmpty());
            assertThat(production.get().failures()).isEmpty();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static WorldSession session() {
        return new WorldSession(
                Clock.systemUTC(),
                new Home(home).create(),
                WorldFile.parse(sandbox.worldFile().line()),
                StackFile.read(sandbox.stack()),
                () -> {});
    }

    private static Map<String, Integer> cost(WorldSession session) {
        var before = backstage.calls();
        session.previews().refresh();
        return backstage.since(before);
    }

    /// A draft, so that CI makes no preview and wakes nothing for it.
    private static void open(String branch) {
        var github = sandbox.github();
        var person = github.accounts().person("ana").person();
        github.push(
                branch,
                "ana",
                GitChange.of(branch, person, Clock.systemUTC().instant())
                        .with(branch + ".md", branch));
        github.pulls().open(new GitHubPulls.Opening(branch, "", "ana", branch, "main", true));
    }
}
