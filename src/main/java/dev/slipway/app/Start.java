package dev.slipway.app;

import dev.slipway.cli.SlipwayCommand;
import dev.slipway.http.Redaction;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/// The first thing that runs.
public final class Start {
    private Start() {}

    /// Runs the command of `arguments` on this process's streams.
    ///
    /// @return the exit code
    public static int run(String... arguments) {
        var redaction = new Redaction();
        return SlipwayCommand.run(
                new SlipwayProgram(Clock.systemUTC(), System.getenv(), redaction),
                Clock.systemUTC(),
                redaction::mask,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }
}
