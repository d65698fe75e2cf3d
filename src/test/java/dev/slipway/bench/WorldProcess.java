package dev.slipway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A sandbox with a crowd of pull requests in a process of its own.
public final class WorldProcess implements AutoCloseable {
    private final Process process;
    private final String line;

    /// Starts it at twenty times its speed and waits until it runs.
    ///
    /// @param home where it lives
    public WorldProcess(Path home, int pullRequests) {
        this(home, pullRequests, 20);
    }

    /// Starts it and waits until it runs.
    ///
    /// @param home where it lives
    /// @param pullRequests how many there are; zero for those of the default world
    public WorldProcess(Path home, int pullRequests, double speed) {
        try {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-Xmx1g",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            CrowdedWorld.class.getName(),
                                            home.toString(),
                                            Path.of("target/postgres-cache")
                                                    .toAbsolutePath()
                                                    .toString(),
                                            Integer.toString(pullRequests),
                                            Double.toString(speed)))
                            .redirectError(Redirect.INHERIT)
                            .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            var first = out.readLine();
            if (first == null) {
                throw new AssertionError("the world did not start");
            }
            line = first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The line that describes it.
    public String line() {
        return line;
    }

    /// Ends it; nothing happens the second time.
    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
