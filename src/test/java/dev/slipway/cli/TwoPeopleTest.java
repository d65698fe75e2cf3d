package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.WorkerDeployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// One promotes while the other goes back, each from a home of their own: exactly one writes, and the other
/// hears who it is, where, and at which step. The tests follow each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoPeopleTest {
    private static final List<String> BACK = List.of("rollback", "r41", "--no-hold");
    private static final List<String> FORTH = List.of("promote", "484");

    private static TestWorld world;
    private static Path ana;
    private static Path ben;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        ana = world.folder().resolve("home-of-ana");
        ben = world.folder().resolve("home-of-ben");
        var plan = plan(ana, List.of("promote", "482"));
        var run = begin(ana, List.of("promote", "482"), plan);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void whoGoesBackIsRefusedWhileSomebodyPromotes() throws Exception {
        var forth = plan(ana, FORTH);
        var back = plan(ben, BACK);
        var before = marks();
        slow();
        var promoting = CompletableFuture.supplyAsync(() -> begin(ana, FORTH, forth));
        awaitHeld();

        var second = begin(ben, BACK, back);

        refused(second, "promotion of r43");
        // What was shown before the other began is refused as well as what is planned now.
        var now = world.runAt(ben, "rollback", "r41", "--plan-only", "--json");
        assertThat(Restoring.gate(now.document(), "lock"))
                .startsWith("fail: ")
                .contains("promotion of r43, step ");
        world.sandbox().faults().clear();
        var won = promoting.get();
        assertThat(won.code()).as(won.err() + won.out()).isEqualTo(Exit.DONE);
        assertThat(written(before)).allMatch(mark -> !mark.contains("back."));
    }

    @Test
    @Order(2)
    void whoPromotesIsRefusedWhileSomebodyGoesBack() throws Exception {
        var back = plan(ben, List.of("rollback", "r42", "--no-hold"));
        var forth = plan(ana, List.of("promote", "487"));
        var before = marks();
        slow();
        var going =
                CompletableFuture.supplyAsync(
                        () -> begin(ben, List.of("rollback", "r42", "--no-hold"), back));
        awaitHeld();

        refused(begin(ana, List.of("promote", "487"), forth), "rollback of r42");

        world.sandbox().faults().clear();
        var won = going.get();
        assertThat(won.code()).as(won.err() + won.out()).isEqualTo(Exit.DONE);
        assertThat(written(before)).isNotEmpty().allMatch(mark -> mark.contains("back."));
    }

    /// Both at the same moment: the ref takes one of them.
    @Test
    @Order(3)
    void ofTwoAtTheSameMomentOneWrites() throws Exception {
        var forth = plan(ana, List.of("promote", "487"));
        var back = plan(ben, BACK);
        var before = marks();
        var promoting =
                CompletableFuture.supplyAsync(() -> begin(ana, List.of("promote", "487"), forth));
        var going = CompletableFuture.supplyAsync(() -> begin(ben, BACK, back));

        var first = promoting.get();
        var second = going.get();

        var what = first.code() + " " + first.err() + second.code() + " " + second.err();
        assertThat(List.of(first.code(), second.code())).as(what).contains(Exit.DONE);
        var runs = new TreeSet<String>();
        written(before).forEach(mark -> runs.add(mark.split(":")[1]));
        assertThat(runs).as(what).hasSize(1);
        var loser = first.code() == Exit.DONE ? second : first;
        assertThat(loser.code()).as(what).isNotEqualTo(Exit.DONE);
        assertThat(loser.err() + loser.out()).as(what).contains(" on ", "step ");
    }

    private static void refused(CommandRun run, String doing) {
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.REFUSED);
        assertThat(run.err() + run.out())
                .containsPattern("[a-z]+ on [^,\"]+[,:] " + doing + ", step \\d+ of \\d+");
    }

    private static void slow() {
        world.sandbox()
                .faults()
                .add(
                        new Fault.Slow(
                                Fault.Target.next(3, "cloudflare", "POST", "/deployments"),
                                Duration.ofSeconds(6)));
    }

    private static void awaitHeld() {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> !world.run("lock").out().contains("free"));
    }

    private static JsonNode plan(Path home, List<String> command) {
        var run =
                world.runAt(
                        home,
                        Stream.concat(command.stream(), Stream.of("--plan-only", "--json"))
                                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static CommandRun begin(Path home, List<String> command, JsonNode plan) {
        return world.runAt(
                home, Restoring.confirmed(command, plan, plan.path("confirm").stringValue()));
    }

    /// The marks of every deployment of a production Worker.
    private static TreeSet<String> marks() {
        var marks = new TreeSet<String>();
        world.sandbox().cloudflare().workers().scripts().stream()
                .filter(script -> script.name().endsWith("-production"))
                .flatMap(script -> script.deployments().stream())
                .map(WorkerDeployment::annotations)
                .map(notes -> notes.getOrDefault("workers/message", ""))
                .filter(mark -> mark.startsWith("slipway:"))
                .forEach(marks::add);
        return marks;
    }

    private static TreeSet<String> written(TreeSet<String> before) {
        var since = marks();
        since.removeAll(before);
        return since;
    }
}
