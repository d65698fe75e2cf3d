package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.migration.Folders;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.Shop;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.workload.RecordedStatement;
import dev.slipway.migration.workload.StatementStatistics;
import dev.slipway.migration.workload.Workload;
import dev.slipway.migration.workload.WorkloadCheck;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same rehearsal and check on servers older than the one in the sandbox. The property names a
/// server by `postgresql://user:password@host:port/database`, whose user may do everything.
class OlderServerTest {
    private static final String MIGRATION =
            "alter table drafts add plan text not null; alter table products alter price type"
                    + " bigint; alter table users rename bio to about";

    @ParameterizedTest
    @ValueSource(strings = {"slipway.postgres14", "slipway.postgres15"})
    void anOlderServerIsMeasuredAndWhatItCannotTellIsSaid(String property) throws Exception {
        var url = System.getProperty(property, "");
        Assumptions.assumeFalse(
                url.isEmpty(), "No older server: -D" + property + "=URL names one.");
        var postgres =
                new JdbcPostgres(new World.Transport(true, true, "disable"), World.Bounds.LIVE);
        var name = "slipway_" + UUID.randomUUID().toString().replace("-", "");
        var server = PostgresAddress.of(Secret.of(url));
        run(postgres, server, "create database " + name);
        run(postgres, server, "create role " + name);
        try {
            var database =
                    new PostgresAddress(
                            server.host(),
                            server.port(),
                            name,
                            server.user(),
                            server.password(),
                            server.channelBinding());
            measured(postgres, database, name);
        } finally {
            run(postgres, server, "drop database " + name + " with (force)");
            run(postgres, server, "drop role " + name);
        }
    }

    private static void measured(Postgres postgres, PostgresAddress database, String app)
            throws Exception {
        try (var connection = postgres.open(database, Postgres.Session.reading("test"))) {
            Fence.raise(connection, "production", 1);
        }
        var rehearsal = new Rehearsal(postgres);
        var folder =
                Folders.read(
                        Folders.journal("0000_shop", Shop.sql(200, app), "0001_case", MIGRATION));
        rehearsal.run(
                database,
                RehearsalCasesTest.order(
                        Folders.read(Folders.journal("0000_shop", Shop.sql(200, app))), 0),
                MigrationListener.SILENT);
        var check = WorkloadCheck.before(postgres, database, observed(postgres, database));
        var report =
                rehearsal.run(
                        database, RehearsalCasesTest.order(folder, 1), MigrationListener.SILENT);

        assertThat(report.failure()).isEmpty();
        assertThat(report.migrations().getFirst().classes()).containsExactly(ChangeClass.BREAKS);
        assertThat(report.held())
                .extracting(RehearsalReport.Held::relation)
                .contains("drafts", "products", "users");
        var found = check.after();
        assertThat(found.notCheckable()).isEmpty();
        assertThat(found.checked()).isEqualTo(3);
        assertThat(found.blind())
                .singleElement()
                .asString()
                .contains("below 16 does not tell the types of a result");
        assertThat(found.broken())
                .extracting(WorkloadReport.Broken::sqlState)
                .contains("42703", "23502");
    }

    private static Workload observed(Postgres postgres, PostgresAddress database)
            throws SQLException {
        try (var connection = postgres.open(database, Postgres.Session.reading("test"));
                var statement = connection.createStatement()) {
            statement.execute("create extension pg_stat_statements");
            // Sessions of ours leave no trace where they may, and this user may do everything.
            statement.execute("set pg_stat_statements.track = 'all'");
            statement.execute("insert into drafts (body) values ('b')");
            statement.execute("delete from drafts");
            statement.execute("select id, bio from users where id = 1");
            statement.execute("select id, price from products where id = 1");
            var all = StatementStatistics.read(connection, InstantSource.system());
            return new Workload(
                    all.statements().stream().filter(OlderServerTest::isOurs).toList(),
                    all.since(),
                    all.until(),
                    all.gaps(),
                    all.unseen());
        }
    }

    private static boolean isOurs(RecordedStatement statement) {
        return statement.sql().startsWith("insert into drafts")
                || statement.sql().startsWith("select id,");
    }

    private static void run(Postgres postgres, PostgresAddress address, String sql)
            throws SQLException {
        try (var connection = postgres.open(address, Postgres.Session.reading("test"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
