package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A vendor's client from npm. Comes from the folder in the system property `slipway.vendor` when
/// that is given, else it is installed where a test says.
final class NodeClient {
    private final Path modules;

    /// What a command did.
    record Ran(int exit, String text) {}

    /// @param home where packages are installed; used again when they are there
    /// @param packages with versions, for example `wrangler@4.86.0`
    NodeClient(Path home, String... packages) throws IOException, InterruptedException {
        var given = System.getProperty("slipway.vendor");
        modules = (given == null ? home : Path.of(given)).resolve("node_modules");
        if (!Files.exists(modules)) {
            var command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
            command.addAll(List.of(packages));
            var npm = execute(home, Map.of(), "", command);
            assertThat(npm.exit()).as(npm.text()).isZero();
        }
    }

    /// Runs a program of the packages.
    Ran program(Path in, Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        var whole = new ArrayList<>(command);
        whole.set(0, modules.resolve(".bin").resolve(command.getFirst()).toString());
        return execute(in, environment, input, whole);
    }

    /// Runs a script that uses the packages.
    Ran script(Path in, Map<String, String> environment, String script)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(environment);
        all.put("NODE_PATH", modules.toString());
        return execute(in, all, script, List.of("node", "-"));
    }

    private static Ran execute(
            Path in, Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("CI", "1");
        builder.environment().put("NO_COLOR", "1");
        var process = builder.start();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }
}
