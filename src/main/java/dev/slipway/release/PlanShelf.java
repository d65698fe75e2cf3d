package dev.slipway.release;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Plans that were shown to a person, by hash, so that a plan that has changed meanwhile can be
/// compared with the one that was approved. A plan that was begun is in the journal and no longer
/// here; one that nobody began goes after a week.
public final class PlanShelf {
    private static final Duration KEPT = Duration.ofDays(7);

    private final KeptFiles files;

    /// @param folder where they are kept; made when needed
    public PlanShelf(Path folder, InstantSource clock) {
        files = new KeptFiles(folder, KEPT, clock);
    }

    /// Keeps `plan`.
    ///
    /// @throws InputException when it cannot be written
    public void put(Plan plan) {
        try {
            files.put(plan.hash(), plan.json());
        } catch (IOException e) {
            throw new InputException(
                    "The plan cannot be kept in "
                            + files.folder()
                            + ": "
                            + e.getMessage()
                            + ". Nothing was changed.");
        }
    }

    /// The plan of this hash, when it was shown on this machine.
    public Optional<Plan> find(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        try {
            return files.find(hash).map(PlanJson::read);
        } catch (JacksonException | InputException e) {
            return Optional.empty();
        }
    }

    /// Forgets `plan`, which was begun.
    public void begun(Plan plan) {
        try {
            files.forget(plan.hash());
        } catch (IOException e) {
            // It goes when it is old.
            return;
        }
    }
}
