package dev.slipway.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelinesTest {
    @TempDir Path home;
    private Timelines timelines;
    private String main;

    @BeforeEach
    void aLineWithATable() throws SQLException {
        timelines = new Timelines(home, PostgresForTests.CACHE, InstantSource.system());
        main = timelines.create();
        run(main, "create table t (id serial primary key, at timestamptz default now())");
    }

    @AfterEach
    void close() {
        timelines.close();
    }

    @Test
    void aForkHasTheDataOfItsMomentAlthoughItsClusterComesLater() throws SQLException {
        run(main, "insert into t default values");
        var fork = timelines.fork(main, new Point.Head());
        run(main, "insert into t default values", "alter table t drop column at");

        assertThat(timelines.port(fork)).isEmpty();
        assertThat(ask(fork, "select count(at) from t")).isEqualTo("1");
        run(fork, "delete from t");
        assertThat(ask(main, "select count(*) from t")).isEqualTo("2");
    }

    @Test
    void aForkAtATimeHoldsExactlyWhatWasCommittedByThen() throws SQLException {
        for (int i = 0; i < 30; i++) {
            run(main, "insert into t default values");
        }
        var times =
                ask(
                                main,
                                "select string_agg(to_char(pg_xact_commit_timestamp(xmin) at time zone 'UTC',"
                                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), ',' order by id) from t")
                        .split(",");
        run(main, "drop table t");

        for (int i : List.of(0, 13, 29)) {
            var at = timelines.fork(main, new Point.When(Instant.parse(times[i])));
            assertThat(ask(at, "select max(id) from t")).isEqualTo(String.valueOf(i + 1));
            timelines.delete(at);
        }
    }

    @Test
    void aTimeAfterTheLastCommitIsTheHead() throws SQLException {
        run(main, "insert into t default values");
        var at = timelines.fork(main, new Point.When(Instant.now()));
        assertThat(ask(at, "select count(*) from t")).isEqualTo("1");
    }

    @Test
    void aForkOfAForkReachesItsOwnPast() throws SQLException {
        run(main, "insert into t default values");
        var fork = timelines.fork(main, new Point.Head());
        run(fork, "insert into t values (2)");
        var then = Instant.now();
        run(fork, "insert into t values (3)", "delete from t where id = 1");
        var lsn = Lsn.parse(ask(fork, "select pg_current_wal_lsn()"));
        run(fork, "drop table t");

        var past = timelines.fork(fork, new Point.When(then));
        var exact = timelines.fork(fork, new Point.At(lsn));
        var deeper = timelines.fork(past, new Point.Head());
        timelines.stop(fork);

        assertThat(ask(past, "select string_agg(id::text, ',' order by id) from t"))
                .isEqualTo("1,2");
        assertThat(ask(exact, "select string_agg(id::text, ',' order by id) from t"))
                .isEqualTo("2,3");
        assertThat(ask(deeper, "select string_agg(id::text, ',' order by id) from t"))
                .isEqualTo("1,2");
    }

    @Test
    void aForkOfAStoppedLineNeedsNoRunningCluster() throws SQLException {
        run(main, "insert into t default values");
        timelines.stop(main);
        var fork = timelines.fork(main, new Point.Head());
        assertThat(timelines.port(main)).isEmpty();
        assertThat(ask(fork, "select count(*) from t")).isEqualTo("1");
        assertThat(timelines.port(main)).isEmpty();
    }

    @Test
    void aLongHistoryIsShortenedByACopyAndStaysReachable() throws SQLException {
        timelines.close();
        timelines = new Timelines(home, PostgresForTests.CACHE, InstantSource.system(), 1 << 20);
        var early = Instant.now();
        run(main, "insert into t select g, now() from generate_series(1, 20000) g");
        var first = timelines.fork(main, new Point.Head());
        run(main, "insert into t values (1000000, now())");
        var second = timelines.fork(main, new Point.Head());

        assertThat(home.resolve(main).resolve("bases"))
                .isDirectoryContaining(p -> p.getFileName().toString().length() > 1);
        assertThat(ask(first, "select count(*) from t")).isEqualTo("20000");
        assertThat(ask(second, "select count(*) from t")).isEqualTo("20001");
        assertThat(ask(timelines.fork(main, new Point.When(early)), "select count(*) from t"))
                .isEqualTo("0");
    }

    @Test
    void whatIsNotInTheHistoryIsRefused() {
        var before = Instant.now().minusSeconds(60);
        assertThatThrownBy(() -> timelines.fork(main, new Point.When(before)))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("before the history");
        assertThatThrownBy(() -> timelines.fork(main, new Point.When(before.plusSeconds(120))))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("in the future");
        assertThatThrownBy(() -> timelines.fork(main, new Point.At(Lsn.parse("F/0"))))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("ahead of the branch");
    }

    @Test
    void linesAreFoundAgainByTheNextProgram() throws SQLException {
        run(main, "insert into t default values");
        var fork = timelines.fork(main, new Point.Head());
        run(main, "drop table t");
        timelines.close();

        timelines = new Timelines(home, PostgresForTests.CACHE, InstantSource.system());
        assertThat(ask(fork, "select count(*) from t")).isEqualTo("1");
    }

    @Test
    void aGivenUpLineGoesWhenNobodyNeedsItsHistory() throws SQLException {
        run(main, "insert into t default values");
        var fork = timelines.fork(main, new Point.Head());
        timelines.delete(main);
        assertThat(ask(fork, "select count(*) from t")).isEqualTo("1");
        timelines.delete(fork);
        assertThat(home.resolve(main)).doesNotExist();
        assertThat(home.resolve(fork)).doesNotExist();
    }

    private void run(String line, String... sql) throws SQLException {
        try (var connection = timelines.start(line).server().connect("postgres");
                var statement = connection.createStatement()) {
            for (var one : sql) {
                statement.execute(one);
            }
        }
    }

    private String ask(String line, String sql) throws SQLException {
        try (var connection = timelines.start(line).server().connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
