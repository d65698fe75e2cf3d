package dev.slipway.release.drill;

import dev.slipway.domain.InputException;
import dev.slipway.release.KeptFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The drills of a home, one file each. One that cannot be read counts as not held.
public final class DrillShelf {
    private static final Duration KEPT = Duration.ofDays(730);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(java.time.ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeptFiles files;

    /// @param folder where they are kept; made when needed
    public DrillShelf(Path folder, InstantSource clock) {
        files = new KeptFiles(folder, KEPT, clock);
    }

    /// Keeps a drill for two years.
    ///
    /// @throws InputException when it cannot be written
    void put(Drill drill) {
        try {
            files.put(NAME.format(drill.at()), JSON.writeValueAsString(drill));
        } catch (IOException e) {
            throw new InputException(
                    "The drill cannot be kept in %s: %s. Production was not changed."
                            .formatted(files.folder(), e.getMessage()));
        }
    }

    /// All drills, newest first.
    public List<Drill> all() {
        return files.all().stream()
                .flatMap(DrillShelf::read)
                .sorted(Comparator.comparing(Drill::at).reversed())
                .toList();
    }

    /// The newest.
    public Optional<Drill> last() {
        return all().stream().findFirst();
    }

    private static Stream<Drill> read(String text) {
        try {
            return Stream.of(JSON.readValue(text, Drill.class));
        } catch (JacksonException | NullPointerException e) {
            return Stream.of();
        }
    }
}
