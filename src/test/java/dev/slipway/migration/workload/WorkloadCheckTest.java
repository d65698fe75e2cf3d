package dev.slipway.migration.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.ShopTraffic;
import dev.slipway.migration.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private static final List<String> STATEMENTS = ShopTraffic.STATEMENTS;

    private static TestDatabase server;
    private static TestDatabase.Database shop;
    private static Workload workload;

    @BeforeAll
    static void observe(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        shop = ShopTraffic.shop(server, 4_000);
        workload = ShopTraffic.observe(server, shop);
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
                .hasSize(2)
                .anySatisfy(each -> {
                    assertThat(each.query()).contains("scratch");
                    assertThat(each.reason()).contains("temporary");
                })
                .anySatisfy(each -> {
                    assertThat(each.query()).startsWith("merge");
                    assertThat(each.reason()).contains("42883");
                });
        assertThat(report.checked()).isEqualTo(STATEMENTS.size() - 4);
        assertThat(report.broken()).isEmpty();
        assertThat(report.changed()).isEmpty();
        assertThat(report.slower()).isEmpty();
    }

    /// @param found how many statements break with which SQLSTATE, and which probe found them
    record Case(String id, String sql, List<String> found) {
        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "03c nullable, UPDATE, SET NOT NULL",
                        "alter table users add plan text; update users set plan = 'free'; alter table users alter plan set not null",
                        List.of("1 23502 PLAN")),
                new Case(
                        "04a DEFAULT gen_random_uuid()",
                        "alter table users add key uuid not null default gen_random_uuid()",
                        List.of()),
                new Case(
                        "04b DEFAULT now()",
                        "alter table users add seen_at timestamptz not null default now()",
                        List.of()),
                new Case(
                        "07a int to bigint users.id",
                        "drop view active_users; alter table users alter id type bigint; create view active_users as select id, email, legacy from users where status = 'active'; grant select on active_users to app",
                        List.of("5 0A000 TYPES")),
                new Case(
                        "08a varchar(100) to 255",
                        "alter table users alter name type varchar(255)",
                        List.of()),
                new Case(
                        "08c varchar(50) to (20)",
                        "alter table users alter nick type varchar(20)",
                        List.of()),
                new Case(
                        "08e timestamptz from Europe/Prague",
                        "set timezone = 'Europe/Prague'; alter table sessions alter expires_at type timestamptz",
                        List.of("1 0A000 TYPES")),
                new Case(
                        "12 FK NOT VALID and VALIDATE",
                        "alter table purchases add constraint fk foreign key (product_id) references products(id) not valid; alter table purchases validate constraint fk",
                        List.of()),
                new Case("14a SET NOT NULL", "alter table users alter age set not null", List.of()),
                new Case(
                        "14b SET NOT NULL with validated CHECK",
                        "alter table users add constraint there check (age is not null); alter table users alter age set not null",
                        List.of()),
                new Case(
                        "14d NOT NULL NOT VALID and VALIDATE",
                        "alter table users add constraint there not null age not valid; alter table users validate constraint there",
                        List.of()),
                new Case(
                        "15 create table with FK",
                        "create table refunds (id integer primary key, purchase_id integer references purchases(id))",
                        List.of()),
                new Case(
                        "16b drop table CASCADE",
                        "drop table users cascade",
                        List.of("7 42P01 PREPARE")),
                new Case("18 backfill", "update purchases set note = 'x'", List.of()),
                new Case(
                        "19a unique index",
                        "delete from sessions where token = 'new'; create unique index sessions_user_idx on sessions (user_id)",
                        List.of("1 23505 EXECUTE")),
                new Case(
                        "20a CHECK",
                        "alter table purchases add constraint positive check (amount >= 0)",
                        List.of()),
                new Case(
                        "21 remove an enum label",
                        "drop view active_users; alter table users alter status drop default; alter table webhook_events alter status drop default; alter table users alter status type text; alter table webhook_events alter status type text; drop type user_status; create type user_status as enum ('active', 'blocked'); alter table users alter status type user_status using status::user_status; alter table webhook_events alter status type user_status using status::user_status; alter table users alter status set default 'active'; alter table webhook_events alter status set default 'active'; create view active_users as select id, email, legacy from users where status = 'active'; grant select on active_users to app",
                        List.of()),
                new Case(
                        "22b generated VIRTUAL",
                        "alter table users add s text generated always as (lower(email)) virtual",
                        List.of()),
                new Case("30 truncate", "truncate webhook_events", List.of()),
                new Case(
                        "32 ADD COLUMN, UPDATE, CREATE INDEX",
                        "alter table users add plan text; update users set plan = 'free'; create index plan_idx on users (plan)",
                        List.of()),
                new Case(
                        "37 SET SCHEMA",
                        "create schema archive; alter table drafts set schema archive",
                        List.of("2 42P01 PREPARE")),
                new Case(
                        "70 column privileges",
                        "revoke select on users from app; grant select (id, email) on users to app",
                        List.of("3 42501 PLAN")),
                new Case(
                        "79 identity starts again",
                        "alter table users alter id restart with 1",
                        List.of("1 23505 EXECUTE")),
                new Case("01 add nullable column", "alter table users add phone text", List.of()),
                new Case(
                        "02 NOT NULL with default",
                        "alter table users add plan text not null default 'x'",
                        List.of()),
                new Case(
                        "03b NOT NULL on an empty table",
                        "truncate drafts; alter table drafts add plan text not null",
                        List.of("1 23502 PLAN")),
                new Case(
                        "05 rename column",
                        "alter table users rename bio to about",
                        List.of("3 42703 PREPARE")),
                new Case(
                        "06 drop column",
                        "alter table users drop column bio",
                        List.of("1 0A000 TYPES", "3 42703 PREPARE")),
                new Case(
                        "07b int to bigint",
                        "alter table products alter price type bigint",
                        List.of("1 0A000 TYPES")),
                new Case(
                        "08b varchar to text", "alter table users alter name type text", List.of()),
                new Case(
                        "08d timestamptz",
                        "alter table sessions alter expires_at type timestamptz",
                        List.of("1 0A000 TYPES")),
                new Case("09 create index", "create index i on purchases (product_id)", List.of()),
                new Case(
                        "11 add FK",
                        "alter table purchases add foreign key (product_id) references products(id)",
                        List.of()),
                new Case("13 add label", "alter type user_status add value 'x'", List.of()),
                new Case(
                        "16a drop table",
                        "drop table sessions",
                        List.of("1 42P01 PLAN", "3 42P01 PREPARE")),
                new Case(
                        "17 rename table",
                        "alter table drafts rename to notes",
                        List.of("2 42P01 PREPARE")),
                new Case(
                        "20b CHECK NOT VALID",
                        "alter table purchases add check (amount < 2000) not valid",
                        List.of("2 23514 EXECUTE")),
                new Case(
                        "22a generated",
                        "alter table users add s text generated always as (lower(email)) stored",
                        List.of()),
                new Case(
                        "23c drop UNIQUE",
                        "alter table sessions drop constraint sessions_token_key",
                        List.of("1 42P10 PLAN")),
                new Case(
                        "24 drop default",
                        "alter table products alter price drop default",
                        List.of("1 23502 PLAN")),
                new Case(
                        "25 bigserial",
                        "alter table drafts add position bigserial",
                        List.of("1 42501 EXECUTE")),
                new Case(
                        "26 RLS",
                        "alter table purchases enable row level security",
                        List.of("2 42501 EXECUTE")),
                new Case(
                        "27 trigger that raises",
                        "create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; create trigger no before insert on drafts for each row execute function no()",
                        List.of("1 P0001 EXECUTE")),
                new Case(
                        "28 rename and re-add",
                        "alter table users rename age to age_old; alter table users add age text",
                        List.of("1 0A000 TYPES")),
                new Case(
                        "29 view without grants",
                        "drop view active_users; create view active_users as select id, email, legacy from users",
                        List.of("1 42501 PLAN")),
                new Case(
                        "34 serial to identity",
                        "alter table sessions alter id drop default; drop sequence sessions_id_seq; alter table sessions alter id add generated always as identity (start with 100000)",
                        List.of()),
                new Case(
                        "35 add UNIQUE",
                        "alter table webhook_events add unique (kind, id); alter table drafts add unique (body)",
                        List.of("1 23505 EXECUTE")),
                new Case(
                        "36 generated alias",
                        "alter table users rename bio to about; alter table users add bio text generated always as (about) stored",
                        List.of("2 428C9 PREPARE")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatBreaksIsFoundByTheProbeThatCanSeeIt(Case each) throws Exception {
        var report = after(each.sql());
        assertThat(
                        report.broken().stream()
                                .collect(
                                        Collectors.groupingBy(
                                                broken -> broken.sqlState() + " " + broken.probe(),
                                                TreeMap::new,
                                                Collectors.counting()))
                                .entrySet()
                                .stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey()))
                .as(() -> report.broken().toString())
                .containsExactlyInAnyOrderElementsOf(each.found());
        // The index of the constraint served readings, too; twice the cost for twice the size does
        // not count.
        assertThat(report.slower()).hasSize(each.id().startsWith("23c") ? 2 : 0);
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
