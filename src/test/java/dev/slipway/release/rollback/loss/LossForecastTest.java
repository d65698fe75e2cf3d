package dev.slipway.release.rollback.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.TestDatabase.Database;
import dev.slipway.release.rollback.loss.Forecast.TableForecast;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Estimates from the present alone, on a real server, which keeps commit times as the sandbox does.
class LossForecastTest {
    private static TestDatabase databases;

    @BeforeAll
    static void start(@TempDir Path home) {
        databases = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    private static TableForecast forecast(Database now, Instant point, String table) {
        return new LossForecast(
                        databases.postgres(),
                        LedgerTable.DEFAULT,
                        InstantSource.system(),
                        TableComparison.LIMIT)
                .of(now.address(), point).tables().stream()
                        .filter(each -> each.table().equals(new TableName("public", table)))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void tellsByCommitTimesWhatWasWrittenSince() throws Exception {
        var now = databases.fresh();
        now.execute(
                """
                create table orders (id int primary key, "createdAt" timestamptz default now(), v int);
                create table tags (id int primary key, v int);
                insert into orders select i from generate_series(1, 20) i;
                insert into tags select i from generate_series(1, 20) i;
                """);
        var point = Instant.parse(now.one("select to_json(clock_timestamp()) #>> '{}'"));
        now.execute(
                """
                insert into orders select i from generate_series(21, 27) i;
                update orders set v = 1 where id in (1, 2, 27);
                insert into tags values (21); update tags set v = 2 where id < 5; delete from tags where id = 9;
                """);

        var orders = forecast(now, point, "orders");
        assertThat(orders.created()).hasValue(7);
        assertThat(orders.changed()).hasValue(2);
        assertThat(orders.basis())
                .isEqualTo(
                        "By the commit times the server keeps. New rows are told by createdAt. Rows"
                                + " deleted since are not in it.");
        var tags = forecast(now, point, "tags");
        assertThat(tags.written()).hasValue(5);
        assertThat(tags.created()).isEqualTo(OptionalLong.empty());
        assertThat(tags.basis()).contains("not told apart");
    }
}
