package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.Shop;
import dev.slipway.migration.ShopTraffic;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.workload.Workload;
import dev.slipway.migration.workload.WorkloadCheck;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the cases really do to the shop's code, against what is said of them. Its statements are
/// executed with their own values before and after each migration, by the role that code uses.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RecallBench {
    private static final int USERS = 1_500;

    /// One case.
    ///
    /// @param failed statements that ran before and fail, or give another kind of value
    /// @param told how many the workload check calls broken
    private record Row(String id, RehearsalReport report, List<String> failed, int told) {
        boolean breaks() {
            return !failed.isEmpty();
        }

        boolean found() {
            return told > 0 || carries(ChangeClass.BREAKS) || carries(ChangeClass.FAILED);
        }

        /// What row security, privileges, triggers and lost rows do is called by its own name.
        boolean warned() {
            return found() || carries(ChangeClass.BEHAVIOUR) || carries(ChangeClass.DATA);
        }

        boolean carries(ChangeClass change) {
            return report.migrations().getFirst().classes().contains(change);
        }
    }

    @Test
    void whatBreaksIsAlwaysSaid(@TempDir Path home) throws Exception {
        var rows = new ArrayList<Row>();
        try (var server = new TestDatabase(home)) {
            var shop = ShopTraffic.shop(server, 10);
            var ready = shop(server, shop);
            var workload = ShopTraffic.observe(server, ready);
            for (var each : RehearsalCasesTest.cases().toList()) {
                rows.add(row(server, ready, workload, each));
            }
        }
        rows.stream()
                .filter(row -> row.breaks() || row.found())
                .forEach(row ->
                        System.out.printf(
                                "%-44s %-28s broke %d, told %d %s%n",
                                row.id(),
                                row.report().migrations().getFirst().classes(),
                                row.failed().size(),
                                row.told(),
                                row.breaks() ? row.failed() : "false alarm here"));
        long breaking = rows.stream().filter(Row::breaks).count();
        System.out.printf(
                "%d cases, %d break recorded statements, %d of them called BREAKS, FAILED or broken,"
                        + " %d warned of; %d false alarms of the catalog, %d of the probes%n",
                rows.size(),
                breaking,
                rows.stream().filter(Row::breaks).filter(Row::found).count(),
                rows.stream().filter(Row::breaks).filter(Row::warned).count(),
                rows.stream()
                        .filter(row -> !row.breaks() && row.carries(ChangeClass.BREAKS))
                        .count(),
                rows.stream().filter(row -> !row.breaks() && row.told() > 0).count());
        assertThat(breaking).isGreaterThan(15);
        assertThat(rows)
                .filteredOn(Row::breaks)
                .filteredOn(row -> !row.warned())
                .extracting(Row::id)
                .isEmpty();
    }

    private static TestDatabase.Database shop(TestDatabase server, TestDatabase.Database other)
            throws Exception {
        var shop = server.fresh();
        server.asSuperuser(shop, "grant app to " + shop.address().user());
        server.asSuperuser(shop, "grant pg_read_all_stats to " + shop.address().user());
        server.asSuperuser(shop, "create extension if not exists btree_gist");
        server.drop(other);
        try (var connection = shop.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        new DrizzleMigrator(server.postgres())
                .run(
                        shop.address(),
                        RehearsalCasesTest.order(
                                Folders.read(Folders.journal("0000_shop", Shop.sql(USERS, "app"))),
                                0),
                        MigrationListener.SILENT);
        return shop;
    }

    private static Row row(
            TestDatabase server,
            TestDatabase.Database shop,
            Workload workload,
            RehearsalCasesTest.Case each)
            throws Exception {
        var database = server.copy(shop);
        try {
            if (!each.setup().isEmpty()) {
                database.execute(each.setup());
            }
            var before = outcomes(server, database);
            var check = WorkloadCheck.before(server.postgres(), database.address(), workload);
            var folder =
                    Folders.read(
                            Folders.journal(
                                    "0000_shop", Shop.sql(USERS, "app"), "0001_case", each.sql()));
            var report =
                    new Rehearsal(server.postgres())
                            .run(
                                    database.address(),
                                    RehearsalCasesTest.order(folder, 1),
                                    MigrationListener.SILENT);
            var told = check.after().broken().size();
            var failed = new ArrayList<String>();
            outcomes(server, database)
                    .forEach((sql, outcome) -> {
                        if (!outcome.equals(before.get(sql)) && worked(before.get(sql))) {
                            failed.add(outcome);
                        }
                    });
            return new Row(each.id(), report, failed, told);
        } finally {
            server.drop(database);
        }
    }

    private static boolean worked(String outcome) {
        return outcome.equals("ran") || outcome.startsWith("[");
    }

    /// How each statement ends, each taken back: an SQLSTATE, or the names and types of its result.
    private static Map<String, String> outcomes(TestDatabase server, TestDatabase.Database database)
            throws SQLException {
        var outcomes = new LinkedHashMap<String, String>();
        try (var connection =
                server.postgres()
                        .open(ShopTraffic.asApp(database), Postgres.Session.reading("shop"))) {
            connection.setAutoCommit(false);
            for (var sql : ShopTraffic.STATEMENTS) {
                outcomes.put(sql, outcome(connection, sql));
                connection.rollback();
            }
        }
        return outcomes;
    }

    private static String outcome(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!statement.execute(sql) || sql.startsWith("select *")) {
                return "ran";
            }
            var columns = statement.getResultSet().getMetaData();
            var types = new ArrayList<String>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                var type = columns.getColumnTypeName(i);
                types.add(type.equals("varchar") ? "text" : type);
            }
            return types.toString();
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
