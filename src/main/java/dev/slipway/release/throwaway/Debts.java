package dev.slipway.release.throwaway;

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
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The debts of a world in a home, one small file each, so that several processes need no lock between
/// them. Readable by their owner alone.
public final class Debts {
    private static final String END = ".json";

    private final Path folder;

    /// @param folder where the files are; made when the first one is written
    public Debts(Path folder) {
        this.folder = folder;
    }

    /// Writes `debt` down. On disk when this returns.
    ///
    /// @throws InputException when the home cannot be written
    void write(Debt debt) {
        var node = CanonicalJson.object();
        node.put("kind", debt.kind().word());
        node.put("name", debt.name());
        node.put("mark", debt.mark());
        node.put("place", debt.place());
        debt.id().ifPresent(id -> node.put("id", id));
        node.put("since", debt.since().toString());
        node.put("reason", debt.reason());
        var holder = node.putObject("holder");
        holder.put("pid", debt.holder().pid());
        holder.put("started", debt.holder().started().toString());
        holder.put("boot", debt.holder().boot());
        holder.put("session", debt.holder().session());
        put(file(debt), CanonicalJson.write(node));
    }

    private void put(Path file, String text) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, owner("rwx------"));
            }
            var draft = Files.createTempFile(folder, "debt", ".tmp", owner("rw-------"));
            try (var channel = FileChannel.open(draft, EnumSet.of(StandardOpenOption.WRITE))) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException e) {
            throw new InputException(
                    "The folder %s cannot be written: %s. Nothing was asked for and nothing was changed. Make room or correct its rights."
                            .formatted(folder, e.getMessage()));
        }
    }

    /// Forgets `debt`, which is paid.
    void remove(Debt debt) {
        try {
            Files.deleteIfExists(file(debt));
        } catch (IOException e) {
            // It is found again, and then seen to be gone again.
            return;
        }
    }

    /// Notes that what stands in the journal only was seen to be gone at `now`.
    void noteGone(Debt debt, Instant now) {
        put(gone(debt.name()), now.toString());
    }

    /// Whether it was seen to be gone after it had been asked for last.
    boolean gone(Debt debt) {
        try {
            return Instant.parse(Files.readString(gone(debt.name()))).isAfter(debt.since());
        } catch (IOException | DateTimeException e) {
            return false;
        }
    }

    private Path gone(String name) {
        return folder.resolve(name.replace('/', '-') + ".gone");
    }

    /// What the files say.
    ///
    /// @param debts oldest first
    /// @param problems a sentence for each file that cannot be read
    record Read(List<Debt> debts, List<String> problems) {}

    /// Every debt.
    Read all() {
        var debts = new ArrayList<Debt>();
        var problems = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder, "*" + END)) {
            for (var file : files) {
                try {
                    read(file).ifPresent(debts::add);
                } catch (IOException | IllegalArgumentException | DateTimeException e) {
                    problems.add(
                            "%s cannot be read, so what it stands for is not known. Look for names that begin with slipway at Neon and Cloudflare, then delete the file."
                                    .formatted(file));
                }
            }
        } catch (NoSuchFileException e) {
            return new Read(List.of(), List.of());
        } catch (IOException e) {
            problems.add(
                    "The folder %s cannot be read: %s. Throw-away branches may be left; nothing was changed."
                            .formatted(folder, e.getMessage()));
        }
        debts.sort(Comparator.comparing(Debt::since));
        return new Read(List.copyOf(debts), List.copyOf(problems));
    }

    /// Empty when another process has paid it meanwhile.
    private static Optional<Debt> read(Path file) throws IOException {
        try {
            var node = CanonicalJson.read(Files.readString(file));
            var holder = node.required("holder");
            return Optional.of(
                    new Debt(
                            kind(node.required("kind").asString()),
                            node.required("name").asString(),
                            node.required("mark").asString(),
                            node.required("place").asString(),
                            Optional.ofNullable(node.get("id")).map(JsonNode::asString),
                            Instant.parse(node.required("since").asString()),
                            new Holder(
                                    holder.required("pid").asLong(),
                                    Instant.parse(holder.required("started").asString()),
                                    holder.required("boot").asString(),
                                    holder.required("session").asString()),
                            node.required("reason").asString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Debt.Kind kind(String word) {
        return Arrays.stream(Debt.Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + word));
    }

    private Path file(Debt debt) {
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
