package dev.slipway.app;

import dev.slipway.cli.CommonOptions;
import dev.slipway.cli.Exit;
import dev.slipway.cli.Output;
import dev.slipway.cli.Program;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.RepoSource;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// What the command line asks for, done: chooses the world and wires its services.
public final class SlipwayProgram implements Program {
    private final Clock clock;
    private final Map<String, String> environment;

    /// @param environment variables of the process
    public SlipwayProgram(Clock clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    private Home home(CommonOptions options) {
        return Home.choose(options.home(), environment, System.getProperty("os.name")).create();
    }

    @Override
    public WorldSession open(CommonOptions options, Output output) {
        if (options.sandbox() && options.world().isPresent()) {
            throw new InputException(
                    "--sandbox and --world exclude each other. Nothing was changed.");
        }
        var home = home(options);
        if (options.world().isPresent()) {
            var world = WorldFile.read(options.world().get());
            return session(options, output, home, world, () -> {});
        }
        if (options.sandbox()) {
            var sandbox = SandboxOfHome.open(home, text -> output.log("info", text));
            return session(options, output, home, sandbox.world(), sandbox);
        }
        return session(options, output, home, live(home), () -> {});
    }

    private WorldSession session(
            CommonOptions options, Output output, Home home, World world, AutoCloseable below) {
        try {
            return new WorldSession(clock, home, world, stack(options, output, world), below);
        } catch (RuntimeException e) {
            try {
                below.close();
            } catch (Exception second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static Stack stack(CommonOptions options, Output output, World world) {
        var file = options.stack().or(world::stack).orElse(Path.of(StackFile.NAME));
        if (!Files.exists(file)) {
            throw new InputException(
                    "There is no stack file "
                            + file
                            + ". Nothing was asked or changed; name one with --stack, or explore with"
                            + " --sandbox.");
        }
        var read = StackFile.read(file);
        read.warnings().forEach(warning -> output.log("warn", warning));
        return read.stack();
    }

    private World live(Home home) {
        var tokens = new TokenFile(home.tokens()).read();
        for (var provider : List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE)) {
            if (!tokens.containsKey(provider)) {
                throw new InputException(
                        provider.title()
                                + " is not connected. Nothing was asked or changed; connect it with"
                                + " \"slipway connect "
                                + provider.key()
                                + "\", or explore with --sandbox.");
            }
        }
        return live(tokens);
    }

    private static World live(Map<Provider, Secret> tokens) {
        return new World(
                "live",
                "live",
                false,
                URI.create("https://api.github.com"),
                URI.create("https://console.neon.tech/api/v2"),
                URI.create("https://api.cloudflare.com/client/v4"),
                Optional.empty(),
                Optional.empty(),
                tokens,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                World.Transport.LIVE,
                World.Bounds.LIVE);
    }

    @Override
    public int sandbox(CommonOptions options, Program.SandboxOptions given, Output output) {
        var source =
                given.repository()
                        .map(folder ->
                                new RepoSource(
                                        folder,
                                        given.production(),
                                        given.pullRequests(),
                                        given.migrations(),
                                        given.base()));
        if (source.isEmpty()
                && (given.production().isPresent()
                        || given.migrations().isPresent()
                        || given.base().isPresent()
                        || !given.pullRequests().isEmpty())) {
            throw new InputException(
                    "--production, --pull, --migrations and --base go with --repo. Nothing was"
                            + " started.");
        }
        var wanted =
                new dev.slipway.sandbox.SandboxOptions(
                        options.home().map(Path::toAbsolutePath),
                        home(options).cache(),
                        source,
                        pace(given.speed()));
        var ended = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> {
                                    ended.countDown();
                                    await(closed);
                                }));
        try (var sandbox = Sandbox.start(wanted, text -> output.log("info", text))) {
            output.rawLine(sandbox.worldFile().line());
            await(ended);
        } finally {
            closed.countDown();
        }
        return Exit.DONE;
    }

    private static Pace pace(double speed) {
        try {
            return new Pace(speed);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + ". Nothing was started.");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<TokenLine> connect(CommonOptions options, Provider provider, Secret token) {
        var home = home(options);
        var world = options.world().map(WorldFile::read).orElseGet(() -> live(Map.of()));
        var tokens = new java.util.EnumMap<Provider, Secret>(Provider.class);
        tokens.put(provider, token);
        var file = options.stack().or(world::stack).orElse(Path.of(StackFile.NAME));
        if (!Files.exists(file)) {
            throw new InputException(
                    "A token is checked against the stack it is for, and there is no stack file "
                            + file
                            + ". Nothing was stored; name one with --stack.");
        }
        var lines =
                TokenCheck.of(world.withTokens(tokens), StackFile.read(file).stack(), clock)
                        .check(provider);
        new TokenFile(home.tokens()).store(provider, token);
        return lines;
    }

    @Override
    public int window(CommonOptions options, Output output) {
        throw new InputException("The window is being built.");
    }

    @Override
    public List<Path> screens(
            CommonOptions options,
            Path folder,
            int width,
            int height,
            Optional<String> theme,
            Output output) {
        try (var session = open(options, output)) {
            throw new InputException("The window is being built." + session.world().id());
        }
    }
}
