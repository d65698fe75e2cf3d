package dev.slipway.bench;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;

/// A sandbox with many pull requests as a process of its own, so that what Slipway needs is not
/// mixed with what the world needs. It ends with its standard input.
final class CrowdedWorld {
    private CrowdedWorld() {}

    /// @param arguments home, cache, number of pull requests, speed
    static void main(String[] arguments) throws IOException {
        var options =
                SandboxOptions.temporary(Path.of(arguments[1]))
                        .at(Path.of(arguments[0]))
                        .crowded(Integer.parseInt(arguments[2]))
                        .speed(Double.parseDouble(arguments[3]));
        try (var sandbox = Sandbox.start(options, System.err::println)) {
            System.out.println(sandbox.worldFile().line());
            while (System.in.read() >= 0) {
                // Whoever holds the other end may say what they like.
            }
        }
    }
}
