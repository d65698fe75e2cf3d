package dev.slipway.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description =
                "Run a sandbox in the foreground; the first line on standard output describes it.",
        subcommands = FaultsCommand.class)
final class SandboxCommand extends SlipwayCommand.Sub {
    @Option(names = "--repo", paramLabel = "DIR", description = "A local Git repository.")
    private @Nullable Path repository;

    @Option(names = "--production", paramLabel = "REF", description = "What production runs.")
    private @Nullable String production;

    @Option(
            names = "--pull",
            paramLabel = "REF",
            description = "A pull request's head; repeatable.")
    private List<String> pulls = new ArrayList<>();

    @Option(
            names = "--migrations",
            paramLabel = "DIR",
            description = "The Drizzle folder, when there are several.")
    private @Nullable String migrations;

    @Option(names = "--base", paramLabel = "BRANCH", description = "The base branch.")
    private @Nullable String base;

    @Option(names = "--speed", paramLabel = "X", description = "How much faster than usual.")
    private double speed = 1;

    @Override
    int run(Program program, Output output) {
        return program.sandbox(
                common(),
                new Program.SandboxOptions(
                        Optional.ofNullable(repository),
                        Optional.ofNullable(production),
                        pulls,
                        Optional.ofNullable(migrations),
                        Optional.ofNullable(base),
                        speed),
                output);
    }
}
