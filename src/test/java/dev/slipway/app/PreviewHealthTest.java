package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.bench.Backstage;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.HealthState;
import dev.slipway.preview.Preview.State;
import dev.slipway.preview.PreviewList;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A preview is as good as its Workers say, and unknown until they said it. The tests follow each other
/// in one world, whose visitors stay away.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PreviewHealthTest {
    @TempDir static Path home;

    private static Sandbox sandbox;
    private static Backstage backstage;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(50), _ -> {});
        backstage = new Backstage(sandbox.worldFile().line());
        backstage.traffic(false);
    }

    @AfterAll
    static void end() {
        sandbox.close();
    }

    @Test
    @Order(1)
    void aPreviewNobodyAskedIsUnknownAndNobodyIsWokenToAsk() {
        asleep();
        var before = backstage.wakeUps();

        var list = session().previews().refresh();

        for (var number : new int[] {471, 479, 482, 487}) {
            assertThat(of(list, number).state()).as("#%d", number).isEqualTo(State.UNKNOWN);
            assertThat(of(list, number).reason()).isEqualTo("health not checked");
        }
        assertThat(backstage.wakeUps()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void whatItsWorkersSaidHoldsForTheNextProcessWithItsAge() {
        var first = session();
        var broken = of(first.previews().one(new PullRequestNumber(479)), 479);
        var good = of(first.previews().one(new PullRequestNumber(482)), 482);
        assertThat(good.state()).isEqualTo(State.READY);
        assertThat(broken.state()).isEqualTo(State.FAILING);
        assertThat(broken.reason()).isEqualTo("auth: 500 on /health");
        asleep();
        var before = backstage.wakeUps();

        var next = session().previews().refresh();

        assertThat(of(next, 482).state()).isEqualTo(State.READY);
        assertThat(of(next, 482).health().asOf()).isEqualTo(good.health().asOf());
        assertThat(of(next, 479).state()).isEqualTo(State.FAILING);
        assertThat(of(next, 487).state()).isEqualTo(State.UNKNOWN);
        assertThat(backstage.wakeUps()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void whatItsWorkersSaidBeforeADeploymentSaysNothingAboutIt() {
        sandbox.cloudflare()
                .workers()
                .secrets(
                        "web-worker-preview-482",
                        Map.of("DATABASE_URL", Optional.of("postgres://nobody@127.0.0.1:1/gone")),
                        "dash");

        var list = session().previews().refresh();

        assertThat(of(list, 482).state()).isEqualTo(State.FAILING);
        assertThat(of(list, 482).health().history())
                .endsWith(HealthState.HEALTHY, HealthState.FAILING);
    }

    private static void asleep() {
        await().atMost(Duration.ofMinutes(3)).until(() -> backstage.awake() == 0);
    }

    private static Preview of(PreviewList list, int number) {
        return list.previews().stream()
                .filter(p -> p.number().value() == number)
                .findFirst()
                .orElseThrow();
    }

    private static WorldSession session() {
        return new WorldSession(
                Clock.systemUTC(),
                new Home(home).create(),
                WorldFile.parse(sandbox.worldFile().line()),
                StackFile.read(sandbox.stack()),
                () -> {});
    }
}
