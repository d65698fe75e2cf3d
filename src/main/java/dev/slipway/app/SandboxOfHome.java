package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.World;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.world.Pace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/// The sandbox that belongs to a home. One process runs it; others of the same home attach to it.
final class SandboxOfHome implements AutoCloseable {
    private final World world;
    private final Optional<Sandbox> own;
    private final Optional<FileChannel> seat;
    private final Path running;

    private SandboxOfHome(
            World world, Optional<Sandbox> own, Optional<FileChannel> seat, Path running) {
        this.world = world;
        this.own = own;
        this.seat = seat;
        this.running = running;
    }

    /// Starts or reopens the sandbox, or attaches to it where another process runs it.
    ///
    /// @param say hears whole sentences about what was made up
    static SandboxOfHome open(Home home, Consumer<String> say) {
        var running = home.folder().resolve("sandbox.running.json");
        var seat = seat(home.folder().resolve("sandbox.lock"));
        if (seat.isEmpty()) {
            return new SandboxOfHome(attach(running), Optional.empty(), Optional.empty(), running);
        }
        try {
            var sandbox =
                    Sandbox.start(
                            new SandboxOptions(
                                    Optional.of(home.folder()),
                                    home.cache(),
                                    Optional.empty(),
                                    new Pace(1)),
                            say);
            var line = sandbox.worldFile().line();
            Files.writeString(running, line);
            return new SandboxOfHome(WorldFile.parse(line), Optional.of(sandbox), seat, running);
        } catch (IOException e) {
            close(seat.get());
            throw new InputException(
                    "The sandbox of " + home.folder() + " cannot be noted down: " + e.getMessage());
        } catch (RuntimeException e) {
            close(seat.get());
            throw e;
        }
    }

    private static World attach(Path running) {
        if (!Files.exists(running)) {
            throw new InputException(
                    "Another Slipway is starting the sandbox of this home. Nothing was changed; try"
                            + " again in a moment.");
        }
        return WorldFile.read(running);
    }

    private static Optional<FileChannel> seat(Path file) {
        try {
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
            throw new InputException("The home cannot be used: " + e.getMessage() + ".");
        }
    }

    World world() {
        return world;
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
        if (own.isEmpty()) {
            return;
        }
        Closing.all(
                () -> Files.deleteIfExists(running),
                own.get(),
                () -> seat.ifPresent(SandboxOfHome::close));
    }
}
