package dev.slipway.release;

import dev.slipway.domain.OwnerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// JSON files of a home that only their owner may read, and that go when they are old.
///
/// @param folder made when needed
/// @param kept how long a file stays after it was written
public record KeptFiles(Path folder, Duration kept, InstantSource clock) {
    private static final String SUFFIX = ".json";

    /// Keeps `text` under `name` in place of what was there, and removes what is old.
    public void put(String name, String text) throws IOException {
        var now = clock.instant();
        OwnerFile.replace(file(name), text);
        Files.setLastModifiedTime(file(name), FileTime.from(now));
        var oldest = now.minus(kept);
        for (var file : files()) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// What is kept under `name`; empty when nothing is or it cannot be read.
    public Optional<String> find(String name) {
        return read(file(name));
    }

    /// Everything that can be read.
    public List<String> all() {
        try {
            return files().stream().flatMap(file -> read(file).stream()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Keeps it no longer.
    public void forget(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
