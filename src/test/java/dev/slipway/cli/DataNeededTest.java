package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Code that a contract migration left behind does not come back alone, and does with the database.
class DataNeededTest {
    @Test
    void belowAContractMigrationTheCodeReturnsOnlyWithTheDatabaseOfBefore() throws Exception {
        try (var world = new TestWorld()) {
            var restoring = new Restoring(world);
            promote(restoring, "471");
            var main = world.sandbox().github().git().ref("refs/heads/main").orElseThrow();
            var before = restoring.hashes();
            promote(restoring, main);
            assertThat(restoring.hashes()).as("the migration took a column").isNotEqualTo(before);
            hold(restoring, "r42");

            var code = restoring.read("rollback", "r41", "--plan-only", "--json");
            assertThat(Restoring.gate(code, "fit"))
                    .startsWith("fail: r41 does not work on the schema of today")
                    .contains("0043_drop_legacy_id took away what it needs");
            assertThat(restoring.start(List.of("rollback", "r41"), code).code())
                    .isEqualTo(Exit.REFUSED);

            var answer = restoring.read("production", "--json").path("goBack");
            assertThat(answer.path("answer").stringValue()).isEqualTo("data-needed");
            assertThat(answer.path("seconds").asInt()).isPositive();
            var sentence = answer.path("sentence").stringValue();
            assertThat(sentence).contains("slipway rollback r41 --database 0/");
            var point = sentence.replaceFirst("(?s).*--database ([0-9A-F/]+) .*", "$1");

            var way = List.of("rollback", "r41", "--database", point);
            var plan = restoring.plan(way);
            assertThat(Restoring.gate(plan, "fit"))
                    .startsWith("pass: r41 was made for the schema of then");
            var run = restoring.start(way, plan);
            assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
            assertThat(restoring.hashes()).isEqualTo(before);
            var production = restoring.read("production", "--json");
            assertThat(production.path("release").stringValue()).isEqualTo("r41");
            assertThat(production.path("health").stringValue()).isEqualTo("healthy");
            assertThat(production.path("fit").stringValue()).isEqualTo("yes");

            var undo =
                    List.of("rollback", "--undo", run.document().path("operation").stringValue());
            var forth = restoring.plan(undo);
            var again = restoring.start(undo, forth);
            assertThat(again.code()).as(again.err()).isEqualTo(Exit.DONE);
            var after = restoring.read("production", "--json");
            assertThat(after.path("fit").stringValue()).isEqualTo("yes");
            assertThat(after.path("schema").path("latest").stringValue())
                    .isEqualTo("0043_drop_legacy_id");
        }
    }

    private static void promote(Restoring world, String what) {
        var command = List.of("promote", what);
        var run = world.start(command, world.plan(command));
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
    }

    /// So that the way back skips it.
    private static void hold(Restoring restoring, String release) {
        var git = restoring.world().sandbox().github().git();
        var commit = git.resolve("refs/tags/production-" + release).orElseThrow().value();
        var command = List.of("hold", commit);
        assertThat(restoring.start(command, restoring.plan(command)).code()).isEqualTo(Exit.DONE);
    }
}
