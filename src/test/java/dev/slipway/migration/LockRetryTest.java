package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.World;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.LockHolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A migration, and sessions that hold what it needs.
class LockRetryTest {
    private static final LockRetry LOCKS =
            new LockRetry(Duration.ofMillis(500), 3, Duration.ofMillis(20), Duration.ofMillis(100));
    private static TestDatabase server;
    private TestDatabase.Database database;
    private final List<String> waited = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start(@TempDir Path home) {
        server = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void shop() throws Exception {
        database = server.fresh();
        try (var connection = database.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        database.execute("create schema drizzle");
        database.execute(
                "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null,"
                        + " created_at bigint)");
        database.execute("create table users (id int primary key, name text)");
        database.execute("insert into users select g, 'u' from generate_series(1, 100) g");
    }

    @Test
    void whoIsInTheWayIsNamedAndEverythingIsTakenBackEachTime() throws Exception {
        try (var holder = holding("nightly report", "select count(*) from users")) {
            var failure =
                    catchThrowableOfType(FailureException.class, () -> migrate(LOCKS)).failure();

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            Failure.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("55P03"));
            assertThat(failure.sentence())
                    .contains(
                            "migration 0000_a, statement 2 of 2: a lock was not to be had in 500 ms;"
                                    + " everything was rolled back; in the way: \"nightly report\" (process "
                                    + pid(holder)
                                    + ", idle in transaction, begun ",
                            "holds AccessShareLock on users",
                            "given up after 1 try in ");
            assertThat(waited).hasSize(1).first().asString().contains("\"nightly report\"");
        }
        assertThat(database.one("select to_regclass('plans')::text")).isNull();
    }

    @Test
    void itGoesOnWhenTheOneInTheWayHasEnded() throws Exception {
        var patient =
                new LockRetry(
                        Duration.ofMillis(500), 12, Duration.ofMillis(20), Duration.ofSeconds(2));
        try (var holder = holding("nightly report", "select count(*) from users");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var migration = threads.submit(() -> migrate(patient).tags());
            await().until(() -> !waited.isEmpty());
            holder.commit();
            assertThat(migration.get()).containsExactly("0000_a");
        }
        assertThat(waited).as("no try is made while it is known to be there").hasSize(1);
    }

    @Test
    void aStatementThatRunsTooLongIsNotTriedAgain() {
        var failure =
                catchThrowableOfType(
                                FailureException.class,
                                () -> migrate(LOCKS, "select pg_sleep(20)", Duration.ofSeconds(1)))
                        .failure();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("57014"));
        assertThat(waited).isEmpty();
    }

    /// Six clients read and write while a report keeps the migration out for three seconds.
    @Test
    void theAppHardlyNoticesALongReport() throws Exception {
        var over = new AtomicBoolean();
        var took = Collections.synchronizedList(new ArrayList<Long>());
        var patient = LockRetry.of(World.Bounds.LIVE);
        try (var report = holding("report", "select count(*) from users");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                threads.submit(() -> {
                    try (var app = database.connect("app");
                            var statement = app.createStatement()) {
                        while (!over.get()) {
                            long start = System.nanoTime();
                            statement.execute("update users set name = name where id = 1");
                            statement.execute("select name from users where id = 2");
                            took.add((System.nanoTime() - start) / 1_000_000);
                        }
                    }
                    return null;
                });
            }
            var migration = threads.submit(() -> migrate(patient).tags());
            try (var clock = report.createStatement()) {
                clock.execute("select pg_sleep(3)");
                report.commit();
                assertThat(migration.get()).containsExactly("0000_a");
            } finally {
                over.set(true);
            }
        }
        assertThat(took).hasSizeGreaterThan(500);
        var sorted = took.stream().sorted().toList();
        assertThat(sorted.get(sorted.size() * 99 / 100)).as("p99 in ms").isLessThan(250);
        assertThat(sorted.getLast()).as("longest in ms").isLessThan(2_000);
        assertThat(took.stream().filter(millis -> millis > 400).count())
                .as("every client waits once for each try")
                .isLessThanOrEqualTo(6L * (waited.size() + 1));
    }

    @Test
    void whatAPlanSaysIsWhatIsCarriedOut() {
        var live = LockRetry.of(World.Bounds.LIVE);
        assertThat(live.sentence())
                .isEqualTo(
                        "at most 12 tries in at most 69 s, each blocks the app at most 500 ms and as"
                                + " long as it runs");
        assertThat(LockRetry.of(live.parameters())).isEqualTo(live);
        var random = new SplittableRandom(7);
        for (int i = 0; i < 1_000; i++) {
            assertThat(live.pause(1, random))
                    .isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
            assertThat(live.pause(11, random))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    @Test
    void everybodyWithATransactionIsSeenWithoutWhatTheyExecute() throws Exception {
        try (var idle = holding("idle", "update users set name = 'canary' where id = 1");
                var snapshot = holding("snapshot", "select 1");
                var reader = database.connect("reader")) {
            idle.getAutoCommit();
            snapshot.getAutoCommit();
            assertThat(LockHolder.all(reader))
                    .extracting(LockHolder::sentence)
                    .hasSize(2)
                    .allSatisfy(sentence -> assertThat(sentence).doesNotContain("canary"))
                    .anySatisfy(sentence ->
                            assertThat(sentence).contains("\"idle\"", "RowExclusiveLock on users"))
                    .anySatisfy(sentence ->
                            assertThat(sentence).contains("\"snapshot\"", "keeps a snapshot"));
        }
    }

    private Connection holding(String application, String sql) throws SQLException {
        var connection = database.connect(application);
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private static String pid(Connection connection) throws SQLException {
        return "" + connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    private DrizzleMigrator.Applied migrate(LockRetry locks) throws InterruptedException {
        return migrate(locks, "alter table users add plan text", Duration.ofSeconds(10));
    }

    private DrizzleMigrator.Applied migrate(LockRetry locks, String sql, Duration statement)
            throws InterruptedException {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_a",
                                "create table plans (a int);--> statement-breakpoint\n" + sql));
        var order =
                new MigrationOrder(
                        folder,
                        LedgerTable.DEFAULT,
                        folder.migrations().stream().map(Planned::of).toList(),
                        "op",
                        new FenceEpoch("production", 1),
                        locks,
                        statement,
                        Duration.ofSeconds(5));
        return new DrizzleMigrator(server.postgres())
                .run(
                        database.address(),
                        order,
                        new MigrationListener() {
                            @Override
                            public void waiting(String sentence) {
                                waited.add(sentence);
                            }
                        });
    }
}
