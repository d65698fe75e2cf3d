package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.LockRetry;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.rehearsal.LocksInTheWay.Needed;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
        return LocksInTheWay.look(server.postgres(), address, List.of(Needed.parse(needed)), RETRY);
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
