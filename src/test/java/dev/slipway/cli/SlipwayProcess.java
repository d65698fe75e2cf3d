package dev.slipway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line as a process of its own, which can be killed without a word. With
/// `-Dslipway.launcher=FILE` it is the packaged one.
public final class SlipwayProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Path output;
    private final BufferedReader lines;
    private final List<String> said = new ArrayList<>();

    /// Starts a command with `--json` in the home of `world`.
    public SlipwayProcess(TestWorld world, String... arguments) {
        this(world, world.home(), world.file(), arguments);
    }

    /// Starts a command with `--json` in a home, against the world of a file.
    public SlipwayProcess(TestWorld world, Path home, Path file, String... arguments) {
        this(world, program(List.of()), home, file, arguments);
    }

    private SlipwayProcess(
            TestWorld world, List<String> program, Path home, Path file, String... arguments) {
        var command =
                Stream.of(
                                program.stream(),
                                Stream.of("--home", home.toString()),
                                Stream.of("--world", file.toString(), "--json"),
                                Arrays.stream(arguments))
                        .flatMap(part -> part)
                        .toList();
        try {
            output = Files.createTempFile(world.folder(), "process", ".out");
            process = new ProcessBuilder(command).redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /// Starts a command with `--json` after a command of the shell, and with more options for Java.
    ///
    /// @param before the shell's command, and Java's options behind it
    public static SlipwayProcess with(List<String> before, TestWorld world, String... arguments) {
        var shell = List.of("sh", "-c", before.getFirst() + "; exec \"$@\"", "sh");
        var program = program(before.subList(1, before.size()));
        return new SlipwayProcess(
                world,
                Stream.concat(shell.stream(), program.stream()).toList(),
                world.home(),
                world.file(),
                arguments);
    }

    private static List<String> program(List<String> options) {
        var launcher = System.getProperty("slipway.launcher");
        if (launcher != null && options.isEmpty()) {
            return List.of(launcher);
        }
        var java =
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC");
        var main =
                Stream.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.slipway.Main");
        return Stream.of(java, options.stream(), main).flatMap(part -> part).toList();
    }

    /// Returns as soon as it says on standard error what `moment` waits for.
    ///
    /// @throws AssertionError when it ends first
    public void await(Predicate<JsonNode> moment) throws IOException {
        if (!reaches(moment)) {
            throw new AssertionError("it ended first: " + words());
        }
    }

    /// Waits like [#await].
    ///
    /// @return false when it ended first
    public boolean reaches(Predicate<JsonNode> moment) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            // Java itself may warn before the program begins, and a killed one stops in the middle.
            if (line.startsWith("{") && line.endsWith("}") && moment.test(JSON.readTree(line))) {
                return true;
            }
        }
        return false;
    }

    /// Waits until it has ended by itself.
    ///
    /// @return its exit code
    public int finish() throws IOException, InterruptedException {
        reaches(_ -> false);
        return process.waitFor();
    }

    /// All it said on standard error until now, as it was read.
    public String words() {
        return String.join("\n", said);
    }

    /// What it wrote on standard output.
    public String written() throws IOException {
        return Files.readString(output);
    }

    /// Its number.
    public long pid() {
        return process.pid();
    }

    /// Whether it runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Whether a line is the beginning of an operation's step.
    public static Predicate<JsonNode> begins(String step) {
        return line ->
                line.path("event").asString("").equals("step-started")
                        && line.path("step").asString("").equals(step);
    }

    /// Whether a line says something.
    public static Predicate<JsonNode> says(String text) {
        return line -> line.path("text").asString("").contains(text);
    }

    /// Ends it as a person does, and waits.
    ///
    /// @return its exit code
    public int terminate() throws InterruptedException {
        // Process#destroy would also close its streams.
        process.toHandle().destroy();
        return process.waitFor();
    }

    /// Reads to its end, and waits for it.
    ///
    /// @return its exit code
    int ended() throws IOException, InterruptedException {
        said.add(rest());
        return process.waitFor();
    }

    /// Kills it, and waits; nothing happens when it has ended.
    public void kill() throws InterruptedException {
        // Process#destroyForcibly would also close its streams.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /// What it wrote on standard error since [#await] returned, to its end.
    public String rest() throws IOException {
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
