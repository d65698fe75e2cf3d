package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.OwnerFile;
import dev.slipway.domain.World;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.RepoSource;
import dev.slipway.ui.window.Earlier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

/// The sandbox that belongs to a home, or a temporary one. One process runs that of a home; others of
/// the same home attach to it.
final class SandboxOfHome implements AutoCloseable {
    private final World world;
    private final Optional<URI> control;
    private final Optional<Own> own;

    /// What the process has that runs it.
    ///
    /// @param running where the others find the world; empty for a temporary one
    private record Own(Sandbox sandbox, Optional<FileChannel> seat, Optional<Path> running) {}

    private SandboxOfHome(World world, Optional<URI> control, Optional<Own> own) {
        this.world = world;
        this.control = control;
        this.own = own;
    }

    /// Starts or reopens the sandbox, or attaches to it where another process runs it.
    ///
    /// @param say hears whole sentences about what was made up
    static SandboxOfHome open(Home home, Consumer<String> say) {
        var seat = seat(home);
        return seat.isEmpty()
                ? new SandboxOfHome(
                        attach(running(home)), WorldFile.control(running(home)), Optional.empty())
                : seated(home, seat.get(), Optional.empty(), new Pace(1), say);
    }

    /// Starts or reopens the sandbox.
    ///
    /// @throws InputException when another process runs it
    static SandboxOfHome start(
            Home home, Optional<RepoSource> source, Pace pace, Consumer<String> say) {
        var seat =
                seat(home)
                        .orElseThrow(() ->
                                new InputException(
                                        "Another Slipway runs the sandbox of "
                                                + home.folder()
                                                + ". Nothing was started; end that one, or give"
                                                + " another --home."));
        return seated(home, seat, source, pace, say);
    }

    /// Starts one that is removed at its end.
    static SandboxOfHome temporary(
            Home home, Optional<RepoSource> source, Pace pace, Consumer<String> say) {
        var sandbox =
                Sandbox.start(
                        new SandboxOptions(Optional.empty(), home.cache(), source, pace), say);
        return new SandboxOfHome(
                WorldFile.parse(sandbox.worldFile().line()),
                Optional.of(sandbox.worldFile().control()),
                Optional.of(new Own(sandbox, Optional.empty(), Optional.empty())));
    }

    private static SandboxOfHome seated(
            Home home,
            FileChannel seat,
            Optional<RepoSource> source,
            Pace pace,
            Consumer<String> say) {
        var running = running(home);
        try {
            // Left behind by a process that was killed: its ports are nobody's now.
            Files.deleteIfExists(running);
            var sandbox =
                    Sandbox.start(
                            new SandboxOptions(
                                    Optional.of(home.folder()), home.cache(), source, pace),
                            say);
            var line = sandbox.worldFile().line();
            OwnerFile.replace(running, line);
            return new SandboxOfHome(
                    WorldFile.parse(line),
                    Optional.of(sandbox.worldFile().control()),
                    Optional.of(new Own(sandbox, Optional.of(seat), Optional.of(running))));
        } catch (IOException e) {
            close(seat);
            throw new InputException(
                    "The sandbox of "
                            + home.folder()
                            + " cannot be noted down: "
                            + Reasons.of(e)
                            + ".");
        } catch (RuntimeException e) {
            close(seat);
            throw e;
        }
    }

    /// What an earlier session of this home left about its sandbox; empty when there was none, or the
    /// person has not left the first page yet.
    static Optional<Earlier> earlier(Home home) {
        var chosen = new PreferencesFile(home.preferences()).read();
        return Sandbox.kept(home.folder())
                .filter(_ -> chosen.welcomed())
                .flatMap(kept ->
                        new PreviewCache(home.world(kept.id()))
                                .read()
                                .map(previews ->
                                        new Earlier(
                                                kept.name(),
                                                kept.repository(),
                                                kept.zone(),
                                                chosen,
                                                previews)));
    }

    private static Path running(Home home) {
        return home.folder().resolve("sandbox.running.json");
    }

    private static World attach(Path running) {
        if (!Files.exists(running)) {
            throw new InputException(
                    "Another Slipway is starting the sandbox of this home. Nothing was changed; try"
                            + " again in a moment.");
        }
        return WorldFile.read(running);
    }

    private static Optional<FileChannel> seat(Home home) {
        try {
            var file = home.folder().resolve("sandbox.lock");
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return Optional.of(channel);
                }
            } catch (OverlappingFileLockException e) {
                // This process runs it already.
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new InputException(
                    "The home " + home.folder() + " cannot be used: " + Reasons.of(e) + ".");
        }
    }

    /// Where the faults of a home's running sandbox are switched.
    ///
    /// @throws InputException when no process runs it
    static URI control(Home home) {
        var seat = seat(home);
        if (seat.isPresent()) {
            close(seat.get());
        }
        var running = running(home);
        if (seat.isPresent() || !Files.exists(running)) {
            throw new InputException(
                    "No sandbox of "
                            + home.folder()
                            + " is running, and faults live only as long as it does. Nothing was"
                            + " switched; open the window, run \"slipway sandbox\" with the same"
                            + " --home, or give a --world.");
        }
        return WorldFile.control(running)
                .orElseThrow(() ->
                        new InputException(
                                "The running sandbox does not say where its faults are switched."
                                        + " Nothing was switched."));
    }

    /// The faults of this world.
    Optional<URI> control() {
        return control;
    }

    /// Deletes the sandbox of a home. What was journalled about it stays.
    ///
    /// @throws InputException when another process runs it; nothing was deleted
    static void delete(Home home) {
        var seat = seat(home);
        if (seat.isEmpty()) {
            throw new InputException(
                    "Another Slipway runs the sandbox of this home. Nothing was deleted; close that"
                            + " one first.");
        }
        try {
            if (Files.exists(home.sandbox())) {
                try (var all = Files.walk(home.sandbox())) {
                    for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    "The sandbox "
                            + home.sandbox()
                            + " cannot be deleted whole: "
                            + Reasons.of(e)
                            + ".");
        } finally {
            close(seat.get());
        }
    }

    World world() {
        return world;
    }

    /// The line that describes the world to others.
    ///
    /// @throws IllegalStateException when another process runs it
    String line() {
        return own.orElseThrow(() -> new IllegalStateException("another process runs it"))
                .sandbox()
                .worldFile()
                .line();
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        own.ifPresent(mine ->
                Closing.all(
                        () -> mine.running().ifPresent(SandboxOfHome::remove),
                        mine.sandbox(),
                        () -> mine.seat().ifPresent(SandboxOfHome::close)));
    }

    private static void remove(Path running) {
        try {
            Files.deleteIfExists(running);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
