package dev.slipway.operation.journal;

import dev.slipway.domain.InputException;
import dev.slipway.operation.CanonicalJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The one process that may write in a home. The operating system gives the lock back when the
/// process dies, so nothing is ever freed by age.
public final class SingleWriter implements AutoCloseable {
    private static final String LOCK = "writer.lock";
    private static final String INFO = "writer.json";

    private final FileChannel channel;

    private SingleWriter(FileChannel channel) {
        this.channel = channel;
    }

    /// Who writes in a home.
    ///
    /// @param started when that process began, so that a process that got the same number later is
    ///     not taken for it
    /// @param session as in [dev.slipway.operation.Driver.Seat]
    public record Holder(long pid, Instant started, String boot, String session) {
        /// This process.
        public static Holder self(String boot, String session) {
            var process = ProcessHandle.current();
            return new Holder(process.pid(), begin(process), boot, session);
        }

        /// Whether that process lives.
        public boolean alive(String bootNow) {
            return boot.equals(bootNow)
                    && ProcessHandle.of(pid)
                            .filter(ProcessHandle::isAlive)
                            .filter(p -> near(begin(p), started))
                            .isPresent();
        }

        // The same process is told with a different fraction of a second to others on some systems.
        private static boolean near(Instant a, Instant b) {
            return Duration.between(a, b).abs().compareTo(Duration.ofSeconds(2)) < 0;
        }

        private static Instant begin(ProcessHandle process) {
            return process.info().startInstant().orElse(Instant.EPOCH);
        }
    }

    /// Becomes the writer of `home`, which is created when it is not there.
    ///
    /// @throws InputException when another process is, naming it
    public static SingleWriter take(Path home, Holder self) {
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(home, JournalFile.owner("rwx------"));
            }
            var channel =
                    FileChannel.open(
                            home.resolve(LOCK),
                            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            JournalFile.owner("rw-------"));
            if (tryLock(channel) == null) {
                channel.close();
                throw refused(home);
            }
            writeInfo(home, self);
            return new SingleWriter(channel);
        } catch (IOException e) {
            throw new InputException(
                    "The folder %s cannot be written: %s. Nothing was changed. Choose another --home or correct its rights."
                            .formatted(home, e.getMessage()));
        }
    }

    /// Who took the lock last; whether they live is told by [Holder#alive].
    public static Optional<Holder> last(Path home) {
        try {
            var node = CanonicalJson.read(Files.readString(home.resolve(INFO)));
            return Optional.of(
                    new Holder(
                            node.required("pid").asLong(),
                            Instant.parse(node.required("started").asString()),
                            node.required("boot").asString(),
                            node.required("session").asString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException | java.time.DateTimeException e) {
            // A half-written note says nothing; the lock itself is what counts.
            return Optional.empty();
        }
    }

    /// Lets go.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The operating system lets go of it with the process at the latest.
            return;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }

    private static InputException refused(Path home) {
        var who =
                last(home)
                        .map(h -> "Another Slipway (process " + h.pid() + ")")
                        .orElse("Another Slipway");
        return new InputException(
                who
                        + " is writing in "
                        + home
                        + ". Nothing was changed. Close it, or give another --home; reading commands"
                        + " work beside it.");
    }

    private static void writeInfo(Path home, Holder self) throws IOException {
        var node = CanonicalJson.object();
        node.put("pid", self.pid());
        node.put("started", self.started().toString());
        node.put("boot", self.boot());
        node.put("session", self.session());
        var draft = Files.createTempFile(home, "writer", ".tmp", JournalFile.owner("rw-------"));
        Files.writeString(draft, CanonicalJson.write(node));
        Files.move(
                draft,
                home.resolve(INFO),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
