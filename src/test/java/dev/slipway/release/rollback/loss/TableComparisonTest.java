package dev.slipway.release.rollback.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.TestDatabase.Database;
import dev.slipway.release.rollback.loss.TableLoss.Counted;
import dev.slipway.release.rollback.loss.TableLoss.Uncounted;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Counts what two states of a real database differ in, and holds it against what was done to it.
class TableComparisonTest {
    private static TestDatabase databases;

    @BeforeAll
    static void start(@TempDir Path home) {
        databases = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    private static Loss compare(Database then, Database now) throws InterruptedException {
        return new TableComparison(
                        databases.postgres(),
                        LedgerTable.DEFAULT,
                        InstantSource.system(),
                        TableComparison.LIMIT)
                .compare(then.address(), now.address(), CountListener.SILENT);
    }

    private static Counted counted(Loss loss, String table) {
        return (Counted) loss.of(new TableName("public", table)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void countsWhatWasDoneToTablesOfEveryKind(long seed) throws Exception {
        var now = databases.fresh();
        var tables = new RandomTables(new Random(seed));
        tables.make(now, 8);
        var then = databases.copy(now);
        var before = tables.book();
        tables.edit(now);

        var loss = compare(then, now);

        assertThat(loss.uncounted()).isEmpty();
        assertThat(loss.tables()).hasSameSizeAs(tables.tables());
        for (var table : tables.tables()) {
            var was = before.getOrDefault(table.name(), Map.of());
            var is = table.rows();
            var found = (Counted) loss.of(table.name()).orElseThrow();
            assertThat(
                            List.of(
                                    found.rowsThen(),
                                    found.rowsNow(),
                                    found.lost(),
                                    found.changed(),
                                    found.returning()))
                    .as("%s, seed %d", table, seed)
                    .containsExactly(
                            (long) was.size(),
                            (long) is.size(),
                            is.keySet().stream().filter(k -> !was.containsKey(k)).count(),
                            is.entrySet().stream()
                                    .filter(e -> was.containsKey(e.getKey()))
                                    .filter(e -> !e.getValue().equals(was.get(e.getKey())))
                                    .count(),
                            was.keySet().stream().filter(k -> !is.containsKey(k)).count());
            assertThat(found.newest()).hasSize((int) Math.min(5, found.lost()));
        }
    }

    @Test
    void showsTheNewestLostRowsFirstAndPrintsThemNowhere() throws Exception {
        var now = databases.fresh();
        now.execute("create table orders (id text primary key, created_at timestamptz, note text)");
        var then = databases.copy(now);
        now.execute(
                "insert into orders select 'o' || i, timestamptz '2026-11-21 14:00+00' + i * interval"
                        + " '1 s', repeat('x', 500) from generate_series(1, 30) i");

        var orders = counted(compare(then, now), "orders");

        assertThat(orders.newest())
                .extracting(row -> row.cells().getFirst().text().orElseThrow())
                .containsExactly("o30", "o29", "o28", "o27", "o26");
        assertThat(orders.newest().getFirst().cells().getLast().text().orElseThrow()).hasSize(200);
        assertThat(orders.toString()).doesNotContain("o30").doesNotContain("xxx");
    }

    @Test
    void saysWhatAMigrationInBetweenMakesOfTheFigures() throws Exception {
        var now = databases.fresh();
        now.execute(
                """
                create table users (id int primary key, name text, fax text, age int);
                insert into users values (1, 'a', '1', 1), (2, 'b', null, 2), (3, 'c', '3', 3);
                create table gone (id int primary key); insert into gone values (1), (2);
                """);
        var then = databases.copy(now);
        now.execute(
                """
                alter table users add email text; alter table users drop fax;
                alter table users alter age type bigint; update users set email = 'x' where id < 3;
                create table made (id int primary key); insert into made values (1), (2), (3);
                drop table gone;
                """);

        var loss = compare(then, now);

        assertThat(counted(loss, "users").remarks())
                .containsExactly(
                        "Column email was added since and would be gone, with its values in 2 rows.",
                        "Column fax was dropped since and would be back, with its values in 2 rows.",
                        "Column age was integer and is bigint; a row counts as changed when its value is"
                                + " written otherwise.");
        assertThat(counted(loss, "users").same()).isTrue();
        assertThat(counted(loss, "made").lost()).isEqualTo(3);
        assertThat(counted(loss, "made").newest()).hasSize(3);
        assertThat(counted(loss, "gone").returning()).isEqualTo(2);
    }

    @Test
    void saysOfWhatCannotBeCountedWhy() throws Exception {
        var now = databases.fresh();
        now.execute(
                """
                create table logs (line text); insert into logs values ('a'), ('a');
                create table maybe (id int unique); create table kinds (id int not null, kind text not null);
                create unique index on kinds (id) where kind = 'x';
                create unlogged table cache (id int primary key);
                create table keyed (id int primary key, other int not null unique);
                create table mine (id int primary key); insert into mine values (1);
                alter table mine enable row level security; alter table mine force row level security;
                create policy p on mine using (id > 5);
                create schema drizzle; create table drizzle.__drizzle_migrations (id int);
                create schema slipway; create table slipway.fence (id int);
                """);
        databases.asSuperuser(now, "create table theirs (id int primary key)");
        var then = databases.copy(now);
        now.execute("alter table keyed drop constraint keyed_pkey; insert into logs values ('b')");

        var loss = compare(then, now);

        assertThat(loss.uncounted())
                .extracting(each -> each.table() + ": " + each.reason())
                .containsExactlyInAnyOrder(
                        "logs: It has neither a primary key nor a unique key without NULLs, so its rows"
                                + " cannot be told apart.",
                        "maybe: It has neither a primary key nor a unique key without NULLs, so its rows"
                                + " cannot be told apart.",
                        "kinds: It has neither a primary key nor a unique key without NULLs, so its rows"
                                + " cannot be told apart.",
                        "cache: It is unlogged: its rows are in no history, and a restored database"
                                + " begins with it empty.",
                        "mine: Postgres refused to read it: query would be affected by row-level security"
                                + " policy for table \"mine\".",
                        "theirs: The role of the connection may not read it.");
        assertThat(loss.counted(Loss.Which.ALL))
                .extracting(each -> each.table().toString())
                .containsExactly("keyed");
        var logs = (Uncounted) loss.of(new TableName("public", "logs")).orElseThrow();
        assertThat(logs.then()).hasValue(2);
        assertThat(logs.now()).hasValue(3);
    }

    @Test
    void aKeyThatIsEqualButWrittenOtherwiseIsTheSameKey() throws Exception {
        var now = databases.fresh();
        now.execute("create table n (id numeric primary key); insert into n values (1.0), (2)");
        var then = databases.copy(now);
        now.execute("update n set id = 1.00 where id = 1");

        assertThat(counted(compare(then, now), "n"))
                .extracting(Counted::lost, Counted::changed, Counted::returning)
                .containsExactly(0L, 1L, 0L);
    }

    @Test
    void whatThereIsNoTimeForIsUncounted() throws Exception {
        var now = databases.fresh();
        now.execute("create table a (id int primary key); create table b (id int primary key)");
        var then = databases.copy(now);
        var clock = new AtomicReference<>(Instant.EPOCH);

        var loss =
                new TableComparison(
                                databases.postgres(),
                                LedgerTable.DEFAULT,
                                clock::get,
                                Duration.ofMinutes(1))
                        .compare(
                                then.address(),
                                now.address(),
                                (done, all, table) -> {
                                    assertThat(done + " of " + all).isIn("1 of 2", "2 of 2");
                                    clock.set(Instant.EPOCH.plusSeconds(60));
                                });

        assertThat(loss.complete()).isFalse();
        assertThat(loss.uncounted())
                .extracting(each -> each.table() + ": " + each.reason())
                .containsExactly("b: There was no time left to count it.");
    }

    @Test
    void countsOneMomentWhileOthersWrite() throws Exception {
        var now = databases.fresh();
        now.execute(
                """
                create table accounts (id int primary key, balance int);
                create table moves (id int primary key, amount int);
                insert into accounts select i, 0 from generate_series(1, 2000) i;
                """);
        var then = databases.copy(now);
        var stop = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        var writing =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var session = now.connect("app");
                                    var statement = session.createStatement()) {
                                for (int i = 1; !stop.get(); i++) {
                                    // One transaction: a row here is a row there.
                                    statement.execute(
                                            "begin; insert into moves values (%d, 1); update accounts set balance = 1 where id = %d; commit"
                                                    .formatted(i, i));
                                    if (i == 50) {
                                        begun.countDown();
                                    }
                                }
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        begun.await();
        try {
            var loss = compare(then, now);

            assertThat(counted(loss, "moves").lost()).isGreaterThanOrEqualTo(50);
            assertThat(counted(loss, "accounts").changed())
                    .isEqualTo(Math.min(2000, counted(loss, "moves").lost()));
        } finally {
            stop.set(true);
            writing.join();
        }
    }

    @Test
    void writesNothingAndCannot() throws Exception {
        var now = databases.fresh();
        var tables = new RandomTables(new Random(77));
        tables.make(now, 3);
        var then = databases.copy(now);
        tables.edit(now);
        var before = versions(tables, now) + versions(tables, then);

        compare(then, now);

        assertThat(versions(tables, now) + versions(tables, then)).isEqualTo(before);
        try (var side =
                ReadSide.open(
                        databases.postgres(),
                        now.address(),
                        InstantSource.system(),
                        InstantSource.system().instant().plusSeconds(60))) {
            assertThatThrownBy(() ->
                            side.ask(
                                    "with w as (delete from "
                                            + tables.tables().getFirst().name().sql()
                                            + " returning 1) select count(*) from w",
                                    rows -> rows.next()))
                    .hasMessageContaining("read-only transaction");
        }
    }

    /// Where every version of every row is and who wrote it.
    private static String versions(RandomTables tables, Database database) throws SQLException {
        var versions = new StringBuilder();
        for (var table : tables.tables()) {
            versions.append(
                    database.one(
                            "select md5(string_agg(concat_ws(' ', tableoid, ctid, xmin, xmax), ',' order by"
                                    + " tableoid, ctid)) from "
                                    + table.name().sql()));
        }
        return versions.toString();
    }
}
