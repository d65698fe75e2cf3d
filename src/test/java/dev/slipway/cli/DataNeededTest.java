package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Code that a contract migration left behind does not come back alone, and does with the database.
class DataNeededTest {
    @Test
    void belowAContractMigrationTheCodeReturnsOnlyWithTheDatabaseOfBefore() throws Exception {
        try (var world = new TestWorld()) {
            promote(world, "471");
            var main = world.sandbox().github().git().ref("refs/heads/main").orElseThrow();
            var before = hashes(world);
            promote(world, main);
            assertThat(hashes(world)).as("the migration took a column").isNotEqualTo(before);
            hold(world, "r42");

            var code = read(world, "rollback", "r41", "--plan-only", "--json");
            assertThat(gate(code, "fit"))
                    .startsWith("fail: r41 does not work on the schema of today")
                    .contains("0043_drop_legacy_id took away what it needs");
            assertThat(started(world, List.of("rollback", "r41"), code).code())
                    .isEqualTo(Exit.REFUSED);

            var answer = read(world, "production", "--json").path("goBack");
            assertThat(answer.path("answer").stringValue()).isEqualTo("data-needed");
            assertThat(answer.path("seconds").asInt()).isPositive();
            var sentence = answer.path("sentence").stringValue();
            assertThat(sentence).contains("slipway rollback r41 --database 0/");
            var point = sentence.replaceFirst("(?s).*--database ([0-9A-F/]+) .*", "$1");

            var way = List.of("rollback", "r41", "--database", point);
            var plan = read(world, plus(way, "--plan-only", "--json"));
            assertThat(gate(plan, "fit")).startsWith("pass: r41 was made for the schema of then");
            var run = started(world, way, plan);
            assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
            assertThat(hashes(world)).isEqualTo(before);
            var production = read(world, "production", "--json");
            assertThat(production.path("release").stringValue()).isEqualTo("r41");
            assertThat(production.path("health").stringValue()).isEqualTo("healthy");
            assertThat(production.path("fit").stringValue()).isEqualTo("yes");

            var undo =
                    List.of("rollback", "--undo", run.document().path("operation").stringValue());
            var forth = read(world, plus(undo, "--plan-only", "--json"));
            var again = started(world, undo, forth);
            assertThat(again.code()).as(again.err()).isEqualTo(Exit.DONE);
            var after = read(world, "production", "--json");
            assertThat(after.path("fit").stringValue()).isEqualTo("yes");
            assertThat(after.path("schema").path("latest").stringValue())
                    .isEqualTo("0043_drop_legacy_id");
        }
    }

    private static void promote(TestWorld world, String what) {
        var plan = read(world, "promote", what, "--plan-only", "--json");
        var run = started(world, List.of("promote", what), plan);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
    }

    /// So that the way back skips it.
    private static void hold(TestWorld world, String release) {
        var git = world.sandbox().github().git();
        var commit = git.resolve("refs/tags/production-" + release).orElseThrow().value();
        var plan = read(world, "hold", commit, "--plan-only", "--json");
        assertThat(started(world, List.of("hold", commit), plan).code()).isEqualTo(Exit.DONE);
    }

    private static Map<String, String> hashes(TestWorld world) throws Exception {
        try (var connection = world.production()) {
            return TableHashes.of(connection);
        }
    }

    private static JsonNode read(TestWorld world, String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static String[] plus(List<String> command, String... more) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static CommandRun started(TestWorld world, List<String> command, JsonNode plan) {
        return world.run(
                plus(
                        command,
                        "--plan",
                        plan.path("plan").path("hash").stringValue(),
                        "--confirm",
                        plan.path("confirm").stringValue(),
                        "--reason",
                        "a test",
                        "--json"));
    }

    private static String gate(JsonNode shown, String id) {
        for (var gate : shown.path("gates")) {
            if (gate.path("id").stringValue().equals(id)) {
                return gate.path("state").stringValue()
                        + ": "
                        + gate.path("evidence").stringValue();
            }
        }
        throw new AssertionError("no gate " + id);
    }
}
