package dev.slipway.migration.rehearsal;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LoneMigrator;
import dev.slipway.migration.LoneMigrator.Did;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.RunPlan.Part;
import dev.slipway.migration.catalog.Catalog;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out migrations on a branch in the parts and with the migrators that will carry them out on
/// production, and measures them. Whoever calls it has made the branch and removes it.
public final class Rehearsal {
    private static final String APPLICATION = "slipway rehearsal";

    private final Postgres postgres;

    /// Rehearsals over `postgres`.
    public Rehearsal(Postgres postgres) {
        this.postgres = postgres;
    }

    /// Runs `order` at `branch`, which holds it afterwards; when a statement failed, the parts before it.
    ///
    /// @throws FailureException when it could not be tried; a statement that fails is a report
    /// @throws InterruptedException while it waited
    public RehearsalReport run(
            PostgresAddress branch, MigrationOrder order, MigrationListener listener)
            throws InterruptedException {
        try (var second = postgres.open(branch, Postgres.Session.reading(APPLICATION))) {
            var measurement =
                    new Measurement(
                            CatalogReader.read(second, order.ledger()),
                            order.ledger(),
                            new Canary(second),
                            () -> postgres.open(branch, Postgres.Session.reading(APPLICATION)),
                            listener);
            try {
                for (var part : parts(order)) {
                    measurement.part();
                    run(branch, order, part, measurement);
                }
            } catch (FailureException e) {
                if (measurement.report().failure().isEmpty()) {
                    throw e;
                }
            }
            return measurement.report();
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// @throws FailureException when a statement is refused as it is written
    private static List<Part> parts(MigrationOrder order) {
        var plan =
                RunPlan.of(
                        order.folder().migrations().stream()
                                .filter(each -> order.planned().contains(Planned.of(each)))
                                .toList());
        if (!plan.refused().isEmpty()) {
            var first = plan.refused().getFirst();
            throw new FailureException(
                    new Failure.Refused(
                            Provider.POSTGRES,
                            0,
                            "alone",
                            first.tag()
                                    + ", statement "
                                    + first.number()
                                    + ": "
                                    + first.reason()
                                    + " "
                                    + first.remedy(),
                            Optional.empty()));
        }
        return plan.parts();
    }

    private void run(
            PostgresAddress branch, MigrationOrder order, Part part, MigrationListener listener)
            throws InterruptedException {
        switch (part) {
            case Part.Together(var migrations, var skipped) ->
                    new DrizzleMigrator(postgres)
                            .run(
                                    branch,
                                    order.only(
                                            migrations.stream().map(Planned::of).toList(), skipped),
                                    listener);
            case Part.Apart(var migration, var statement) -> {
                var alone = LoneMigrator.patient(order.only(List.of(Planned.of(migration)), 0));
                var migrator = new DrizzleMigrator(postgres).lone();
                // A branch holds what production holds, also what an attempt there left.
                while (migrator.run(branch, alone, statement, Map.of(), _ -> {}, listener)
                        == Did.CLEARED) {
                    listener.waiting("Cleared away; the statement itself follows.");
                }
            }
        }
    }

    /// The catalog of `branch` as it is now.
    ///
    /// @throws FailureException when the server does not answer
    public Catalog catalog(PostgresAddress branch, LedgerTable ledger) {
        try (var connection = postgres.open(branch, Postgres.Session.reading(APPLICATION))) {
            return CatalogReader.read(connection, ledger);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }
}
