package dev.slipway.migration.workload;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What became of production's statements on the new schema.
///
/// @param observed how many were observed
/// @param since since when; empty when nothing was
/// @param until until when: the last look at what production counted
/// @param gaps how often its server was gone in between
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
        Instant until,
        int gaps,
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

    /// What was observed and when, without a full stop.
    public String window() {
        return since.map(from ->
                        observed
                                + " statements of production observed from "
                                + from.truncatedTo(ChronoUnit.SECONDS)
                                + " to "
                                + until.truncatedTo(ChronoUnit.SECONDS)
                                + (gaps == 0
                                        ? ""
                                        : ", with "
                                                + gaps
                                                + (gaps == 1 ? " gap" : " gaps")
                                                + " while the compute slept"))
                .orElse("No statement of production was observed");
    }

    public WorkloadReport {
        broken = List.copyOf(broken);
        changed = List.copyOf(changed);
        slower = List.copyOf(slower);
        notCheckable = List.copyOf(notCheckable);
        unseen = List.copyOf(unseen);
        blind = List.copyOf(blind);
    }

    /// The same, where broken statements that `doubt` has something to say of are ones of which nothing
    /// can be said, for that reason.
    public WorkloadReport doubting(Function<String, Optional<String>> doubt) {
        var counted = broken.stream().filter(each -> doubt.apply(each.query()).isEmpty()).toList();
        var others = new ArrayList<>(notCheckable);
        broken.forEach(each ->
                doubt.apply(each.query())
                        .ifPresent(reason -> others.add(new NotCheckable(each.query(), reason))));
        return new WorkloadReport(
                observed,
                since,
                until,
                gaps,
                checked - (broken.size() - counted.size()),
                counted,
                changed,
                slower,
                others,
                unseen,
                blind);
    }
}
