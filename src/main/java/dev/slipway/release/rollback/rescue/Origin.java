package dev.slipway.release.rollback.rescue;

import dev.slipway.domain.RefusedException;
import dev.slipway.neon.Branch;
import dev.slipway.neon.NewBranch;
import dev.slipway.production.Databases;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where production comes from since it was restored, as Neon tells it: a colleague who did not restore
/// it can rescue rows too.
///
/// @param production the production branch
/// @param backup the branch that keeps what was there before the restore
/// @param history id of the branch in whose history the point lies
/// @param point what was restored: up to here production and backup are the same
record Origin(Branch production, Branch backup, String history, NewBranch.Point point) {
    /// Finds it among `branches`.
    ///
    /// @param name of the backup; empty takes the one production was restored from
    /// @throws RefusedException when there is none, or none of that name, or it has another origin
    static Origin of(List<Branch> branches, Branch production, Optional<String> name) {
        var parent =
                branches.stream()
                        .filter(branch -> production.parent().equals(Optional.of(branch.id())))
                        .findFirst();
        var backup =
                name.map(wanted ->
                                branches.stream()
                                        .filter(branch -> branch.name().equals(wanted))
                                        .findFirst()
                                        .orElseThrow(() ->
                                                new RefusedException(
                                                        "There is no branch "
                                                                + wanted
                                                                + ". Nothing was changed.")))
                        .or(() -> parent)
                        .orElseThrow(() ->
                                new RefusedException(
                                        production.name()
                                                + " hangs under no other branch, so no restore has kept"
                                                + " anything beside it. Nothing was changed."));
        if (production.parent().equals(Optional.of(backup.id()))) {
            return new Origin(production, backup, backup.id(), begins(production));
        }
        if (backup.parent().isPresent()
                && backup.parent().equals(production.parent())
                && !backup.id().equals(production.id())) {
            // Kept by an undo: it went on from an earlier point of the same history.
            return new Origin(production, backup, backup.parent().get(), begins(backup));
        }
        throw new RefusedException(
                backup.name()
                        + " did not keep what a restore of "
                        + production.name()
                        + " took away, so there is no point both come from. Nothing was changed.");
    }

    /// Names of the branches that keep what restores took away, the one production was restored from
    /// first: the others are known by the name a restore gives.
    static List<String> backups(List<Branch> branches, Branch production) {
        return branches.stream()
                .filter(branch ->
                        production.parent().equals(Optional.of(branch.id()))
                                || (production.parent().isPresent()
                                        && branch.parent().equals(production.parent())
                                        && named(branch, production)))
                .sorted(
                        Comparator.comparing((Branch b) ->
                                        !production.parent().equals(Optional.of(b.id())))
                                .thenComparing(Branch::created, Comparator.reverseOrder()))
                .map(Branch::name)
                .toList();
    }

    private static boolean named(Branch branch, Branch production) {
        return branch.name().startsWith(production.name() + Databases.OLD);
    }

    private static NewBranch.Point begins(Branch branch) {
        return branch.parentLsn()
                .<NewBranch.Point>map(NewBranch.Point.Lsn::new)
                .or(() -> branch.parentTime().map(NewBranch.Point.Time::new))
                .orElseThrow(() ->
                        new RefusedException(
                                "Neon does not say where "
                                        + branch.name()
                                        + " begins in the history it comes from. Nothing was"
                                        + " changed."));
    }

    /// The same in names.
    Kept kept() {
        return new Kept(
                backup.name(),
                production.name(),
                switch (point) {
                    case NewBranch.Point.Head _ -> "its newest state";
                    case NewBranch.Point.Lsn(var lsn) -> lsn;
                    case NewBranch.Point.Time(var at) -> at.toString();
                });
    }
}
