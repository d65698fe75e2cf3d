package dev.slipway.migration.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Secret;
import dev.slipway.migration.Shop;
import dev.slipway.migration.TestDatabase;
import dev.slipway.postgres.PostgresAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The statements of a shop, executed for real by the role its code uses, against schemas that were
/// changed under them.
class WorkloadCheckTest {
    private static final List<String> STATEMENTS =
            List.of(
                    "select id, email, name, nick, bio, age, legacy, status, created_at from users where email = 'u1@shop.test'",
                    "select * from users where id = 7",
                    "insert into users (email, name, nick, bio, age, legacy, status) values ('a', 'b', 'c', 'd', 5, 'e', 'active') returning id",
                    "update users set name = 'x', bio = 'y' where id = 3",
                    "delete from sessions where token = 'nobody'",
                    "select u.id, count(p.id) from users u left join purchases p on p.user_id = u.id where u.age > 30 group by u.id limit 5",
                    "select id, user_id, product_id, amount, note, created_at from purchases where user_id = 5",
                    "insert into purchases (user_id, product_id, amount) values (1, 1, 10)",
                    "insert into purchases (user_id, product_id, amount, note) values (1, 1, 0, 'free')",
                    "select id, title, price from products where id = 9",
                    "insert into products (title) values ('p')",
                    "insert into sessions (user_id, token, expires_at) values (1, 'new', now()) on conflict (token) do update set expires_at = excluded.expires_at",
                    "select id, user_id, token, expires_at from sessions where token = 't5'",
                    "insert into drafts (body) values ('b')",
                    "select id, body from drafts",
                    "select id, email from active_users where id = 4",
                    "select date_trunc('day', created_at) d, count(*) from purchases group by date_trunc('day', created_at)",
                    "select extract(year from created_at) from purchases where created_at > now() - interval '1 day'",
                    "select id from purchases where user_id in (1, 2, 3)",
                    "insert into webhook_events (kind, payload) values ('paid', '{}')",
                    "create temp table scratch (a integer)",
                    "insert into scratch values (1)",
                    "set application_name = 'shop'");

    private static TestDatabase server;
    private static TestDatabase.Database shop;
    private static Workload workload;

