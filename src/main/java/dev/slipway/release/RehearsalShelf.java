package dev.slipway.release;

import dev.slipway.domain.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Rehearsals that were done, by what they are true for: in memory, and in a folder for the next
/// start. One that cannot be read counts as not done.
///
/// Safe for use by several threads.
public final class RehearsalShelf {
    /// Rows grow and statements change; after so long nobody should rely on what was measured.
    private static final Duration FRESH = Duration.ofHours(1);

    private static final Duration KEPT = Duration.ofDays(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeptFiles files;
    private final InstantSource clock;
    private final Map<String, RehearsalResult> known = new ConcurrentHashMap<>();

    /// @param folder where they are kept; made when needed
    public RehearsalShelf(Path folder, InstantSource clock) {
        files = new KeptFiles(folder, KEPT, clock);
        this.clock = clock;
    }

    /// Keeps `result` in place of an older one of the same basis.
    ///
    /// @throws InputException when it cannot be written
    public void put(RehearsalResult result) {
        var key = result.basis().key();
        known.put(key, result);
        try {
            files.put(key, JSON.writeValueAsString(result));
        } catch (IOException e) {
            throw new InputException(
                    "The rehearsal cannot be kept in "
                            + files.folder()
                            + ": "
                            + e.getMessage()
                            + ". Production was not changed.");
        }
    }

    /// The rehearsal that is true for `basis` and fresh.
    public Optional<RehearsalResult> find(RehearsalBasis basis) {
        var key = basis.key();
        return Optional.ofNullable(known.get(key))
                .or(() -> files.find(key).flatMap(RehearsalShelf::read))
                .filter(result -> result.basis().equals(basis))
                .filter(this::fresh);
    }

    /// The newest rehearsal of `target`, fresh or not: production may have changed meanwhile.
    public Optional<RehearsalResult> latest(Target target) {
        var stored = files.all().stream().flatMap(text -> read(text).stream());
        return Stream.concat(known.values().stream(), stored)
                .filter(result -> result.target().equals(target.toString()))
                .max(Comparator.comparing(RehearsalResult::asOf));
    }

    private boolean fresh(RehearsalResult result) {
        return result.asOf().plus(FRESH).isAfter(clock.instant());
    }

    private static Optional<RehearsalResult> read(String text) {
        try {
            return Optional.of(JSON.readValue(text, RehearsalResult.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
