package dev.slipway.app;

import dev.slipway.cli.CommonOptions;
import dev.slipway.cli.Exit;
import dev.slipway.cli.Output;
import dev.slipway.cli.Program;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.fault.FaultBoard;
import dev.slipway.http.Redaction;
import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.RepoSource;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.screens.Screens;
import dev.slipway.ui.theme.Theme;
import dev.slipway.ui.window.SlipwayWindow;
import dev.slipway.ui.window.WindowScreens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// What the command line asks for, done: chooses the world and wires its services.
public final class SlipwayProgram implements Program {
    private final Clock clock;
    private final Map<String, String> environment;
    private final Redaction redaction;

    /// @param environment variables of the process
    /// @param redaction learns the tokens of every world that is opened
    public SlipwayProgram(Clock clock, Map<String, String> environment, Redaction redaction) {
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        this.redaction = redaction;
    }

    Home home(CommonOptions options) {
        return Home.choose(options.home(), environment, System.getProperty("os.name")).create();
    }

    @Override
    public WorldSession open(CommonOptions options, Output output) {
        return open(options, output::log);
    }

    /// Hears what happens on the way to a world.
    @FunctionalInterface
    interface Say {
        /// Something was done or noticed.
        ///
        /// @param level `info` or `warn`
        void say(String level, String text);
    }

