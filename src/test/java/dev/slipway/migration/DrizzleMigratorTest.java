package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.TransactionStatus;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrizzleMigratorTest {
    private static TestDatabase server;
    private TestDatabase.Database database;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        database = server.fresh();
        try (var connection = database.connect("test")) {
            Fence.raise(connection, "production", 3);
        }
    }

    @Test
    void pendingMigrationsRunInOneTransactionAndAreWrittenDown() throws Exception {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_a",
                                "create table t (a int);--> statement-breakpoint\ninsert into t"
                                        + " select generate_series(1, 3); select 'a?b' ? 'c' from"
                                        + " (select '{}'::jsonb) x where false",
                                "0001_b",
                                "alter table t add b text"));
        var heard = new ArrayList<String>();
        var xids = new ArrayList<String>();
        var listener =
                new MigrationListener() {
                    @Override
                    public void done(Step step, Duration took, OptionalLong rows) {
                        heard.add(
                                step.tag()
                                        + " "
                                        + step.number()
                                        + "/"
                                        + step.of()
                                        + " "
                                        + rows.orElse(-1));
                    }

                    @Override
                    public void committing(String xid) {
                        xids.add(xid);
                    }
                };

        // The jsonb operator ? on text is an error of ours, so the batch fails in statement 3.
        var thrown = catchThrowableOfType(FailureException.class, () -> run(folder, listener));
        assertThat(thrown.failure().sentence())
                .contains("0000_a, statement 3 of 3", "everything was rolled back");
        assertThat(database.one("select to_regclass('t')::text")).isNull();
        heard.clear();

        var good =
                Folders.read(
                        Folders.journal(
                                "0000_a",
                                "create table t (a int);--> statement-breakpoint\ninsert into t"
                                        + " select generate_series(1, 3); select '{}'::jsonb ? 'c'",
                                "0001_b",
                                "alter table t add b text"));
        var applied = run(good, listener);

        assertThat(applied.tags()).containsExactly("0000_a", "0001_b");
        assertThat(heard)
                .containsExactly("0000_a 1/3 0", "0000_a 2/3 3", "0000_a 3/3 -1", "0001_b 1/1 0");
        assertThat(applied.xid()).contains(xids.getFirst());
        try (var connection = database.connect("test")) {
            assertThat(TransactionStatus.of(connection, xids.getFirst()))
                    .isEqualTo(TransactionStatus.COMMITTED);
            var state = LedgerState.of(good, LedgerReader.read(connection, LedgerTable.DEFAULT));
            assertThat(state.clean()).isTrue();
            assertThat(state.pending()).isEmpty();
        }
        assertThat(run(good, listener).tags()).as("a second run finds nothing").isEmpty();
    }

    @Test
    void aFailureInStatementThreeLeavesNothing() throws Exception {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_a",
                                "create table t (a int)",
                                "0001_b",
                                "create table u (a int);--> statement-breakpoint\ninsert into u"
                                        + " values (1);--> statement-breakpoint\nalter table u add a"
                                        + " int"));
        var failure = failure(folder);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("42701");
                            assertThat(refused.message())
                                    .isEqualTo(
                                            "migration 0001_b, statement 3 of 3: column \"a\" of"
                                                    + " relation \"u\" already exists; everything was"
                                                    + " rolled back");
                        });
        assertThat(database.one("select to_regclass('t')::text")).isNull();
        assertThat(database.one("select count(*)::text from drizzle.__drizzle_migrations"))
                .isEqualTo("0");
    }

    @Test
    void manyMigratorsApplyABatchOnce() throws Exception {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_a",
                                        "create table price (p int); insert into price values (1)",
                                "0001_b", "update price set p = p * 100"));
        var start = new CountDownLatch(1);
        var outcomes = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs =
                    java.util.stream.IntStream.range(0, 4)
                            .mapToObj(i ->
                                    threads.submit(() -> {
                                        start.await();
                                        try {
                                            return "ran "
                                                    + migrate(
                                                                    order(folder, "op-" + i, 1),
                                                                    MigrationListener.SILENT)
                                                            .tags()
                                                            .size();
                                        } catch (FailureException e) {
                                            return e.failure() instanceof Failure.Refused r
                                                    ? r.code()
                                                    : e.failure().sentence();
                                        }
                                    }))
                            .toList();
            start.countDown();
            for (var run : runs) {
                outcomes.add(run.get());
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder("ran 2", "plan", "plan", "plan");
        assertThat(database.one("select p::text from price")).isEqualTo("100");
    }

    @Test
    void whoLostTheLockIsRefusedByTheFence() throws Exception {
        var folder = Folders.read(Folders.journal("0000_a", "create table t (a int)"));
        try (var connection = database.connect("next holder")) {
            Fence.raise(connection, "production", 4);
            assertThatThrownBy(() -> Fence.raise(connection, "production", 3))
                    .hasMessageContaining("the fence is 4, ours is 3");
        }
        assertThat(failure(folder).sentence()).contains("the fence is 4, ours is 3");
        assertThat(database.one("select to_regclass('t')::text")).isNull();
    }

    @Test
    void anotherPendingListThanThePlannedOneIsRefused() {
        var folder =
                Folders.read(
                        Folders.journal("0000_a", "create table t (a int)", "0001_b", "select 1"));
        var short_ =
                new MigrationOrder(
                        folder,
                        LedgerTable.DEFAULT,
                        List.of(Planned.of(folder.migrations().getLast())),
                        "op",
                        new FenceEpoch("production", 3),
                        locks(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5));
        assertThatThrownBy(() -> migrate(short_, MigrationListener.SILENT))
                .hasMessageContaining("other migrations pending than the plan");
    }

    @Test
    void whatIsPendingBeyondThePlanStaysPending() throws Exception {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_a", "create table t (a int)", "0001_b", "drop table t"));
        migrate(
                new MigrationOrder(
                        folder,
                        LedgerTable.DEFAULT,
                        List.of(Planned.of(folder.migrations().getFirst())),
                        "op",
                        new FenceEpoch("production", 3),
                        locks(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5)),
                MigrationListener.SILENT);

        assertThat(database.one("select to_regclass('t')::text")).isEqualTo("t");
        try (var connection = database.connect("reader")) {
            assertThat(
                            LedgerState.of(
                                            folder,
                                            LedgerReader.read(connection, LedgerTable.DEFAULT))
                                    .pending())
                    .extracting(Migration::tag)
                    .containsExactly("0001_b");
        }
    }

    @Test
    void anEarlierAttemptThatStillRunsIsLeftAlone() throws Exception {
        var folder = Folders.read(Folders.journal("0000_a", "create table t (a int)"));
        try (var _ = database.connect("op")) {
            assertThat(failure(folder).sentence()).contains("an earlier attempt of this operation");
        }
    }

    @Test
    void aListenerThatCannotWriteDownTheTransactionTakesEverythingBack() throws Exception {
        var folder = Folders.read(Folders.journal("0000_a", "create table t (a int)"));
        var listener =
                new MigrationListener() {
                    @Override
                    public void committing(String xid) {
                        throw new IllegalStateException("disk full");
                    }
                };
        assertThatThrownBy(() -> run(folder, listener)).hasMessage("disk full");
        assertThat(database.one("select to_regclass('t')::text")).isNull();
    }

    @Test
    void theNewerGenerationWritesNames() throws Exception {
        var folder =
                Folders.read(
                        new TreeMap<>(
                                Map.of(
                                        "m/20260101000000_a/migration.sql",
                                        Folders.bytes("create table t (a int)"))));
        run(folder, MigrationListener.SILENT);
        assertThat(
                        database.one(
                                "select name || ' ' || created_at || ' ' || (applied_at is not null)"
                                        + " from drizzle.__drizzle_migrations"))
                .isEqualTo("20260101000000_a 1767225600000 true");
        try (var connection = database.connect("test")) {
            var ledger = LedgerReader.read(connection, LedgerTable.DEFAULT);
            assertThat(LedgerState.of(folder, ledger).pending()).isEmpty();
            assertThat(ledger.shape()).isEqualTo(Ledger.Shape.NAMED);
        }
    }

    @Test
    void aDatabaseWithTablesAndNoLedgerIsRefused() throws Exception {
        database.execute("create table stranger (a int)");
        assertThat(
                        failure(Folders.read(Folders.journal("0000_a", "create table t (a int)")))
                                .sentence())
                .contains("no ledger of Drizzle");
        assertThat(database.one("select to_regclass('drizzle.__drizzle_migrations')::text"))
                .isNull();
    }

    private Failure failure(MigrationFolder folder) {
        return catchThrowableOfType(
                        FailureException.class, () -> run(folder, MigrationListener.SILENT))
                .failure();
    }

    private DrizzleMigrator.Applied run(MigrationFolder folder, MigrationListener listener)
            throws InterruptedException {
        var pending = new ArrayList<Planned>();
        try (var connection = database.connect("planner")) {
            var ledger = LedgerReader.read(connection, LedgerTable.DEFAULT);
            LedgerState.of(folder, ledger).pending().forEach(m -> pending.add(Planned.of(m)));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return migrate(order(folder, "op", 1, pending), listener);
    }

    private static LockRetry locks(int tries) {
        return new LockRetry(
                Duration.ofMillis(100), tries, Duration.ofMillis(20), Duration.ofMillis(100));
    }

    private static MigrationOrder order(MigrationFolder folder, String application, int attempts) {
        return order(
                folder,
                application,
                attempts,
                folder.migrations().stream().map(Planned::of).toList());
    }

    private static MigrationOrder order(
            MigrationFolder folder, String application, int attempts, List<Planned> planned) {
        return new MigrationOrder(
                folder,
                LedgerTable.DEFAULT,
                planned,
                application,
                new FenceEpoch("production", 3),
                locks(attempts),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20));
    }

    private DrizzleMigrator.Applied migrate(MigrationOrder order, MigrationListener listener)
            throws InterruptedException {
        return new DrizzleMigrator(server.postgres()).run(database.address(), order, listener);
    }
}
