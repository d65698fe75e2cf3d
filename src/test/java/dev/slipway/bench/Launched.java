package dev.slipway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
        var reached = OptionalDouble.empty();
        long start = System.nanoTime();
        var process = builder.start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            // Read to its end: a first run writes down what it learned when it ends, which comes to
            // nothing where nobody listens any more.
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (reached.isEmpty() && awaited.test(line)) {
                    reached = OptionalDouble.of((System.nanoTime() - start) / 1e9);
                    // Process#destroy would also close its streams.
                    process.toHandle().destroy();
                }
            }
        } finally {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
        if (reached.isPresent()) {
            return reached.getAsDouble();
        }
        throw new AssertionError(command + " ended first and said: " + said);
    }
}
