package dev.slipway.pipeline;

import java.util.List;
import java.util.Optional;

/// What deploys or migrates when the base branch moves.
///
/// @param found what certainly does
/// @param unresolved what cannot be told from the repository's files
public record Deployers(List<Deployer> found, List<Deployer> unresolved) {
    public Deployers {
        found = List.copyOf(found);
        unresolved = List.copyOf(unresolved);
    }

    /// One place in a workflow.
    ///
    /// @param workflow the workflow's name
    /// @param file its path
    /// @param line line of the step, from one
    /// @param why what it does, as the end of a sentence
    /// @param ignored the reason a person gave for leaving it, from `ci.ignored`
    public record Deployer(
            String workflow, String file, int line, String why, Optional<String> ignored) {
        /// `file:line: why`.
        @Override
        public String toString() {
            return file + ":" + line + ": " + why;
        }
    }

    /// What nobody has said may stay.
    public List<Deployer> blocking() {
        return java.util.stream.Stream.concat(found.stream(), unresolved.stream())
                .filter(each -> each.ignored().isEmpty())
                .toList();
    }
}