    WorldSession open(CommonOptions options, Say output) {
        var home = home(options);
        var place = place(options, output, home);
        try {
            var world = place.world();
            var tokens = tokens(home, world);
            tokens.values().forEach(redaction::learn);
            return new WorldSession(
                            clock,
                            home,
                            world.withTokens(tokens),
                            stack(options, output, world),
                            place.control().map(SandboxFaults::new),
                            place.below())
                    .endedBySignal(output);
        } catch (RuntimeException e) {
            try {
                place.below().close();
            } catch (Exception second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /// A world and what has to be closed after it was used.
    ///
    /// @param control where faults are switched, in a sandbox
    private record Place(World world, Optional<URI> control, AutoCloseable below) {}

    private static Place place(CommonOptions options, Say output, Home home) {
        if (options.sandbox() && options.world().isPresent()) {
            throw new InputException(
                    "--sandbox and --world exclude each other. Nothing was changed.");
        }
        if (options.world().isPresent()) {
            var file = options.world().get();
            return new Place(WorldFile.read(file), WorldFile.control(file), () -> {});
        }
        if (options.sandbox()) {
            var sandbox = SandboxOfHome.open(home, text -> output.say("info", text));
            return new Place(sandbox.world(), sandbox.control(), sandbox);
        }
        return new Place(live(), Optional.empty(), () -> {});
    }

    private static StackFile stack(CommonOptions options, Say output, World world) {
        var file = options.stack().or(world::stack).orElse(Path.of(StackFile.NAME));
        if (!Files.exists(file)) {
            throw new InputException(
                    "There is no stack file "
                            + file
                            + ". Nothing was asked or changed; name one with --stack, or explore with"
                            + " --sandbox.");
        }
        var read = stackFile(file);
        read.warnings().forEach(warning -> output.say("warn", warning));
        return read;
    }

    /// The tokens of a world: those it came with and those that were connected, which win.
    private static Map<Provider, Secret> tokens(Home home, World world) {
        var tokens = new EnumMap<Provider, Secret>(Provider.class);
        tokens.putAll(world.tokens());
        tokens.putAll(new TokenFile(home.tokens(world)).read());
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
        return tokens;
    }

    private static World live() {
        return new World(
                "live",
                "live",
                false,
                URI.create("https://api.github.com"),
                URI.create("https://console.neon.tech/api/v2"),
                URI.create("https://api.cloudflare.com/client/v4"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
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
        var pace = pace(given.speed());
        var ended = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        // From here on the end of the program waits for the end of the sandbox.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> {
                                    ended.countDown();
                                    await(closed);
                                }));
        Consumer<String> say = text -> output.log("info", text);
        try (var sandbox =
                options.home().isPresent()
                        ? SandboxOfHome.start(home(options), source, pace, say)
                        : SandboxOfHome.temporary(home(options), source, pace, say)) {
            output.rawLine(sandbox.line());
            await(ended);
        } finally {
            closed.countDown();
        }
        return Exit.DONE;
    }

    /// What is wrong with a stack file is told by line and column, and then that it ended there.
    private static StackFile stackFile(Path file) {
        try {
            return StackFile.read(file);
        } catch (InputException e) {
            var sentences = new ArrayList<>(e.problems());
            sentences.add("Nothing was changed.");
            throw new InputException(sentences);
        }
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
    public FaultBoard faults(CommonOptions options) {
        if (options.world().isEmpty()) {
            return new SandboxFaults(SandboxOfHome.control(home(options)));
        }
        var file = options.world().get();
        return new SandboxFaults(
                WorldFile.control(file)
                        .orElseThrow(() ->
                                new InputException(
                                        "The world file "
                                                + file
                                                + " does not say where faults are switched (\"control\")."
                                                + " Nothing was switched.")));
    }

    @Override
    public List<TokenLine> connect(
            CommonOptions options, Provider provider, Secret token, Output output) {
        redaction.learn(token);
        var home = home(options);
        var place = place(options, output::log, home);
        try (var _ = place.below()) {
            var world = place.world();
            var file = options.stack().or(world::stack).orElse(Path.of(StackFile.NAME));
            if (!Files.exists(file)) {
                throw new InputException(
                        "A token is checked against the stack it is for, and there is no stack file "
                                + file
                                + ". Nothing was stored; name one with --stack.");
            }
            var kept = new TokenFile(home.tokens(world));
            kept.read();
            var lines =
                    TokenCheck.of(
                                    world.withTokens(Map.of(provider, token)),
                                    stackFile(file).stack(),
                                    clock)
                            .check(provider);
            kept.store(provider, token);
            return lines;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the sandbox did not end cleanly", e);
        }
    }

    @Override
    public Optional<Path> keepProblem(CommonOptions options, String code, String details) {
        try {
            return Optional.of(
                    ProblemFile.write(
                            home(options), code, redaction.mask(details), clock.instant()));
        } catch (IOException | InputException e) {
            // What went wrong first is what matters; it is still told, without its details.
            return Optional.empty();
        }
    }

    @Override
    public int window(CommonOptions options, Output output) {
        Window.requireDisplay(environment);
        var window = new Window(this, options);
        var told = Thread.ofPlatform().unstarted(() -> endedBySignal(window, output));
        Runtime.getRuntime().addShutdownHook(told);
        try {
            SlipwayWindow.run(window, clock, ZoneId.systemDefault());
        } catch (UnsupportedOperationException e) {
            var display = environment.getOrDefault("DISPLAY", "not set");
            throw Window.noDisplay("DISPLAY is " + display + ", and it cannot be opened");
        } finally {
            forget(told);
        }
        return Exit.DONE;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came while the window closed; what it does then is the same.
        }
    }

    private static void endedBySignal(Window window, Output output) {
        var code = window.pause(output);
        window.close();
        // Without an operation the process ends with the code of its signal.
        code.ifPresent(Runtime.getRuntime()::halt);
    }

    @Override
    public List<Path> screens(
            CommonOptions options,
            Path folder,
            int width,
            int height,
            Optional<String> theme,
            Output output) {
        var schemes =
                theme.map(name -> List.of(Theme.Scheme.valueOf(name.toUpperCase(Locale.ROOT))))
                        .orElse(List.of(Theme.Scheme.LIGHT, Theme.Scheme.DARK));
        try (var session = open(options, output)) {
            session.remember();
            return WindowScreens.render(
                    session,
                    clock,
                    ZoneId.systemDefault(),
                    folder,
                    new Screens.Size(width, height),
                    schemes);
        } catch (IOException e) {
            throw new InputException(
                    "The pictures cannot be written to " + folder + ": " + Reasons.of(e) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("Interrupted; not all pictures were written.");
        }
    }
}
