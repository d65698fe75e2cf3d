package dev.slipway.migration.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.ShopTraffic;
import dev.slipway.migration.TestDatabase;
import dev.slipway.postgres.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static TestDatabase server;
    private static TestDatabase.Database shop;
    private Path file;
    private WorkloadStore store;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        shop = ShopTraffic.shop(server, 20);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty(@TempDir Path folder) {
        file = folder.resolve("world/workload.db");
        store = new WorkloadStore(file);
    }

    @Test
    void passwordsAndValuesNeverReachTheFile() throws Exception {
        for (var sql :
                List.of(
                        "create role clerk password 'canary-1'",
                        "alter role clerk password 'canary-2'",
                        "set session \"shop.secret\" = 'canary-3'",
                        "do $$ begin perform 'canary-4'; end $$",
                        "comment on table users is 'canary-5'",
                        "/* lead */ create role clerk2 password 'canary-6'")) {
            server.asSuperuser(shop, sql);
        }
        execute("update users set bio = 'canary-7' where name = 'canary-8' and age = 424242");
        execute("prepare p as select * from users where name = 'canary-9'");

        store.keep(reading());

        assertThat(store.read(Instant.now()).statements())
                .extracting(RecordedStatement::sql)
                .anyMatch(sql -> sql.startsWith("update users set bio = $1"));
        assertThat(everythingInTheFolder()).contains("update users").doesNotContain("canary");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aTextTheServerCouldNotTreatIsKeptWithoutItsValues() {
        assertThat(Literals.without("select id from users where email = 'canary' and age > 30"))
                .isEqualTo("select id from users where email = $1 and age > $2");
        var treated = "select date_trunc($1, c) from t group by date_trunc('day', c)";
        assertThat(Literals.without(treated)).isEqualTo(treated);
    }

    @Test
    void whatTheServerForgotIsStillKnown() throws Exception {
        execute("select id from drafts");
        store.keep(reading());
        var first = store.read(Instant.now());
        server.asSuperuser(shop, "select pg_stat_statements_reset()");
        execute("select body from drafts");
        execute("select body from drafts");
        store.keep(reading());

        var both = store.read(Instant.now());

        assertThat(both.since()).isEqualTo(first.since());
        assertThat(both.until()).isAfter(first.until());
        assertThat(both.gaps()).isEqualTo(1);
        assertThat(both.statements())
                .filteredOn(each -> each.sql().endsWith("from drafts"))
                .extracting(RecordedStatement::sql, RecordedStatement::calls)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("select id from drafts", 1L),
                        org.assertj.core.groups.Tuple.tuple("select body from drafts", 2L));
    }

    @Test
    void onlyWhatGrewCounts() {
        store.keep(at(10, START, statement(1, 5), statement(2, 7)));
        store.keep(at(20, START, statement(1, 5), statement(2, 9)));
        // Forgotten by the server for lack of room, and met again.
        store.keep(at(30, START, statement(1, 2), statement(2, 9)));
        // Another start of the server.
        store.keep(at(60, START.plus(Duration.ofMinutes(50)), statement(1, 3)));
        // Another window, slower than this one.
        store.keep(at(55, START, statement(1, 2), statement(2, 30)));

        var all = store.read(Instant.now());

        assertThat(all.statements())
                .extracting(RecordedStatement::queryId, RecordedStatement::calls)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 10L),
                        org.assertj.core.groups.Tuple.tuple(2L, 9L));
        assertThat(all.statements())
                .extracting(RecordedStatement::seenAfter, RecordedStatement::seenUntil)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(minute(50), minute(60)),
                        org.assertj.core.groups.Tuple.tuple(minute(10), minute(20)));
        assertThat(all.gaps()).isEqualTo(1);
        assertThat(all.since()).contains(START);
        assertThat(all.until()).isEqualTo(minute(60));
    }

    @Test
    void whatNobodyExecutesAnyMoreIsForgottenAfterAMonth() {
        store.keep(at(1, START, statement(1, 5)));
        var later = START.plus(Duration.ofDays(31));
        store.keep(
                new Workload(
                        List.of(statement(2, 1)),
                        Optional.of(later),
                        later.plusSeconds(60),
                        0,
                        List.of()));

        var all = store.read(later);

        assertThat(all.statements()).extracting(RecordedStatement::queryId).containsExactly(2L);
        assertThat(all.since()).contains(later);
    }

    @Test
    void aFileOfAnotherFormIsSaidAndBegunAnew() throws Exception {
        store.keep(at(1, START, statement(1, 5)));
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma user_version = 99");
        }
        assertThat(store.read(START).unseen().getFirst().reason()).contains("another Slipway");
        store.keep(at(2, START, statement(2, 5)));
        assertThat(store.read(START).statements())
                .extracting(RecordedStatement::queryId)
                .containsExactly(2L);
    }

    @Test
    void ourOwnSessionsAreNotTakenForTheApplications() throws Exception {
        server.asSuperuser(shop, "select pg_stat_statements_reset()");
        look();
        assertThat(entries()).as("entries of ours where the role may not").isPositive();
        assertThat(reading().statements())
                .as("are left out")
                .noneMatch(each -> each.role().equals(shop.address().user()));

        server.asSuperuser(
                shop,
                "grant set on parameter pg_stat_statements.track to " + shop.address().user());
        server.asSuperuser(shop, "select pg_stat_statements_reset()");
        look();
        assertThat(entries()).as("entries of ours where it may").isZero();
    }

    private static void look() throws SQLException {
        try (var connection = shop.connect("slipway")) {
            StatementStatistics.read(connection, InstantSource.system());
        }
    }

    private static int entries() throws SQLException {
        try (var connection = shop.connect("count")) {
            return Integer.parseInt(
                    one(
                            connection,
                            "select count(*) from pg_stat_statements s join pg_roles r on r.oid ="
                                    + " s.userid where r.rolname = '"
                                    + shop.address().user()
                                    + "' and s.query not like '%r.rolname =%'"));
        }
    }

    private static String one(java.sql.Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection =
                        server.postgres()
                                .open(ShopTraffic.asApp(shop), Postgres.Session.reading("shop"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Workload reading() throws SQLException {
        try (var connection = shop.connect("reader")) {
            return StatementStatistics.read(connection, InstantSource.system());
        }
    }

    private static Workload at(int minute, Instant since, RecordedStatement... statements) {
        return new Workload(List.of(statements), Optional.of(since), minute(minute), 0, List.of());
    }

    private static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static RecordedStatement statement(long id, long calls) {
        return new RecordedStatement(id, "app", "select " + id, calls, 1, 2, START, START);
    }

    private String everythingInTheFolder() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(file.getParent())) {
            for (var each : files.toList()) {
                text.append(Files.readString(each, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
