package dev.slipway.release.rollback.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.TestDatabase;
import dev.slipway.release.rollback.loss.Loss.Which;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long it takes to count what a database of a hundred megabytes would lose while it is written to,
/// and to bring it back.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LossBench {
    private static final String SHOP =
            """
            create table users (id bigint generated always as identity primary key, email text not null unique,
                name text, profile jsonb, created_at timestamptz not null default now());
            create table orders (id uuid primary key, user_id bigint not null references users, total numeric(12,2),
                note text, created_at timestamptz not null default now());
            create table items (order_id uuid references orders, line int, sku text, price numeric, primary key (order_id, line));
            create table ticks (id bigint primary key, n bigint);
            insert into users (email, name, profile) select 'u' || i || '@example.com', md5(i::text),
                jsonb_build_object('a', i, 'b', md5(i::text)) from generate_series(1, 150000) i;
            insert into orders select md5(i::text)::uuid, 1 + i % 150000, i, repeat('x', i % 60), now()
                from generate_series(1, 250000) i;
            insert into items select md5((1 + i % 250000)::text)::uuid, i / 250000, 'sku' || i % 900, i
                from generate_series(0, 399999) i;
            """;
    private static final String EDITS =
            """
            insert into users (email) select 'new' || i from generate_series(1, 500) i;
            insert into orders select md5('n' || i)::uuid, 150001 + i % 500, i, 'n', now() from generate_series(1, 2000) i;
            insert into items select md5('n' || (1 + i % 2000))::uuid, i / 2000, 'n', i from generate_series(0, 3999) i;
            update users set name = 'n' where id % 150 = 0;
            delete from items where price < 300 and sku <> 'n';
            """;

    @Test
    void aHundredMegabytesWithWritersBeside(@TempDir Path home) throws Exception {
        try (var databases = new TestDatabase(home)) {
            var backup = databases.fresh();
            backup.execute(SHOP);
            Numbers.row(
                    "size of the database whose loss is counted",
                    backup.one("select pg_size_pretty(pg_database_size(current_database()))"));
            var point = databases.copy(backup);
            var production = databases.copy(point);
            backup.execute(EDITS);
            var comparison =
                    new TableComparison(
                            databases.postgres(),
                            LedgerTable.DEFAULT,
                            InstantSource.system(),
                            TableComparison.LIMIT);
            var stop = new AtomicBoolean();
            var writing = Thread.ofVirtual().start(() -> tick(backup, stop));
            try {
                for (int i = 1; i <= 3; i++) {
                    long begin = System.nanoTime();
                    var loss =
                            comparison.compare(
                                    point.address(), backup.address(), CountListener.SILENT);
                    var took = Duration.ofNanos(System.nanoTime() - begin);
                    assertThat(loss.complete()).isTrue();
                    assertThat(
                                    loss.counted(Which.DIFFERING).stream()
                                            .filter(t -> !t.table().table().equals("ticks"))
                                            .map(t ->
                                                    t.table()
                                                            + " "
                                                            + t.lost()
                                                            + " "
                                                            + t.changed()
                                                            + " "
                                                            + t.returning()))
                            .containsExactly(
                                    "items 4000 0 300", "orders 2000 0 0", "users 500 1000 0");
                    Numbers.row(
                            "its loss counted while it is written to, number " + i,
                            seconds(took),
                            "< 10 s",
                            took.toSeconds() < 10);
                }
            } finally {
                stop.set(true);
                writing.join();
            }
            long begin = System.nanoTime();
            var replayed =
                    new RowReplay(
                                    databases.postgres(),
                                    LedgerTable.DEFAULT,
                                    InstantSource.system(),
                                    RowReplay.LIMIT)
                            .carryOut(
                                    new RowReplay.Places(
                                            point.address(),
                                            backup.address(),
                                            production.address()),
                                    new ReplayOptions(Set.of(), false, false),
                                    "bench",
                                    Duration.ofSeconds(30),
                                    new RowReplay.Around() {
                                        @Override
                                        public void begins(Connection transaction) {}

                                        @Override
                                        public void committing(
                                                Connection transaction, Replayed rows) {}
                                    });
            assertThat(replayed.written()).as("%s", replayed.conflicts()).isTrue();
            Numbers.row(
                    replayed.rows() + " lost and changed rows of it brought back",
                    seconds(Duration.ofNanos(System.nanoTime() - begin)));
        }
    }

    private static void tick(TestDatabase.Database database, AtomicBoolean stop) {
        try (var session = database.connect("app");
                var statement = session.createStatement()) {
            for (long i = 1; !stop.get(); i++) {
                statement.execute("insert into ticks values (" + i + ", " + i + ")");
                if (i % 20 == 0) {
                    statement.execute("update users set name = name where id = " + i);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
