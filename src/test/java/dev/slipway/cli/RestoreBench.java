package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// A restore of a database of 100 MB that is being written to: whether the counted loss is the true one, by
/// the commit times Postgres keeps, whether an undo brings back exactly what was there, and how long it takes.
@Tag("bench")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RestoreBench {
    private static final int ROWS = 400_000;
    private static final Duration WRITTEN = Duration.ofSeconds(10);

    @Test
    void aHundredMegabytesWithLiveWrites() throws Exception {
        try (var world = new TestWorld()) {
            var restoring = new Restoring(world);
            grow(world);
            var point = new String[1];
            var before = new TreeMap<String, String>();
            try (var connection = world.production()) {
                before.putAll(TableHashes.of(connection));
                point[0] = TableHashes.now(connection);
            }
            write(world);
            Map<String, String> damaged;
            Map<String, Long> truth;
            try (var connection = world.production()) {
                damaged = TableHashes.of(connection);
                truth = truth(world, point[0]);
            }

            var looked = Instant.now();
            var plan = restoring.read("rollback", "--database", point[0], "--plan-only", "--json");
            Numbers.row("look and count, 100 MB", seconds(looked));
            var counted = counted(plan);
            assertThat(counted).isEqualTo(truth);
            Numbers.row(
                    "rows lost, counted and by commit time",
                    counted + " and " + truth,
                    "the same",
                    true);

            var began = Instant.now();
            var run = restoring.start(List.of("rollback", "--database", point[0]), plan);
            Numbers.row("restore in place, whole command, counted anew", seconds(began));
            assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
            assertThat(restoring.hashes()).isEqualTo(before);
            var id = run.document().path("operation").stringValue();
            steps(restoring, id).forEach((step, took) -> Numbers.row("  step " + step, took));

            var back = restoring.read("rollback", "--undo", id, "--plan-only", "--json");
            var undone = Instant.now();
            var undo = restoring.start(List.of("rollback", "--undo", id), back);
            Numbers.row("undo, whole command", seconds(undone));
            assertThat(undo.code()).as(undo.err()).isEqualTo(Exit.DONE);
            var same = restoring.hashes().equals(damaged);
            Numbers.row("rows of all tables after the undo", "as before", "the same", same);
            assertThat(same).isTrue();
        }
    }

    private static void grow(TestWorld world) throws SQLException {
        try (var connection = world.production()) {
            TableHashes.run(
                    connection,
                    List.of(
                            "create table ledger_entries (id bigserial primary key, account int not"
                                    + " null, note text not null, cents bigint not null)",
                            "insert into ledger_entries (account, note, cents) select n % 1000,"
                                    + " repeat(md5(n::text), 5), n from generate_series(1, "
                                    + ROWS
                                    + ") n",
                            "analyze"));
            Numbers.row(
                    "size of the database that is restored",
                    TableHashes.one(
                            connection,
                            "select pg_size_pretty(pg_database_size(current_database()))"));
        }
    }

    /// New rows, changed rows that were there and new rows that are changed once more; nothing is deleted, so
    /// that every change is still to be seen by the time of its row.
    private static void write(TestWorld world) throws Exception {
        var stop = new AtomicBoolean();
        var writers = new ArrayList<Thread>();
        for (var sql :
                List.of(
                        "insert into ledger_entries (account, note, cents) values (1, 'live', 1)",
                        "update ledger_entries set cents = cents + 1 where id = 1 + (random() * "
                                + (ROWS - 2)
                                + ")::int",
                        "insert into webhook_events (kind, payload) values ('live', '{}')",
                        "update webhook_events set handled_at = now() where id = (select max(id) from"
                                + " webhook_events)")) {
            writers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var connection = world.production()) {
                                    while (!stop.get()) {
                                        TableHashes.run(connection, List.of(sql));
                                    }
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        Thread.sleep(WRITTEN);
        stop.set(true);
        for (var writer : writers) {
            writer.join();
        }
    }

    /// Rows whose present version was committed after the point, by table.
    private static Map<String, Long> truth(TestWorld world, String point) throws SQLException {
        var truth = new TreeMap<String, Long>();
        try (var connection = world.production()) {
            for (var table : List.of("ledger_entries", "webhook_events", "orders", "users")) {
                truth.put(
                        table,
                        Long.parseLong(
                                TableHashes.one(
                                        connection,
                                        "select count(*) from "
                                                + table
                                                + " where pg_xact_commit_timestamp(xmin) > '"
                                                + point
                                                + "'")));
            }
        }
        return truth;
    }

    private static Map<String, Long> counted(JsonNode plan) {
        var counted = new TreeMap<String, Long>();
        for (var table : plan.path("loss").path("tables")) {
            var name = table.path("table").stringValue();
            if (List.of("ledger_entries", "webhook_events", "orders", "users").contains(name)) {
                counted.put(name, table.path("new").asLong() + table.path("changed").asLong());
            }
        }
        return counted;
    }

    /// How long each step took, by the journal.
    private static Map<String, String> steps(Restoring restoring, String id) {
        var first = new TreeMap<String, Instant>();
        var took = new TreeMap<String, String>();
        for (var event : restoring.read("operations", id, "--json").path("events")) {
            var step = event.path("step").asString("");
            if (!step.isEmpty()) {
                var at = Instant.parse(event.path("at").stringValue());
                var began = first.putIfAbsent(step, at);
                took.put(step, text(Duration.between(began == null ? at : began, at)));
            }
        }
        return took;
    }

    private static String seconds(Instant since) {
        return text(Duration.between(since, Instant.now()));
    }

    private static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
