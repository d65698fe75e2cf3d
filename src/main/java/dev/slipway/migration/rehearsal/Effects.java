package dev.slipway.migration.rehearsal;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.Migration;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.SqlLexer;
import dev.slipway.migration.catalog.CatalogDifference;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Tells on a branch whether what a migration does is there already, statement by statement: what is
/// there fails because it exists, or changes nothing. Whoever calls it has made the branch and removes
/// it; statements that do change something stay on it, so that those behind find what they need.
public final class Effects {
    /// Table or index, column, object, schema, function: it exists.
    private static final Set<String> EXISTS = Set.of("42P07", "42701", "42710", "42P06", "42723");

    /// Table, column, object: it does not, which is what DROP is for.
    private static final Set<String> GONE = Set.of("42P01", "42703", "42704", "3F000");

    private final Postgres postgres;

    /// Effects over `postgres`.
    public Effects(Postgres postgres) {
        this.postgres = postgres;
    }

    /// What one statement showed.
    ///
    /// @param number in its migration, from one
    /// @param there whether what it does is there
    /// @param reason how that was seen; words that follow the number
    public record Found(int number, boolean there, String reason) {}

    /// Tries `migration` at `branch`.
    ///
    /// @throws FailureException when the branch does not answer
    public List<Found> of(PostgresAddress branch, LedgerTable ledger, Migration migration) {
        var session =
                new Postgres.Session(
                        "slipway effects", Duration.ofSeconds(5), Duration.ofMinutes(5), true);
        try (var connection = postgres.open(branch, session)) {
            var found = new ArrayList<Found>();
            var statements = migration.statements();
            for (int i = 0; i < statements.size(); i++) {
                found.add(one(connection, ledger, migration, i + 1, statements.get(i).sql()));
            }
            return found;
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    private static Found one(
            Connection connection, LedgerTable ledger, Migration migration, int number, String sql)
            throws SQLException {
        var alone =
                RunPlan.of(List.of(migration)).untransactional().stream()
                        .anyMatch(each -> each.number() == number && !each.refused());
        if (alone) {
            var statement = RunPlan.lone(migration, number);
            boolean there = statement.look(connection, java.util.Map.of()).done();
            return new Found(
                    number, there, (there ? "there is " : "there is not: ") + statement.thing());
        }
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            var gauge = new Gauge(connection);
            var catalog = CatalogReader.read(connection, ledger);
            var before = gauge.read();
            statement.execute(sql);
            var after = gauge.read();
            var changes =
                    CatalogDifference.between(
                            catalog, catalog, CatalogReader.read(connection, ledger));
            var rows =
                    gauge.rows(before, after).stream()
                            .filter(each ->
                                    each.truncated()
                                            || each.inserted() + each.updated() + each.deleted()
                                                    > 0)
                            .toList();
            connection.commit();
            if (!changes.isEmpty()) {
                return new Found(number, false, "changes: " + changes.getFirst().sentence());
            }
            return rows.isEmpty()
                    ? new Found(number, true, "changes nothing")
                    : new Found(number, false, "changes rows of " + rows.getFirst().table());
        } catch (SQLException e) {
            connection.rollback();
            var state = PostgresFailure.state(e);
            boolean there = EXISTS.contains(state) || (drops(sql) && GONE.contains(state));
            return new Found(
                    number, there, "fails with " + state + ": " + PostgresFailure.message(e));
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean drops(String sql) {
        return SqlLexer.tokens(sql).stream().anyMatch(token -> token.is("drop"));
    }
}
