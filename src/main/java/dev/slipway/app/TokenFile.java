package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The tokens of the live world in a file that only its owner may read (mode 0600). A file with wider
/// rights is refused, because a token others could read must be taken as known to them.
public final class TokenFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;

    /// @param file where the tokens are; need not exist
    public TokenFile(Path file) {
        this.file = file;
    }

    /// The stored tokens; empty without a file.
    ///
    /// @throws InputException when others may read the file or it is not one of ours
    public Map<Provider, Secret> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        refuseWiderRights();
        try {
            var tree = JSON.readTree(Files.readAllBytes(file));
            var tokens = new EnumMap<Provider, Secret>(Provider.class);
            for (var provider : Provider.values()) {
                var value = tree.path(provider.key());
                if (value.isString()) {
                    tokens.put(provider, Secret.of(value.stringValue()));
                }
            }
            return tokens;
        } catch (IOException | JacksonException e) {
            throw new InputException(
                    "The token file "
                            + file
                            + " cannot be read. Nothing was changed; remove it and run"
                            + " \"slipway connect\" again.");
        }
    }

    /// Stores `token` beside the others; the old file stays whole until the new one is on disk.
    ///
    /// @throws InputException when the file cannot be written or others may read the present one
    public void store(Provider provider, Secret token) {
        var tokens = new EnumMap<Provider, Secret>(Provider.class);
        tokens.putAll(read());
        tokens.put(provider, token);
        var tree = JSON.createObjectNode();
        tokens.forEach((name, value) -> tree.put(name.key(), value.reveal()));
        try {
            write(JSON.writeValueAsString(tree));
        } catch (IOException e) {
            throw new InputException(
                    "The token could not be stored in "
                            + file
                            + ": "
                            + e.getMessage()
                            + ". The tokens stored before are unchanged.");
        }
    }

    private void write(String text) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        var attributes =
                posix()
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0];
        try (var channel =
                FileChannel.open(
                        next,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void refuseWiderRights() {
        try {
            if (posix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new InputException(
                        "The token file "
                                + file
                                + " may be read or written by others, so its tokens were not used."
                                + " Replace them at their providers, then run: chmod 600 "
                                + file);
            }
        } catch (IOException e) {
            throw new InputException(
                    "The rights of the token file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
