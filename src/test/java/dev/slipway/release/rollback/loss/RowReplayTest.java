package dev.slipway.release.rollback.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.TestDatabase.Database;
import dev.slipway.release.rollback.loss.Replayed.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows come back into a real database: the point is a copy, the backup went on from it, and production is
/// the point again, with what was written since.
class RowReplayTest {
    private static final String SHOP =
            """
            create table users (id int generated always as identity primary key, email text unique,
                boss int references users);
            create table orders (id bigserial primary key, user_id int not null references users, total numeric(9,2));
            create table items (order_id bigint references orders on delete cascade, line int, sku text,
                primary key (order_id, line));
            insert into users (email) select 'u' || i from generate_series(1, 5) i;
            insert into orders (user_id, total) select i, i * 10 from generate_series(1, 5) i;
            insert into items select i, 1, 'sku' from generate_series(1, 5) i;
            """;

    private static TestDatabase databases;

    private Database backup;
    private Database point;
    private Database production;

    @BeforeAll
    static void start(@TempDir Path home) {
        databases = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    @BeforeEach
    void fresh() throws SQLException {
        backup = databases.fresh();
    }

    /// What the backup holds so far is the point; what is written to it from here on is lost.
    private void restored() throws SQLException {
        point = databases.copy(backup);
        production = databases.copy(point);
    }

    private static final RowReplay.Around NOTHING =
            new RowReplay.Around() {
                @Override
                public void begins(Connection transaction) {}

                @Override
                public void committing(Connection transaction, Replayed replayed) {}
            };

    private Replayed replay(ReplayOptions options) throws InterruptedException {
        return new RowReplay(
                        databases.postgres(),
                        LedgerTable.DEFAULT,
                        InstantSource.system(),
                        RowReplay.LIMIT)
                .carryOut(
                        new RowReplay.Places(
                                point.address(), backup.address(), production.address()),
                        options,
                        "slipway test",
                        Duration.ofSeconds(20),
                        NOTHING);
    }

    private static ReplayOptions all() {
        return new ReplayOptions(Set.of(), false, false);
    }

    private static ReplayOptions tables(String... names) {
        return new ReplayOptions(
                Stream.of(names).map(n -> new TableName("public", n)).collect(Collectors.toSet()),
                false,
                false);
    }

    private static String sentences(Replayed replayed) {
        return replayed.conflicts().stream()
                .map(Conflict::sentence)
                .collect(Collectors.joining("\n"));
    }

    private static String hash(Database database, TableName table) throws SQLException {
        return database.one(
                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '')"
                        + " from "
                        + table.sql()
                        + " t");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void everyEditOfTablesOfEveryKindComesBack(long seed) throws Exception {
        var tables = new RandomTables(new Random(seed));
        tables.make(backup, 6);
        restored();
        tables.edit(backup);

        var replayed = replay(new ReplayOptions(Set.of(), true, false));

        assertThat(sentences(replayed)).isEmpty();
        assertThat(replayed.written()).isTrue();
        for (var table : tables.tables()) {
            assertThat(hash(production, table.name()))
                    .as("%s, seed %d", table, seed)
                    .isEqualTo(hash(backup, table.name()));
        }
        var again = replay(new ReplayOptions(Set.of(), true, false));
        assertThat(again.rows()).isZero();
        assertThat(again.written()).isTrue();
    }

    @Test
    void lostRowsComeBackInTheOrderOfTheirForeignKeysAndSequencesGoOn() throws Exception {
        backup.execute(SHOP);
        restored();
        backup.execute(
                """
                insert into users (email, boss) values ('new', null); insert into users (email, boss) values ('newer', 6);
                update users set boss = 7 where id = 1;
                insert into orders (user_id, total) values (6, 1), (7, 2), (1, 3);
                insert into items values (6, 1, 'a'), (6, 2, 'b'), (8, 1, 'c');
                update orders set total = 99 where id = 2; delete from items where order_id = 5;
                """);

        var replayed = replay(all());

        assertThat(sentences(replayed)).isEmpty();
        assertThat(replayed.tables())
                .containsExactly(
                        new Table(new TableName("public", "users"), 2, 1, 0, 0),
                        new Table(new TableName("public", "orders"), 3, 1, 0, 0),
                        new Table(new TableName("public", "items"), 3, 0, 0, 0));
        assertThat(hash(production, new TableName("public", "users")))
                .isEqualTo(hash(backup, new TableName("public", "users")));
        assertThat(production.one("insert into users (email) values ('next') returning id"))
                .isEqualTo("8");
        assertThat(production.one("insert into orders (user_id) values (8) returning id"))
                .isEqualTo("9");
        // What was deleted is deleted again only when that was asked for.
        assertThat(production.one("select count(*) from items where order_id = 5")).isEqualTo("1");
    }

    @Test
    void whatProductionGotSinceStaysAndNothingIsHalfDone() throws Exception {
        backup.execute(SHOP);
        restored();
        backup.execute(
                """
                insert into users (email) values ('lost'); insert into orders (user_id, total) values (6, 1), (2, 2);
                insert into items values (6, 1, 'a'), (7, 1, 'b');
                update users set email = 'mine' where id = 1; update orders set total = 5 where id in (2, 3);
                insert into users (email) values ('twin'), ('fine');
                """);
        production.execute(
                """
                insert into users (email) values ('other');
                update users set email = 'theirs' where id = 1;
                update users set email = 'twin' where id = 5;
                update orders set total = 6 where id = 2; delete from orders where id = 3;
                """);
        var before = hash(production, new TableName("public", "users"));

        var replayed = replay(all());

        assertThat(replayed.written()).isFalse();
        assertThat(sentences(replayed).lines())
                .containsExactlyInAnyOrder(
                        "1 row of users: the key belongs to another row that was made since.",
                        "1 row of users: changed in production since the restore.",
                        "1 row of users: another row has the unique value (email).",
                        "1 row of orders: changed in production since the restore.",
                        "1 row of orders: deleted in production since the restore.",
                        "1 row of orders: what they refer to is not there or is another row by now"
                                + " (orders_user_id_fkey).",
                        "1 row of items: what they refer to is not there or is another row by now"
                                + " (items_order_id_fkey).");
        assertThat(hash(production, new TableName("public", "users"))).isEqualTo(before);
        assertThat(production.one("select count(*) from orders where id = 7")).isEqualTo("0");

        var rest = replay(new ReplayOptions(Set.of(), false, true));

        assertThat(rest.written()).isTrue();
        assertThat(rest.rows()).isEqualTo(3);
        assertThat(production.one("select string_agg(email, ' ' order by id) from users"))
                .isEqualTo("theirs u2 u3 u4 twin other fine");
        assertThat(
                        production.one(
                                "select string_agg(order_id || sku, ' ') from items where sku <> 'sku'"))
                .isEqualTo("7b");
    }

    @Test
    void aChosenTableWhoseParentStaysAwayIsAConflict() throws Exception {
        backup.execute(SHOP);
        restored();
        backup.execute(
                "insert into orders (user_id, total) values (1, 2); insert into items values (6, 1, 'a')");

        assertThat(sentences(replay(tables("items"))))
                .isEqualTo(
                        "1 row of items: what they refer to is not there or is another row by now"
                                + " (items_order_id_fkey).");
        assertThat(replay(tables("items", "orders")).written()).isTrue();
        assertThat(sentences(replay(tables("nothing"))))
                .isEqualTo("nothing: the backup has no such table.");
    }

    @Test
    void triggersDoNotFireAndAreOnAgain() throws Exception {
        backup.execute(
                """
                create table log (id int generated by default as identity primary key, what text);
                create function note() returns trigger language plpgsql as $$
                    begin insert into log (what) values (tg_op); return new; end $$;
                create table t (id int primary key, v int);
                create trigger noted before insert or update on t for each row execute function note();
                create trigger always before insert on t for each row execute function note();
                alter table t enable always trigger always;
                create trigger never before insert on t for each row execute function note();
                alter table t disable trigger never;
                insert into t values (1, 1);
                """);
        restored();
        backup.execute("insert into t values (2, 2); update t set v = 3 where id = 1");

        assertThat(replay(all()).rows()).isEqualTo(2 + 3);
        assertThat(hash(production, new TableName("public", "log")))
                .isEqualTo(hash(backup, new TableName("public", "log")));
        assertThat(
                        production.one(
                                "select string_agg(concat(tgname, tgenabled), ' ' order by tgname) from"
                                        + " pg_trigger where not tgisinternal"))
                .isEqualTo("alwaysA neverD notedO");
    }

    @Test
    void circlesComeBackOnlyWhenTheirKeysCanWait() throws Exception {
        backup.execute(
                """
                create table a (id int primary key, b int not null);
                create table b (id int primary key, a int not null references a);
                alter table a add constraint later foreign key (b) references b deferrable;
                create table c (id int primary key, d int);
                create table d (id int primary key, c int references c);
                alter table c add foreign key (d) references d;
                create table e (id int primary key, d int references d);
                """);
        restored();
        backup.execute(
                """
                begin; set constraints all deferred; insert into a values (1, 2); insert into b values (2, 1); commit;
                """);
        var waiting = replay(all());
        assertThat(sentences(waiting)).isEmpty();
        assertThat(waiting.written()).isTrue();
        assertThat(waiting.rows()).isEqualTo(2);

        backup.execute(
                "insert into c values (1, null); insert into d values (1, 1); update c set d = 1");

        assertThat(sentences(replay(all())).lines())
                .containsExactly(
                        "c: it stands in a circle of foreign keys that are not deferrable, so there is no"
                                + " order in which its rows could come back.",
                        "d: it stands in a circle of foreign keys that are not deferrable, so there is no"
                                + " order in which its rows could come back.");
        assertThat(replay(tables("c")).written()).isFalse();
        assertThat(sentences(replay(tables("a")))).isEmpty();
    }

    @Test
    void whatOthersReferToIsNotDeletedAgain() throws Exception {
        backup.execute(SHOP);
        restored();
        backup.execute("delete from orders where id in (1, 2)");
        production.execute("insert into items values (1, 7, 'since')");

        var replayed = replay(new ReplayOptions(Set.of(), true, false));

        assertThat(sentences(replayed))
                .contains("1 row of orders: others refer to them, so they are not deleted again");
        var rest = replay(new ReplayOptions(Set.of(), true, true));
        assertThat(rest.written()).isTrue();
        assertThat(production.one("select string_agg(id::text, ' ' order by id) from orders"))
                .isEqualTo("1 3 4 5");
        assertThat(production.one("select count(*) from items where order_id = 1")).isEqualTo("1");
    }

    @Test
    void aRefusalOfPostgresTellsNoValueAndChangesNothing() throws Exception {
        backup.execute("create table t (id int primary key, v text)");
        restored();
        backup.execute("insert into t values (1, 'topsecret')");
        production.execute("alter table t add constraint short check (length(v) < 3)");

        var replayed = replay(all());

        assertThat(replayed.written()).isFalse();
        assertThat(sentences(replayed))
                .isEqualTo(
                        "t: Postgres refused the rows: new row for relation \"t\" violates check"
                                + " constraint \"short\".");
        production.execute(
                "alter table t drop constraint short; alter table t alter v type int using 1");
        assertThat(sentences(replay(all()))).doesNotContain("topsecret").contains("22P02");
        assertThat(production.one("select count(*) from t")).isEqualTo("0");
    }
}
