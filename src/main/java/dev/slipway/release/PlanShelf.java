package dev.slipway.release;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
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

    /// How two plans differ, one line each; empty when they would do the same.
    public static List<String> difference(Plan before, Plan after) {
        var lines = new ArrayList<String>();
        var names = new TreeSet<>(before.pins().keySet());
        names.addAll(after.pins().keySet());
        for (var name : names) {
            var was = before.pins().getOrDefault(name, "nothing");
            var is = after.pins().getOrDefault(name, "nothing");
            if (!was.equals(is)) {
                lines.add(name + ": " + was + " → " + is);
            }
        }
        var were = before.steps().stream().map(s -> s.key()).toList();
        var are = after.steps().stream().map(s -> s.key()).toList();
        if (!were.equals(are)) {
            lines.add("steps: " + String.join(" ", were) + " → " + String.join(" ", are));
        }
        if (lines.isEmpty()) {
            for (int i = 0; i < after.steps().size(); i++) {
                if (!before.steps().get(i).equals(after.steps().get(i))) {
                    lines.add("step " + after.steps().get(i).key() + " does it differently");
                }
            }
        }
        return lines;
    }
}