    @BeforeAll
    static void observe(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        shop = server.fresh();
        var owner = shop.address().user();
        server.asSuperuser(shop, "create role app login password 'secret'");
        server.asSuperuser(shop, "grant app to " + owner);
        server.asSuperuser(shop, "grant pg_read_all_stats to " + owner);
        shop.execute(Shop.sql(4_000, "app"));
        var app =
                new PostgresAddress(
                        shop.address().host(),
                        shop.address().port(),
                        shop.address().database(),
                        "app",
                        Secret.of("secret"),
                        false);
        try (var connection =
                        server.postgres()
                                .open(app, dev.slipway.postgres.Postgres.Session.reading("shop"));
                var statement = connection.createStatement()) {
            for (var sql : STATEMENTS) {
                statement.execute(sql);
            }
        }
        try (var connection = shop.connect("reader")) {
            var all = StatementStatistics.read(connection, InstantSource.system());
            workload =
                    new Workload(
                            all.statements().stream()
                                    .filter(statement -> statement.role().equals("app"))
                                    .toList(),
                            all.since(),
                            all.until(),
                            all.unseen());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatMayHoldASecretOrIsTheSystemsIsNotKept() {
        assertThat(workload.statements())
                .hasSize(STATEMENTS.size() - 2)
                .extracting(RecordedStatement::sql)
                .noneMatch(sql -> sql.startsWith("set ") || sql.startsWith("create "))
                .noneMatch(sql -> sql.contains("u1@shop.test"));
        assertThat(workload.since()).isPresent();
    }

    @Test
    void whatCannotBeCheckedIsNamedAndTheRestIsRepaired() throws Exception {
        var report = after("select 1");
        assertThat(report.observed()).isEqualTo(STATEMENTS.size() - 2);
        assertThat(report.notCheckable())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.query()).contains("scratch");
                    assertThat(each.reason()).contains("temporary");
                });
        assertThat(report.checked()).isEqualTo(STATEMENTS.size() - 3);
        assertThat(report.broken()).isEmpty();
        assertThat(report.changed()).isEmpty();
        assertThat(report.slower()).isEmpty();
    }

    /// @param found SQLSTATE and probe of the statements that break, each once
    record Case(String id, String sql, List<String> found) {
        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("01 add nullable column", "alter table users add phone text", List.of()),
                new Case(
                        "02 NOT NULL with default",
                        "alter table users add plan text not null default 'x'",
                        List.of()),
                new Case(
                        "03b NOT NULL on an empty table",
                        "truncate drafts; alter table drafts add plan text not null",
                        List.of("23502 PLAN")),
                new Case(
                        "05 rename column",
                        "alter table users rename bio to about",
                        List.of("42703 PREPARE")),
                new Case(
                        "06 drop column",
                        "alter table users drop column bio",
                        List.of("42703 PREPARE", "0A000 TYPES")),
                new Case(
                        "07b int to bigint",
                        "alter table products alter price type bigint",
                        List.of("0A000 TYPES")),
                new Case(
                        "08b varchar to text", "alter table users alter name type text", List.of()),
                new Case(
                        "08d timestamptz",
                        "alter table sessions alter expires_at type timestamptz",
                        List.of("0A000 TYPES")),
                new Case("09 create index", "create index i on purchases (product_id)", List.of()),
                new Case(
                        "11 add FK",
                        "alter table purchases add foreign key (product_id) references products(id)",
                        List.of()),
                new Case("13 add label", "alter type user_status add value 'x'", List.of()),
                new Case("16a drop table", "drop table sessions", List.of("42P01 PREPARE")),
                new Case(
                        "17 rename table",
                        "alter table drafts rename to notes",
                        List.of("42P01 PREPARE")),
                new Case(
                        "20b CHECK NOT VALID",
                        "alter table purchases add check (amount < 2000) not valid",
                        List.of("23514 EXECUTE")),
                new Case(
                        "22a generated",
                        "alter table users add s text generated always as (lower(email)) stored",
                        List.of()),
                new Case(
                        "23c drop UNIQUE",
                        "alter table sessions drop constraint sessions_token_key",
                        List.of("42P10 PLAN")),
                new Case(
                        "24 drop default",
                        "alter table products alter price drop default",
                        List.of("23502 PLAN")),
                new Case(
                        "25 bigserial",
                        "alter table drafts add position bigserial",
                        List.of("42501 EXECUTE")),
                new Case(
                        "26 RLS",
                        "alter table purchases enable row level security",
                        List.of("42501 EXECUTE")),
                new Case(
                        "27 trigger that raises",
                        "create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; create trigger no before insert on drafts for each row execute function no()",
                        List.of("P0001 EXECUTE")),
                new Case(
                        "28 rename and re-add",
                        "alter table users rename age to age_old; alter table users add age text",
                        List.of("0A000 TYPES")),
                new Case(
                        "29 view without grants",
                        "drop view active_users; create view active_users as select id, email, legacy from users",
                        List.of("42501 PLAN")),
                new Case(
                        "34 serial to identity",
                        "alter table sessions alter id drop default; drop sequence sessions_id_seq; alter table sessions alter id add generated always as identity (start with 100000)",
                        List.of()),
                new Case(
                        "35 add UNIQUE",
                        "alter table webhook_events add unique (kind, id); alter table drafts add unique (body)",
                        List.of("23505 EXECUTE")),
                new Case(
                        "36 generated alias",
                        "alter table users rename bio to about; alter table users add bio text generated always as (about) stored",
                        List.of("428C9 PREPARE")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatBreaksIsFoundByTheProbeThatCanSeeIt(Case each) throws Exception {
        var report = after(each.sql());
        assertThat(
                        report.broken().stream()
                                .map(broken -> broken.sqlState() + " " + broken.probe())
                                .distinct()
                                .sorted())
                .as(() -> report.broken().toString())
                .isEqualTo(each.found().stream().sorted().toList());
    }

    @Test
    void aLostIndexMakesSlower() throws Exception {
        var report = after("drop index purchases_user_id_idx");
        assertThat(report.broken()).isEmpty();
        assertThat(report.slower())
                .isNotEmpty()
                .allSatisfy(slower -> {
                    assertThat(slower.query()).contains("user_id");
                    assertThat(slower.factor()).isGreaterThan(3);
                });
    }

    @Test
    void theSameStatementGetsASecondColumnWhenAllAreSelected() throws Exception {
        var report = after("alter table users add phone text");
        assertThat(report.changed())
                .singleElement()
                .satisfies(changed -> assertThat(changed.query()).contains("select *"));
    }

    private static WorkloadReport after(String migration) throws SQLException {
        var copy = server.copy(shop);
        try {
            var check = WorkloadCheck.before(server.postgres(), copy.address(), workload);
            copy.execute(migration);
            return check.after();
        } finally {
            server.drop(copy);
        }
    }
}
