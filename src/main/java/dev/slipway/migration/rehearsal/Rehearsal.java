package dev.slipway.migration.rehearsal;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.catalog.Catalog;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.SQLException;

/// Carries out migrations on a branch with the migrator that will carry them out on production, and
/// measures them. Whoever calls it has made the branch and removes it.
public final class Rehearsal {
    private static final String APPLICATION = "slipway rehearsal";

    private final Postgres postgres;

    /// Rehearsals over `postgres`.
    public Rehearsal(Postgres postgres) {
        this.postgres = postgres;
    }

    /// Runs `order` at `branch`, which holds it afterwards unless a statement failed.
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
                            listener);
            try {
                new DrizzleMigrator(postgres).run(branch, order, measurement);
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
