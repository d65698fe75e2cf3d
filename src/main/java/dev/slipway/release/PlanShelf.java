package dev.slipway.release;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Plans that were shown to a person, by hash, so that a plan that has changed meanwhile can be
/// compared with the one that was approved.
///
/// @param folder where they are kept
public record PlanShelf(Path folder) {
    /// Keeps `plan`.
    public void put(Plan plan) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(plan.hash()), plan.json());
        } catch (IOException e) {
            throw new InputException(
                    "The plan cannot be kept in "
                            + folder
                            + ": "
                            + e.getMessage()
                            + ". Nothing was changed.");
        }
    }

    /// The plan of this hash, when it was shown on this machine.
    public Optional<Plan> find(String hash) {
        if (!hash.matches("[0-9a-f]{64}") || !Files.exists(file(hash))) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlanJson.read(Files.readString(file(hash))));
        } catch (IOException | JacksonException | InputException e) {
            return Optional.empty();
        }
    }

    private Path file(String hash) {
        return folder.resolve(hash + ".json");
    }
}
