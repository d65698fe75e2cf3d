package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.WorkerScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// Going back is practised beside production. The tests follow each other, as days do.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillTest {
    private static TestWorld world;

    @BeforeAll
    static void start() {
        world = new TestWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    /// What production runs, by script, and everything that could be left behind.
    private static Map<String, String> standing() {
        var standing = new TreeMap<String, String>();
        for (WorkerScript script : world.sandbox().cloudflare().workers().scripts()) {
            standing.put(script.name(), script.active().toString());
        }
        for (NeonBranch branch :
                world.sandbox().neon().branches(world.sandbox().worldFile().project())) {
            standing.put(branch.name(), branch.id());
        }
        return standing;
    }

    @Test
    @Order(1)
    void whatWasNeverPractisedIsSaidAndHoldsNothingUp() {
        var drill = read("production", "--json").path("drill");
        assertThat(drill.path("warns").asBoolean()).isTrue();
        assertThat(drill.path("sentence").stringValue()).contains("never practised");
        assertThat(drill.path("at").isNull()).isTrue();
        assertThat(read("drill", "--history", "--json").path("drills")).isEmpty();

        var gate = gate(read("promote", "482", "--plan-only", "--json"));
        assertThat(gate)
                .startsWith("pass: Warning: Going back was never practised")
                .contains("slipway drill");
    }

    @Test
    @Order(2)
    void theCodeOfEveryWorkerIsPutBackAndNothingStays() {
        var before = standing();
        var run = world.run("drill", "--json");
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);

        var drill = run.document();
        assertThat(drill.path("passed").asBoolean()).isTrue();
        assertThat(drill.path("live").stringValue()).isEqualTo("r41");
        assertThat(drill.path("withinGoal").asBoolean()).isTrue();
        assertThat(drill.path("backMillis").asLong()).isPositive();
        var workers = new ArrayList<String>();
        drill.path("workers").forEach(worker -> workers.add(worker.stringValue()));
        drill.path("leftOut").forEach(out -> workers.add(out.path("worker").stringValue()));
        assertThat(workers).containsExactlyInAnyOrder("web", "auth", "stripe-webhook-handler");
        assertThat(parts(drill))
                .containsExactly(
                        "branch",
                        "canaries",
                        "deploy",
                        "check-deploy",
                        "back",
                        "check-back",
                        "settle",
                        "cleanup");
        assertThat(drill.path("leftBehind")).isEmpty();
        assertThat(standing()).isEqualTo(before);
        assertThat(read("operations", "--json").path("operations")).isEmpty();
    }

    @Test
    @Order(3)
    void whatWasPractisedIsKeptAndShown() {
        var production = read("production", "--json").path("drill");
        assertThat(production.path("warns").asBoolean()).isFalse();
        assertThat(production.path("sentence").stringValue())
                .startsWith("The last drill, ")
                .contains("was back in ", "(goal 120 s)");
        assertThat(gate(read("promote", "482", "--plan-only", "--json")))
                .startsWith("pass: The last drill, ");
        assertThat(world.run("production").out()).contains("practised: The last drill, ");
        assertThat(read("drill", "--history", "--json").path("drills")).hasSize(1);
        assertThat(world.run("drill", "--history").out()).contains("r41 was back in ");
    }

    @Test
    @Order(4)
    void oneThatIsOldOrFailedWarnsAgain() throws Exception {
        var file = kept();
        var text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"at\":\"20[0-9]{2}", "\"at\":\"2019"));
        assertThat(gate(read("promote", "482", "--plan-only", "--json")))
                .startsWith("pass: Warning: The last drill, ")
                .contains("older than 30 days");
        Files.writeString(file, text);

        var before = standing();
        world.sandbox()
                .faults()
                .add(
                        new Fault.Answer(
                                Fault.Target.next(
                                        20, "cloudflare", "POST", "/slipway-.*/deployments"),
                                400,
                                "{\"success\":false,\"errors\":[{\"code\":10220,\"message\":"
                                        + "\"The following secrets have changed: A\"}],"
                                        + "\"messages\":[],\"result\":null}",
                                Optional.empty()));
        var run = world.run("drill", "--json");
        world.sandbox().faults().clear();
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.STOPPED);
        assertThat(run.document().path("passed").asBoolean()).isFalse();
        assertThat(run.document().path("reason").stringValue()).contains("10220");
        assertThat(run.document().path("backMillis").isNull()).isTrue();
        assertThat(standing()).isEqualTo(before);
        assertThat(read("production", "--json").path("drill").path("sentence").stringValue())
                .contains("failed: ");
    }

    @Test
    @Order(5)
    void whatAKilledDrillLeftTheNextStartRemoves() throws Exception {
        var before = standing();
        try (var process = new SlipwayProcess(world, "drill")) {
            process.await(SlipwayProcess.says("Deploys a further version"));
            process.kill();
            process.finish();
        }
        assertThat(standing().keySet()).anyMatch(name -> name.startsWith("slipway"));
        assertThat(world.run("drill", "--json").code()).isEqualTo(Exit.DONE);
        assertThat(standing()).isEqualTo(before);
    }

    private static Path kept() throws Exception {
        try (Stream<Path> all = Files.walk(world.home())) {
            return all.filter(file -> file.toString().contains("/drills/"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> parts(JsonNode drill) {
        var parts = new ArrayList<String>();
        drill.path("parts").forEach(part -> parts.add(part.path("key").stringValue()));
        return parts;
    }

    private static String gate(JsonNode shown) {
        for (var gate : shown.path("gates")) {
            if (gate.path("id").stringValue().equals("drill")) {
                return gate.path("state").stringValue()
                        + ": "
                        + gate.path("evidence").stringValue();
            }
        }
        throw new AssertionError("no gate");
    }
}
