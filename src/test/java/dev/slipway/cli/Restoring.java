package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonBranches;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A world whose database goes back, and what tests of that ask of it.
///
/// @param world whose production it is
public record Restoring(TestWorld world) {
    /// The document of a command that must succeed.
    JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    /// What a command would do.
    JsonNode plan(List<String> command) {
        return read(plus(command, "--plan-only", "--json"));
    }

    /// Carries out the plan that was shown.
    CommandRun start(List<String> command, JsonNode plan, String phrase) {
        return world.run(confirmed(command, plan, phrase));
    }

    /// The same, confirmed as the plan says.
    CommandRun start(List<String> command, JsonNode plan) {
        return start(command, plan, plan.path("confirm").stringValue());
    }

    /// The arguments that carry a plan out.
    static String[] confirmed(List<String> command, JsonNode plan, String phrase) {
        return plus(
                command,
                "--plan",
                plan.path("plan").path("hash").stringValue(),
                "--confirm",
                phrase,
                "--reason",
                "a test",
                "--json");
    }

    private static String[] plus(List<String> command, String... more) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /// The keys of a plan's steps as people see them.
    static List<String> keys(JsonNode plan) {
        var keys = new ArrayList<String>();
        plan.path("plan").path("steps").forEach(step -> keys.add(step.path("key").stringValue()));
        return keys;
    }

    /// A gate with what it found.
    static String gate(JsonNode plan, String id) {
        for (var gate : plan.path("gates")) {
            if (gate.path("id").stringValue().equals(id)) {
                return gate.path("state").stringValue()
                        + ": "
                        + gate.path("evidence").stringValue();
            }
        }
        throw new AssertionError("no gate " + id);
    }

    /// Digests of all rows of production.
    public Map<String, String> hashes() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.of(connection);
        }
    }

    /// Now, as `--database` takes it.
    public String now() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.now(connection);
        }
    }

    /// Carries out statements in production.
    public void sql(String... statements) throws SQLException {
        try (var connection = world.production()) {
            TableHashes.run(connection, List.of(statements));
        }
    }

    /// Every branch at Neon.
    List<NeonBranch> branches() {
        return world.sandbox().neon().branching().list(world.sandbox().worldFile().project());
    }

    /// Their names.
    public List<String> names() {
        return branches().stream().map(NeonBranch::name).toList();
    }

    /// The branch of that name.
    Optional<NeonBranch> branch(String name) {
        return branches().stream().filter(b -> b.name().equals(name)).findFirst();
    }

    /// The production branch.
    public NeonBranch production() {
        return branch("production").orElseThrow();
    }

    /// Protects the production branch.
    public void protect() {
        world.sandbox()
                .neon()
                .branching()
                .set(
                        world.sandbox().worldFile().project(),
                        production().id(),
                        new NeonBranches.Change(
                                Optional.empty(), Optional.of(true), Optional.empty()));
    }
}
