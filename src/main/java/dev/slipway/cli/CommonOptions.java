package dev.slipway.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options every command takes.
public final class CommonOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where Slipway keeps journals, logs and the sandbox.")
    private @Nullable Path home;

    @Option(
            names = "--stack",
            paramLabel = "FILE",
            description = "The slipway.yaml that describes what is deployed.")
    private @Nullable Path stack;

    @Option(
            names = "--sandbox",
            description = "Start or reopen the sandbox of the home and use it.")
    private boolean sandbox;

    @Option(
            names = "--world",
            paramLabel = "FILE",
            description = "Attach to a running sandbox: the file holds the line it printed.")
    private @Nullable Path world;

    @Option(
            names = "--json",
            description = "One JSON document on standard output, NDJSON on standard error.")
    private boolean json;

    /// `--home`.
    public Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    /// `--stack`.
    public Optional<Path> stack() {
        return Optional.ofNullable(stack);
    }

    /// `--sandbox`.
    public boolean sandbox() {
        return sandbox;
    }

    /// `--world`.
    public Optional<Path> world() {
        return Optional.ofNullable(world);
    }

    /// `--json`.
    public boolean json() {
        return json;
    }

    /// These options, on the sandbox of the home.
    public CommonOptions exploring() {
        var other = new CommonOptions();
        other.home = home;
        other.json = json;
        other.sandbox = true;
        return other;
    }

    /// These options, completed by those that stood before the command's name.
    CommonOptions over(CommonOptions outer) {
        var both = new CommonOptions();
        both.home = home != null ? home : outer.home;
        both.stack = stack != null ? stack : outer.stack;
        both.sandbox = sandbox || outer.sandbox;
        both.world = world != null ? world : outer.world;
        both.json = json || outer.json;
        return both;
    }
}
