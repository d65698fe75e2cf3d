package dev.slipway.sandbox;

import dev.slipway.domain.InputException;
import dev.slipway.sandbox.world.CiHabits;
import dev.slipway.sandbox.world.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folder one world lives in, locked for as long as the world runs. The system gives the lock
/// back when the program ends, however it ends.
final class SandboxFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxFolder.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOCK = "lock";
    private static final String WORLDS = "worlds";

    private final Path path;
    private final boolean temporary;
    private final FileChannel channel;
    private final FileLock lock;

    /// What a world is, beside the state of its parts.
    ///
    /// @param habits what continuous integration did wrong when the world was closed
    record Kept(Scene scene, Tokens tokens, CiHabits habits) {}

    /// What clients show; worth nothing outside the world.
    record Tokens(String github, String neon, String cloudflare) {
        /// By provider, as in the world file.
        Map<String, String> byProvider() {
            return Map.of("github", github, "neon", neon, "cloudflare", cloudflare);
        }
    }

    private SandboxFolder(Path path, boolean temporary, FileChannel channel, FileLock lock) {
        this.path = path;
        this.temporary = temporary;
        this.channel = channel;
        this.lock = lock;
    }

    /// Opens the folder of a world that is kept.
    ///
    /// @throws InputException when another program has it open
    static SandboxFolder at(Path home) {
        return open(home.resolve("sandbox"), false)
                .orElseThrow(() ->
                        new InputException(
                                "The sandbox in "
                                        + home
                                        + " is open in another program. Nothing was"
                                        + " changed; close that one or choose another"
                                        + " home."));
    }

    /// Makes the folder of a temporary world, after removing those whose programs were killed.
    static SandboxFolder temporary(Path cache) {
        var worlds = cache.resolve(WORLDS);
        sweep(worlds);
        return open(worlds.resolve(UUID.randomUUID().toString()), true).orElseThrow();
    }

    private static Optional<SandboxFolder> open(Path path, boolean temporary) {
        try {
            Files.createDirectories(path);
            var channel =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            var lock = lock(channel);
            if (lock.isEmpty()) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new SandboxFolder(path, temporary, channel, lock.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void sweep(Path worlds) {
        if (!Files.isDirectory(worlds)) {
            return;
        }
        try (Stream<Path> left = Files.list(worlds)) {
            left.filter(Files::isDirectory)
                    .forEach(path -> open(path, true).ifPresent(SandboxFolder::close));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A folder or file in it.
    Path resolve(String name) {
        return path.resolve(name);
    }

    boolean isTemporary() {
        return temporary;
    }

    /// The world that lives here; empty when there is none, or only the beginning of one.
    Optional<Kept> kept() {
        var file = path.resolve("world.json");
        return Files.exists(file)
                ? Optional.of(JSON.readValue(file.toFile(), Kept.class))
                : Optional.empty();
    }

    /// Which world is kept in `home`, read without its lock; empty when there is none.
    static Optional<Sandbox.Kept> peek(Path home) {
        try {
            var scene = JSON.readTree(home.resolve("sandbox/world.json").toFile()).path("scene");
            return Optional.of(
                    new Sandbox.Kept(
                            scene.required("id").asString(),
                            scene.required("name").asString(),
                            scene.required("repository").asString(),
                            scene.required("stack").required("zone").asString()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Keeps what the world is. The world exists from here on.
    void keep(Kept kept) {
        write("world.json", JSON.writeValueAsString(kept));
    }

    Path write(String name, String text) {
        try {
            var fresh = path.resolve(name + ".part");
            Files.writeString(fresh, text);
            return Files.move(
                    fresh,
                    path.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes everything but the lock: the beginning of a world that never came to be.
    void clear() {
        try (Stream<Path> inside = Files.list(path)) {
            inside.filter(p -> !p.endsWith(LOCK)).forEach(SandboxFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            // Somebody else's file, or one still open on Windows; the next start tries again.
            LOG.warn("{} cannot be removed yet: {}", path, e.getMessage());
        }
    }

    /// Gives the lock back; a temporary folder is removed.
    @Override
    public void close() {
        if (temporary) {
            clear();
        }
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (temporary) {
            delete(path);
        }
    }
}
