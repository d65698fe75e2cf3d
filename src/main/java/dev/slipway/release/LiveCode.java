package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.migration.workload.Workload;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionState;
import dev.slipway.release.fit.FitProof;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What the code that is live says of migrations that production has not run.
///
/// @param known tags of those it was made with: its own tree holds them
record LiveCode(
        ProductionReader production,
        ProductionState now,
        List<Migration> migrations,
        Set<String> known) {

    static LiveCode of(
            ProductionReader production, ProductionState now, List<Migration> migrations) {
        var made =
                now.commit().flatMap(commit -> folder(production, commit)).stream()
                        .flatMap(folder -> folder.migrations().stream())
                        .map(Planned::of)
                        .collect(Collectors.toSet());
        var known =
                migrations.stream()
                        .map(Planned::of)
                        .filter(made::contains)
                        .map(Planned::tag)
                        .collect(Collectors.toSet());
        return new LiveCode(production, now, migrations, known);
    }

    /// A commit without a folder, or one that cannot be read, makes nothing known: the careful side.
    private static Optional<MigrationFolder> folder(ProductionReader production, CommitSha commit) {
        try {
            return Optional.of(production.folder(commit.value()));
        } catch (InputException | FailureException e) {
            return Optional.empty();
        }
    }

    boolean knowsAll() {
        return migrations.stream().allMatch(each -> known.contains(each.tag()));
    }

    /// Whether the code of the migrations fits today's schema.
    ///
    /// @param proof what was tried
    Judgement newOnLive(FitProof proof) {
        return knowsAll()
                ? Judgement.yes("The code of these migrations is live on today's schema.")
                : proof.newOnLive();
    }

    /// Statements are counted for as long as the server runs, so what code before the release
    /// executed is among them. What counts against code that is live is what is still executed.
    ///
    /// @param then what production executed when `all` was made
    /// @param observed asks what it executes now
    WorkloadReport executing(WorkloadReport all, Workload then, Supplier<Workload> observed) {
        if (all.broken().isEmpty()) {
            return all;
        }
        production.probe();
        var executed =
                new LiveStatements(
                        then,
                        observed.get(),
                        now.workers().stream()
                                .flatMap(worker -> worker.since().stream())
                                .max(Comparator.naturalOrder()));
        return all.doubting(executed::doubt);
    }
}
