package dev.slipway.migration.workload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of production's statements on the new schema.
///
/// @param observed how many were observed
/// @param since since when; empty when nothing was
/// @param checked how many could be checked: the server took them on the old schema
/// @param broken those that no longer work
/// @param changed those that work and whose result has other columns or types a driver may tell apart
/// @param slower those whose way to a table is gone and whose cost has multiplied
/// @param notCheckable those of which nothing can be said
/// @param unseen statements the server counted and did not show
/// @param blind what this server's version does not tell
public record WorkloadReport(
        int observed,
        Optional<Instant> since,
        int checked,
        List<Broken> broken,
        List<Broken> changed,
        List<Slower> slower,
        List<NotCheckable> notCheckable,
        List<Workload.Unseen> unseen,
        List<String> blind) {
    /// A statement that no longer does what it did.
    ///
    /// @param sqlState the error it meets
    /// @param probe which probe found it: `PREPARE`, `TYPES`, `PLAN` or `EXECUTE`
    /// @param reason in words
    public record Broken(String query, String sqlState, String probe, String reason) {}

    /// A statement that works and costs more.
    ///
    /// @param before the planner's cost, in its own unit
    public record Slower(String query, double before, double after, String reason) {
        /// How many times the cost grew.
        public double factor() {
            return after / before;
        }
    }

    /// A statement of which nothing can be said.
    public record NotCheckable(String query, String reason) {}

    public WorkloadReport {
        broken = List.copyOf(broken);
        changed = List.copyOf(changed);
        slower = List.copyOf(slower);
        notCheckable = List.copyOf(notCheckable);
        unseen = List.copyOf(unseen);
        blind = List.copyOf(blind);
    }

    /// The same, where a broken statement counts only when it is among `executed`; another is one of
    /// which nothing can be said, for `reason`.
    public WorkloadReport onlyBroken(Set<String> executed, String reason) {
        var counted = broken.stream().filter(each -> executed.contains(each.query())).toList();
        var others = new ArrayList<>(notCheckable);
        broken.stream()
                .filter(each -> !executed.contains(each.query()))
                .map(each -> new NotCheckable(each.query(), reason))
                .forEach(others::add);
        return new WorkloadReport(
                observed,
                since,
                checked - (broken.size() - counted.size()),
                counted,
                changed,
                slower,
                others,
                unseen,
                blind);
    }
}
