package dev.slipway.release.branch;

import dev.slipway.domain.InputException;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.journal.SingleWriter.Holder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// The debts of a home, one small file each, so that several processes need no lock between them.
/// Readable by their owner alone.
public final class BranchDebts {
    private static final String END = ".json";

    private final Path folder;

    /// @param folder where the files are; made when the first one is written
    public BranchDebts(Path folder) {
        this.folder = folder;
    }

    /// Writes `debt` down. On disk when this returns.
    ///
    /// @throws InputException when the home cannot be written
    void write(BranchDebt debt) {
        var node = CanonicalJson.object();
        node.put("name", debt.name());
        node.put("mark", debt.mark());
        node.put("project", debt.project());
        node.put("parent", debt.parent());
        node.put("since", debt.since().toString());
        var holder = node.putObject("holder");
        holder.put("pid", debt.holder().pid());
        holder.put("started", debt.holder().started().toString());
        holder.put("boot", debt.holder().boot());
        holder.put("session", debt.holder().session());
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, owner("rwx------"));
            }
            var draft = Files.createTempFile(folder, "debt", ".tmp", owner("rw-------"));
            try (var channel = FileChannel.open(draft, EnumSet.of(StandardOpenOption.WRITE))) {
                channel.write(
                        ByteBuffer.wrap(
                                CanonicalJson.write(node).getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(draft, file(debt), StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException e) {
            throw new InputException(
                    "The folder %s cannot be written: %s. No branch was made and nothing was changed. Make room or correct its rights."
                            .formatted(folder, e.getMessage()));
        }
    }

    /// Forgets `debt`, whose branch is gone.
    void remove(BranchDebt debt) {
        try {
            Files.deleteIfExists(file(debt));
        } catch (IOException e) {
            // It is found again, and then the branch is seen to be gone again.
            return;
        }
    }

    /// Every debt, oldest first.
    ///
    /// @throws InputException when the folder cannot be read
    public List<BranchDebt> all() {
        var all = new ArrayList<BranchDebt>();
        try (var files = Files.newDirectoryStream(folder, "*" + END)) {
            for (var file : files) {
                read(file).ifPresent(all::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new InputException(
                    "The folder %s cannot be read: %s. Throw-away branches may be left; nothing was changed."
                            .formatted(folder, e.getMessage()));
        }
        all.sort(java.util.Comparator.comparing(BranchDebt::since));
        return List.copyOf(all);
    }

    private static Optional<BranchDebt> read(Path file) throws IOException {
        try {
            var node = CanonicalJson.read(Files.readString(file));
            var holder = node.required("holder");
            return Optional.of(
                    new BranchDebt(
                            node.required("name").asString(),
                            node.required("mark").asString(),
                            node.required("project").asString(),
                            node.required("parent").asString(),
                            Instant.parse(node.required("since").asString()),
                            new Holder(
                                    holder.required("pid").asLong(),
                                    Instant.parse(holder.required("started").asString()),
                                    holder.required("boot").asString(),
                                    holder.required("session").asString())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException | DateTimeException e) {
            throw new InputException(
                    "%s cannot be read, so the branch it stands for is not known. Nothing was changed. Look for branches named slipway/… at Neon, then delete the file."
                            .formatted(file));
        }
    }

    private Path file(BranchDebt debt) {
        return folder.resolve(debt.name().replace('/', '-') + END);
    }

    private static void force(Path folder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, EnumSet.of(StandardOpenOption.READ))) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
