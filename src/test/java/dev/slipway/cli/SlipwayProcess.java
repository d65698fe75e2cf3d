package dev.slipway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line as a process of its own, which can be killed without a word.
final class SlipwayProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedReader lines;
    private final List<String> said = new ArrayList<>();

    /// Starts a command with `--json` in the home of `world`.
    SlipwayProcess(TestWorld world, String... arguments) {
        var command =
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.slipway.Main",
                        "--home",
                        world.home().toString(),
                        "--world",
                        world.file().toString(),
                        "--json");
        try {
            process =
                    new ProcessBuilder(Stream.concat(command, Arrays.stream(arguments)).toList())
                            .redirectOutput(world.folder().resolve("process.out").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /// Returns as soon as it says on standard error what `moment` waits for.
    ///
    /// @throws AssertionError when it ends first
    void await(Predicate<JsonNode> moment) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            // Java itself may warn before the program begins.
            if (line.startsWith("{") && moment.test(JSON.readTree(line))) {
                return;
            }
        }
        throw new AssertionError("it ended first: " + String.join("\n", said));
    }

    /// Whether a line is the beginning of an operation's step.
    static Predicate<JsonNode> begins(String step) {
        return line ->
                line.path("event").asString("").equals("step-started")
                        && line.path("step").asString("").equals(step);
    }

    /// Whether a line says something.
    static Predicate<JsonNode> says(String text) {
        return line -> line.path("text").asString("").contains(text);
    }

    /// Ends it as a person does, and waits.
    ///
    /// @return its exit code
    int terminate() throws InterruptedException {
        // Process#destroy would also close its streams.
        process.toHandle().destroy();
        return process.waitFor();
    }

    /// Kills it, and waits; nothing happens when it has ended.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// What it wrote on standard error since [#await] returned, to its end.
    String rest() throws IOException {
        return lines.readAllAsString();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
