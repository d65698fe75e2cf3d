package dev.slipway.sandbox.postgres;

import dev.slipway.domain.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs `initdb` and `postgres`, unpacked once per machine from the jar this program brings
/// with it.
public record PostgresBinaries(Path folder) {
    /// Extensions Neon lets an owner create although stock Postgres asks for a superuser.
    private static final List<String> OWNER_EXTENSIONS =
            List.of("pg_stat_statements", "earthdistance", "bloom", "moddatetime");

    /// Finds the unpacked programs in `cache`, or unpacks them. Safe for several programs at once.
    ///
    /// @throws InputException when there are none for this system
    public static PostgresBinaries in(Path cache) {
        var archive = archive();
        try {
            var size = archive.openConnection().getContentLengthLong();
            var folder = cache.resolve("postgres-18-" + Long.toHexString(size));
            Folders.once(folder, partial -> unpack(archive, partial));
            return new PostgresBinaries(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack Postgres into " + cache, e);
        }
    }

    /// A program of this Postgres.
    Path program(String name) {
        return folder.resolve("bin").resolve(Platform.WINDOWS ? name + ".exe" : name);
    }

    private static URL archive() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var system = os.contains("mac") ? "darwin" : os.contains("win") ? "windows" : "linux";
        var arm = System.getProperty("os.arch").equals("aarch64");
        // A Mac with an ARM processor runs the other archive as well.
        return Stream.of(arm ? "arm_64" : "x86_64", "x86_64")
                .map(machine -> "/postgres-" + system + "-" + machine + ".txz")
                .flatMap(name ->
                        Optional.ofNullable(PostgresBinaries.class.getResource(name)).stream())
                .findFirst()
                .orElseThrow(() ->
                        new InputException(
                                "There is no embedded Postgres for "
                                        + System.getProperty("os.name")
                                        + " on "
                                        + System.getProperty("os.arch")
                                        + ", so the sandbox cannot run here. Nothing was started."));
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (var in = new BufferedInputStream(archive.openStream(), 1 << 16)) {
            untar(in, folder);
        }
        trustOwnerExtensions(folder);
    }

    private static void untar(InputStream in, Path to) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(in))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var path = to.resolve(entry.getName()).normalize();
                if (!path.startsWith(to)) {
                    throw new IOException("archive entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(to));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(path, to.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0
                            && !path.toFile().setExecutable(true, false)) {
                        throw new IOException("cannot make " + path + " executable");
                    }
                }
            }
        }
    }

    private static void trustOwnerExtensions(Path folder) throws IOException {
        try (var files = Files.find(folder, 5, (p, _) -> p.toString().endsWith(".control"))) {
            for (var control : files.toList()) {
                var name = control.getFileName().toString().replace(".control", "");
                if (OWNER_EXTENSIONS.contains(name)) {
                    Files.writeString(control, "\ntrusted = true\n", StandardOpenOption.APPEND);
                }
            }
        }
    }
}
