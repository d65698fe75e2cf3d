package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A release somebody else made, taken back from a computer that has never seen it: its home is empty, and
/// what it needs lies where everybody can read it.
class ColleagueTest {
    private TestWorld world;
    private Path ana;
    private Map<String, String> of41;

    @BeforeEach
    void start() {
        world = new TestWorld();
        ana = world.folder().resolve("home-of-ana");
        of41 = live();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /// Without its tag, what was measured of its migration is in GitHub's deployment.
    @Test
    void aReleaseWhoseTagIsGoneIsKnownByItsDeployment() {
        assertThat(promote().code()).isEqualTo(Exit.DONE);
        var of42 = live();
        world.sandbox().github().refs().delete("refs/tags/production-r42", "kim");

        var answer = read("production", "--json").path("goBack");
        assertThat(answer.path("answer").stringValue()).isEqualTo("code-only");
        assertThat(answer.path("sentence").stringValue())
                .contains("to r41", "0043_payment_intents only adds to it");
        goBack("r41");
        assertThat(live()).isEqualTo(of41);
        // And forth, to a release that only the deployment names.
        goBack("r42");
        assertThat(live()).isEqualTo(of42);
    }

    /// A promotion that stopped before it could be called a release is in nobody's tags or deployments; its plan
    /// is in the lock.
    @Test
    void whatStoppedBeforeItWasAReleaseIsKnownByTheLock() {
        world.sandbox()
                .faults()
                .add(
                        new Fault.Answer(
                                Fault.Target.next(20, "github", "POST", "/git/tags"),
                                422,
                                "{\"message\":\"Validation Failed\"}",
                                Optional.empty()));
        var run = promote();
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.STOPPED);
        world.sandbox().faults().clear();
        assertThat(live()).isNotEqualTo(of41);

        var answer = read("production", "--json").path("goBack");
        assertThat(answer.path("answer").stringValue()).isEqualTo("code-only");
        assertThat(answer.path("sentence").stringValue())
                .contains("to r41", "0043_payment_intents only adds to it");
        goBack("r41");
        assertThat(live()).isEqualTo(of41);
    }

    private CommandRun promote() {
        var command = List.of("promote", "482");
        var plan = world.run("promote", "482", "--plan-only", "--json").document();
        return world.run(confirmed(command, plan));
    }

    /// Carried out in the empty home.
    private void goBack(String release) {
        var command = List.of("rollback", release, "--no-hold");
        var plan = read(Stream.concat(command.stream(), Stream.of("--plan-only", "--json")));
        var run = world.runAt(ana, confirmed(command, plan));
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);
    }

    private static String[] confirmed(List<String> command, JsonNode plan) {
        return Restoring.confirmed(command, plan, plan.path("confirm").stringValue());
    }

    private JsonNode read(String... arguments) {
        return read(Stream.of(arguments));
    }

    private JsonNode read(Stream<String> arguments) {
        var run = world.runAt(ana, arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private Map<String, String> live() {
        var live = new TreeMap<String, String>();
        world.sandbox().cloudflare().workers().scripts().stream()
                .filter(script -> script.name().endsWith("-production"))
                .forEach(script -> live.put(script.name(), script.live().orElseThrow().id()));
        return live;
    }
}
