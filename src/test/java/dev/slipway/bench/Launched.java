package dev.slipway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The packaged launcher, as a person starts it.
public final class Launched {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("slipway.launcher", "target/slipway/bin/slipway"))
                    .toAbsolutePath();

    private Launched() {}

    /// Seconds from starting the process to the first line that `awaited` accepts on standard output
    /// or, merged into it, standard error. The process is ended then.
    public static double seconds(
            List<String> arguments, Map<String, String> environment, Predicate<String> awaited)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(LAUNCHER)) {
            throw new AssertionError("There is no launcher " + LAUNCHER + "; run package first.");
        }
        var command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var said = new StringBuilder();
        long start = System.nanoTime();
        var process = builder.start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (awaited.test(line)) {
                    return (System.nanoTime() - start) / 1e9;
                }
                said.append(line).append('\n');
            }
        } finally {
            process.destroy();
            // A first run writes down what it learned when it ends.
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
        throw new AssertionError(command + " ended first and said: " + said);
    }
}
