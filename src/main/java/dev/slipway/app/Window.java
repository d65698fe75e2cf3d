package dev.slipway.app;

import dev.slipway.cli.CommonOptions;
import dev.slipway.cli.Output;
import dev.slipway.cli.Running;
import dev.slipway.domain.InputException;
import dev.slipway.operation.OperationState;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.window.Earlier;
import dev.slipway.ui.window.SlipwayWindow;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens and closes the world of the window.
final class Window implements SlipwayWindow.Opening {
    private final SlipwayProgram program;
    private CommonOptions options;
    private volatile Optional<WorldSession> session = Optional.empty();

    Window(SlipwayProgram program, CommonOptions options) {
        this.program = program;
        this.options = options;
    }

    /// Refuses before the toolkit would, which says it with a stack trace.
    ///
    /// @throws InputException when this process has nothing to show a window on
    static void requireDisplay(Map<String, String> environment) {
        var linux =
                System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("linux");
        var headless = "Headless".equals(System.getProperty("glass.platform"));
        if (linux
                && !headless
                && environment.getOrDefault("DISPLAY", "").isBlank()
                && environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank()) {
            throw noDisplay("neither DISPLAY nor WAYLAND_DISPLAY is set");
        }
    }

    /// What a person is told where no window can be shown.
    ///
    /// @param why what is missing, in a few words
    static InputException noDisplay(String why) {
        return new InputException(
                "There is no display to open a window on ("
                        + why
                        + "): use \"slipway screens --sandbox --out DIR\" for pictures of every page,"
                        + " or the command line, \"slipway --help\".");
    }

    @Override
    public Optional<Earlier> earlier() {
        // Any other world is open before its pages could be drawn.
        return options.sandbox() && options.world().isEmpty()
                ? SandboxOfHome.earlier(program.home(options))
                : Optional.empty();
    }

    @Override
    public synchronized Services open(Consumer<String> progress) {
        progress.accept(
                options.sandbox() ? "Starting the sandbox\u2026" : "Opening the world\u2026");
        var opened = program.open(options, (_, text) -> progress.accept(text));
        session = Optional.of(opened);
        opened.remember();
        return opened;
    }

    @Override
    public boolean explorable() {
        return !options.sandbox() && options.world().isEmpty();
    }

    @Override
    public Services explore(Consumer<String> progress) {
        synchronized (this) {
            options = options.exploring();
        }
        return open(progress);
    }

    @Override
    public Optional<Path> renewable() {
        return options.sandbox()
                ? Optional.of(program.home(options).sandbox().toAbsolutePath())
                : Optional.empty();
    }

    @Override
    public synchronized Services renew(Consumer<String> progress) {
        progress.accept("Ending the old world\u2026");
        close();
        SandboxOfHome.delete(program.home(options));
        return open(progress);
    }

    /// The process was told to end: every operation this window works on finishes its call in flight
    /// and pauses, as on the command line.
    ///
    /// @return the exit code, empty when nothing ran
    Optional<Integer> pause(Output output) {
        var opened = session;
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        var services = opened.get();
        var running =
                services.operations().list().stream()
                        .filter(row -> row.state() == OperationState.RUNNING)
                        .flatMap(row -> services.promotions().running(row.id()).stream())
                        .toList();
        return running.stream()
                .map(operation -> new Running(output).pause(services, operation))
                .reduce(Math::max);
    }

    @Override
    public synchronized void close() {
        session.ifPresent(WorldSession::close);
        session = Optional.empty();
    }
}
