package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.bench.Backstage;
import dev.slipway.bench.Numbers;
import dev.slipway.bench.WorldProcess;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.stack.StackFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// 500 pull requests with 500 Neon branches, 1,500 Workers and 1,500 DNS records: what looking at
/// them costs. The world runs in another process.
@Tag("bench")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefreshBench {
    private static final int PULL_REQUESTS = 500;
    private static final int ROUNDS = 20;
    private static final int LINES = 50_000;

    @TempDir static Path folder;

    private static WorldProcess world;
    private static Backstage backstage;
    private static Path worldFile;

    @BeforeAll
    static void start() throws Exception {
        world = new WorldProcess(folder.resolve("world"), PULL_REQUESTS);
        backstage = new Backstage(world.line());
        worldFile = Files.writeString(folder.resolve("world.json"), world.line());
    }

    @AfterAll
    static void end() throws Exception {
        world.close();
    }

    @Test
    @Order(1)
    void callsOfARefresh() {
        var session = session();
        var first = cost(() -> assertThat(session.previews().poll().previews()).hasSize(500));
        var again = cost(() -> session.previews().poll());
        backstage.rename(1_250, "Another title");
        var changed = cost(() -> session.previews().poll());
        var window = session();
        var both = cost(() -> RefreshCostTest.look(window));
        var bothAgain = cost(() -> RefreshCostTest.look(window));
        session.production().read(Wake.NEVER);
        var productionAgain = cost(() -> session.production().read(Wake.NEVER));

        calls("first refresh of the previews, production awake", first, 25);
        calls("again without a change", again, 6);
        calls("after a change of one pull request", changed, 25);
        calls("previews and production, first look of the window", both, 25);
        calls("the same again without a change", bothAgain, 25);
        calls("production alone, again", productionAgain, 25);
        assertThat(Backstage.requests(first)).isLessThanOrEqualTo(25);
        assertThat(Backstage.requests(again)).isLessThanOrEqualTo(6);
        assertThat(Backstage.requests(both)).isLessThanOrEqualTo(25);
    }

    @Test
    @Order(2)
    void timeOfAWarmRefresh() {
        var session = session();
        session.previews().poll();
        var unchanged = new ArrayList<Double>();
        var changed = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            unchanged.add(seconds(() -> session.previews().poll()));
            backstage.rename(1_001 + i, "Title " + i);
            changed.add(seconds(() -> session.previews().poll()));
        }
        var first = new ArrayList<Double>();
        for (int i = 0; i < 5; i++) {
            var fresh = session();
            first.add(seconds(() -> fresh.previews().poll()));
        }
        time("warm refresh, nothing changed", unchanged);
        time("warm refresh, one pull request changed", changed);
        Numbers.row("first refresh of a session in a warm process", Numbers.spread(first, "s"));
    }

    @Test
    @Order(3)
    void heapWithAFullLog() throws Exception {
        heap("heap after GC without the window: 500 previews, 50,000 log lines", HeapProbe.class);
        heap("heap after GC, window open: 500 previews, 50,000 log lines", WindowHeapProbe.class);
    }

    private static void heap(String what, Class<?> probe) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The toolkit is found and opened as in this process.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dsurefire"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-cp",
                        System.getProperty("java.class.path"),
                        probe.getName(),
                        folder.resolve("heap").toString(),
                        worldFile.toString(),
                        Integer.toString(LINES),
                        Integer.toString(PULL_REQUESTS)));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var heap = Integer.parseInt(said.strip().split(" ")[1]);
        Numbers.row(what, heap + " MB", "< 300 MB", heap < 300);
    }

    @Test
    @Order(4)
    void tenRefreshesWithEveryComputeAsleep() {
        backstage.traffic(false);
        await().atMost(Duration.ofSeconds(90)).until(() -> backstage.awake() == 0);
        var before = backstage.wakeUps();
        var session = session();
        var first = cost(() -> session.previews().poll());
        for (int i = 0; i < 10; i++) {
            session.previews().poll();
            session.production().read(Wake.NEVER);
            session.lock();
        }
        var woken = backstage.wakeUps() - before;
        calls("first refresh of the previews, every compute asleep", first, 25);
        Numbers.row(
                "ten refreshes of previews, production and lock, every compute asleep",
                woken + " wake-ups, " + backstage.awake() + " awake",
                "0 wake-ups",
                woken == 0);
        assertThat(woken).isZero();
    }

    private static WorldSession session() {
        return session(folder.resolve("app"));
    }

    private static WorldSession session(Path home) {
        return new WorldSession(
                Clock.systemUTC(),
                new Home(home).create(),
                WorldFile.parse(world.line()),
                StackFile.read(folder.resolve("world/sandbox/slipway.yaml")),
                () -> {});
    }

    private static Map<String, Integer> cost(Runnable work) {
        var before = backstage.calls();
        work.run();
        return backstage.since(before);
    }

    private static void calls(String what, Map<String, Integer> calls, int most) {
        var sum = Backstage.requests(calls);
        Numbers.row(
                "calls: " + what,
                sum
                        + " (GitHub "
                        + calls.get("github")
                        + ", Neon "
                        + calls.get("neon")
                        + ", Cloudflare "
                        + calls.get("cloudflare")
                        + "; DNS packets "
                        + calls.get("dns")
                        + ")",
                "<= " + most,
                sum <= most);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void time(String what, List<Double> times) {
        Numbers.row(what, Numbers.spread(times, "s"), "< 1 s", Numbers.percentile(times, 95) < 1);
    }
}
