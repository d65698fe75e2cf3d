package dev.slipway.ui.rehearsal;

import dev.slipway.migration.Untransactional;
import dev.slipway.migration.catalog.Finding;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.migration.workload.WorkloadReport.Broken;
import dev.slipway.migration.workload.WorkloadReport.NotCheckable;
import dev.slipway.migration.workload.WorkloadReport.Slower;
import dev.slipway.release.RehearsalResult;
import java.util.Optional;

/// Something of a rehearsal that can be looked at closely.
public sealed interface Evidence {
    /// A statement of a migration, as measured.
    record OfStatement(StatementReport statement) implements Evidence {}

    /// A statement that runs neither with the others nor by itself.
    record OfUntransactional(Untransactional statement) implements Evidence {}

    /// What a change of the schema means.
    record OfFinding(Finding finding) implements Evidence {}

    /// A statement of production that fails, or that has another result.
    ///
    /// @param fails whether it fails; else only its result looks different
    record OfBroken(Broken query, boolean fails) implements Evidence {}

    /// A statement of production that costs more.
    record OfSlower(Slower query) implements Evidence {}

    /// A statement of production of which nothing can be said.
    record OfNotCheckable(NotCheckable query) implements Evidence {}

    /// Its name, for the head of the drawer.
    default String title() {
        return switch (this) {
            case OfStatement(var it) -> it.tag() + ", statement " + it.number();
            case OfUntransactional(var it) -> it.tag() + ", statement " + it.number();
            case OfFinding(var it) -> it.object();
            case OfBroken(var _, var fails) ->
                    fails ? "Statement that fails" : "Statement whose result differs";
            case OfSlower _ -> "Statement that gets slower";
            case OfNotCheckable _ -> "Statement that cannot be checked";
        };
    }

    /// The SQL it is about; empty for a finding.
    default String sql() {
        return switch (this) {
            case OfStatement(var it) -> it.sql();
            case OfUntransactional(var it) -> it.sql();
            case OfFinding _ -> "";
            case OfBroken(var it, var _) -> it.query();
            case OfSlower(var it) -> it.query();
            case OfNotCheckable(var it) -> it.query();
        };
    }

    /// What a picture of the evidence shows best: a statement of production that fails, else what the
    /// first statement of the migrations did.
    static Optional<Evidence> first(RehearsalResult result) {
        return result.workload().stream()
                .flatMap(workload -> workload.broken().stream())
                .map(query -> (Evidence) new OfBroken(query, true))
                .findFirst()
                .or(() ->
                        result.report().stream()
                                .flatMap(report -> report.migrations().stream())
                                .flatMap(migration -> migration.statements().stream())
                                .map(statement -> (Evidence) new OfStatement(statement))
                                .findFirst());
    }
}
