package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.LoneMigrator;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.rehearsal.LocksInTheWay.Needed;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksInTheWayTest {
    private static final LockRetry RETRY =
            new LockRetry(Duration.ofMillis(300), 3, Duration.ofMillis(20), Duration.ofMillis(100));
    private static TestDatabase server;
    private static TestDatabase.Database database;
    private static TestDatabase.Database stranger;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        database = server.fresh();
        stranger = server.fresh();
        database.execute("create table users (id int primary key)");
        try (var connection = database.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        database.execute("create schema drizzle");
        database.execute(
                "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null,"
                        + " created_at bigint)");
        database.execute("create schema \"Side\"");
        database.execute("create table \"Side\".\"my users\" (id int)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void onlyWhoHoldsWhatDoesNotGoTogetherIsInTheWay() throws Exception {
        try (var report = holding("select count(*) from users");
                var writer = holding("insert into \"Side\".\"my users\" values (1)")) {
            assertThat(report.isClosed() || writer.isClosed()).isFalse();
            assertThat(told("users AccessExclusiveLock"))
                    .singleElement()
                    .asString()
                    .contains("AccessShareLock on users")
                    .doesNotContain("my users");
            assertThat(told("users ShareLock")).isEmpty();
            assertThat(told("\"Side\".\"my users\" ShareLock"))
                    .singleElement()
                    .asString()
                    .contains("RowExclusiveLock on \"Side\".\"my users\"");
            assertThat(told("\"Side\".\"my users\" RowExclusiveLock")).isEmpty();
            assertThat(told("drafts AccessExclusiveLock")).isEmpty();
        }
        assertThat(told("users AccessExclusiveLock")).isEmpty();
    }

    @Test
    void ofARoleThatShowsNothingOnlyWhatStaysIsInTheWay() throws Exception {
        var strange =
                new PostgresAddress(
                        database.address().host(),
                        database.address().port(),
                        database.address().database(),
                        stranger.address().user(),
                        stranger.address().password(),
                        false);
        try (var report = holding("select count(*) from users")) {
            assertThat(report.isClosed()).isFalse();
            var way = look(strange, "users AccessExclusiveLock");

            assertThat(way.hidden()).isTrue();
            assertThat(way.oldest()).isEmpty();
            assertThat(way.waitFor(RETRY.timeout())).isEqualTo(RETRY.timeout());
            assertThat(way.staying())
                    .singleElement()
                    .extracting(LockHolder::sentence)
                    .asString()
                    .contains("begun nobody may see when");
            assertThat(way.stillIn(List.of()).holders()).isEmpty();
        }
    }

    @Test
    void anIndexBuiltConcurrentlyWaitsForWritersOfItsTableAndForEverySnapshot() throws Exception {
        try (var report = holding("select count(*) from users");
                var dump = snapshot("select count(*) from \"Side\".\"my users\"");
                var writer = holding("insert into users values (7)")) {
            assertThat(report.isClosed() || dump.isClosed() || writer.isClosed()).isFalse();

            assertThat(awaiting("create index concurrently users_idx on users (id)"))
                    .as("what was read last is kept open, too")
                    .hasSize(3)
                    .anySatisfy(sentence ->
                            assertThat(sentence)
                                    .contains("\"dump\"", "keeps a snapshot")
                                    .doesNotContain("my users"))
                    .anySatisfy(
                            sentence -> assertThat(sentence).contains("RowExclusiveLock on users"));
            assertThat(awaiting("drop index concurrently users_pkey"))
                    .as("everybody who uses the table, and no snapshot")
                    .hasSize(2)
                    .noneSatisfy(sentence -> assertThat(sentence).contains("snapshot"));
            assertThat(awaiting("reindex table concurrently users")).hasSize(3);
            assertThat(awaiting("vacuum users")).isEmpty();
        }
        assertThat(awaiting("reindex table concurrently users")).isEmpty();
    }

    /// The server waits for whom it was said to wait, and names it.
    @Test
    void aStatementThatWaitsTooLongForASnapshotNamesWhoKeepsIt() throws Exception {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_i", "create index concurrently users_idx on users (id)"));
        var patience = new LockRetry(Duration.ofSeconds(2), 1, Duration.ZERO, Duration.ZERO);
        var order =
                new MigrationOrder(
                        folder,
                        LedgerTable.DEFAULT,
                        folder.migrations().stream().map(Planned::of).toList(),
                        "op",
                        new FenceEpoch("production", 1),
                        patience,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5));
        var lone = new DrizzleMigrator(server.postgres()).lone();
        var statement = RunPlan.lone(folder.migrations().getFirst(), 1);
        try (var dump = snapshot("select 1")) {
            var failure =
                    catchThrowableOfType(
                                    FailureException.class,
                                    () ->
                                            lone.run(
                                                    database.address(),
                                                    order,
                                                    statement,
                                                    Map.of(),
                                                    _ -> {},
                                                    MigrationListener.SILENT))
                            .failure();

            assertThat(failure).isInstanceOf(Failure.Busy.class);
            assertThat(failure.sentence())
                    .contains(
                            "in the way: \"dump\" (process ",
                            "keeps a snapshot",
                            "(55P03)",
                            "an index that is not valid may be left");
            dump.rollback();
        }
        assertThat(
                        lone.clear(
                                database.address(),
                                order,
                                statement,
                                _ -> {},
                                MigrationListener.SILENT))
                .isEqualTo(LoneMigrator.Did.CLEARED);
        assertThat(database.one("select to_regclass('users_idx')::text")).isNull();
    }

    @Test
    void theWaitIsThatForTheOldestAndNoLongerThanTheTimeout() {
        assertThat(way(40, 90).waitFor(RETRY.timeout())).isEqualTo(Duration.ofMillis(90));
        assertThat(way(40, 9_000).waitFor(RETRY.timeout())).isEqualTo(RETRY.timeout());
        assertThat(way().waitFor(RETRY.timeout())).isZero();
        assertThat(way(40, 90).staying()).as("gone before it was read").isEmpty();
        assertThat(way(40, 9_000).staying()).hasSize(1);
    }

    @Test
    void whatAPlanNeedsIsReadAsItWasWritten() {
        var needed = new Needed("\"Side\".\"my users\"", LockMode.SHARE_ROW_EXCLUSIVE);
        assertThat(Needed.parse(needed.toString())).isEqualTo(needed);
    }

    private static LocksInTheWay way(long... millis) {
        return new LocksInTheWay(
                java.util.Arrays.stream(millis)
                        .mapToObj(age ->
                                new LockHolder(
                                        1,
                                        "1/1",
                                        "app",
                                        "active",
                                        Optional.of(Duration.ofMillis(age)),
                                        false,
                                        List.of(new LockHolder.Held("users", "AccessShareLock"))))
                        .toList());
    }

    private static List<String> told(String needed) throws InterruptedException {
        return look(database.address(), needed).holders().stream()
                .map(LockHolder::sentence)
                .toList();
    }

    private static LocksInTheWay look(PostgresAddress address, String needed)
            throws InterruptedException {
        return LocksInTheWay.look(
                server.postgres(), address, List.of(Needed.parse(needed)), List.of(), RETRY);
    }

    private static List<String> awaiting(String sql) throws SQLException {
        var folder = Folders.read(Folders.journal("0000_a", sql));
        var statement = RunPlan.lone(folder.migrations().getFirst(), 1);
        try (var session = database.connect("reader")) {
            var table = statement.table(session).orElseThrow();
            return LocksInTheWay.of(
                            List.of(),
                            Awaited.of(statement, table).stream().toList(),
                            LockHolder.all(session))
                    .holders()
                    .stream()
                    .map(LockHolder::sentence)
                    .toList();
        }
    }

    private static Connection snapshot(String sql) throws SQLException {
        var connection =
                server.postgres().open(database.address(), Postgres.Session.reading("dump"));
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private static Connection holding(String sql) throws SQLException {
        var connection =
                server.postgres().open(database.address(), Postgres.Session.reading("report"));
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }
}
