package dev.slipway.migration.rehearsal;

import static dev.slipway.migration.catalog.ChangeClass.BEHAVIOUR;
import static dev.slipway.migration.catalog.ChangeClass.BREAKS;
import static dev.slipway.migration.catalog.ChangeClass.DATA;
import static dev.slipway.migration.catalog.ChangeClass.EXPAND;
import static dev.slipway.migration.catalog.ChangeClass.FAILED;
import static dev.slipway.migration.catalog.ChangeClass.PERFORMANCE;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.Shop;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.postgres.Fence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One migration after the other on a database with rows: what each is called, which locks it takes,
/// what it writes again, and with which SQLSTATE it fails.
class RehearsalCasesTest {
    static final int USERS = 4_000;

    private static TestDatabase server;
    private static TestDatabase.Database shop;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        shop = server.fresh();
        server.asSuperuser(shop, "create role app");
        server.asSuperuser(shop, "create extension if not exists btree_gist");
        try (var connection = shop.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        new DrizzleMigrator(server.postgres())
                .run(
                        shop.address(),
                        order(
                                Folders.read(Folders.journal("0000_shop", Shop.sql(USERS, "app"))),
                                0),
                        MigrationListener.SILENT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// A case.
    ///
    /// @param setup what the owner does before, as part of what is live
    /// @param sql the migration
    /// @param classes all it carries
    /// @param locks the strongest lock per table of the live code
    /// @param rewrites tables that are written again, indexes left out
    /// @param sqlState of the failure, empty when it runs
    record Case(
            String id,
            String setup,
            String sql,
            Set<ChangeClass> classes,
            Map<String, LockMode> locks,
            Set<String> rewrites,
            String sqlState) {
        static Case of(String id, String sql) {
            return new Case(id, "", sql, Set.of(), Map.of(), Set.of(), "");
        }

        Case on(String before) {
            return new Case(id, before, sql, classes, locks, rewrites, sqlState);
        }

        Case is(ChangeClass... expected) {
            return new Case(id, setup, sql, Set.of(expected), locks, rewrites, sqlState);
        }

        /// @param expected `users AE` and so on
        Case locks(String... expected) {
            var modes =
                    Map.of(
                            "AE", LockMode.ACCESS_EXCLUSIVE,
                            "SRE", LockMode.SHARE_ROW_EXCLUSIVE,
                            "S", LockMode.SHARE,
                            "SUE", LockMode.SHARE_UPDATE_EXCLUSIVE,
                            "RE", LockMode.ROW_EXCLUSIVE);
            return new Case(
                    id,
                    setup,
                    sql,
                    classes,
                    Arrays.stream(expected)
                            .map(each -> each.split(" "))
                            .collect(Collectors.toMap(each -> each[0], each -> modes.get(each[1]))),
                    rewrites,
                    sqlState);
        }

        Case rewrites(String... expected) {
            return new Case(id, setup, sql, classes, locks, Set.of(expected), sqlState);
        }

        Case fails(String state) {
            return new Case(id, setup, sql, Set.of(FAILED), locks, rewrites, state);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                Case.of("01 add nullable column", "alter table users add phone text")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "02 add NOT NULL DEFAULT const",
                                "alter table users add plan text not null default 'free'")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "03a add NOT NULL, rows present",
                                "alter table users add plan text not null")
                        .fails("23502"),
                Case.of(
                                "03b add NOT NULL, empty table",
                                "alter table drafts add plan text not null")
                        .is(BREAKS)
                        .locks("drafts AE"),
                Case.of(
                                "03c nullable, UPDATE, SET NOT NULL",
                                "alter table users add plan text; update users set plan = 'free'; alter table users alter plan set not null")
                        .is(BREAKS, DATA)
                        .locks("users AE"),
                Case.of(
                                "04a DEFAULT gen_random_uuid()",
                                "alter table users add key uuid not null default gen_random_uuid()")
                        .is(EXPAND)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "04b DEFAULT now()",
                                "alter table users add seen_at timestamptz not null default now()")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of("05 rename column", "alter table users rename bio to about")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of("06 drop column", "alter table users drop column bio")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of("06b drop column used by a view", "alter table users drop column legacy")
                        .fails("2BP01"),
                Case.of(
                                "07a int to bigint users.id",
                                "drop view active_users; alter table users alter id type bigint")
                        .is(BREAKS)
                        .locks("users AE", "sessions AE", "purchases AE", "active_users AE")
                        .rewrites("users"),
                Case.of(
                                "07b int to bigint products",
                                "alter table products alter price type bigint")
                        .is(BREAKS)
                        .locks("products AE")
                        .rewrites("products"),
                Case.of("08a varchar(100) to 255", "alter table users alter name type varchar(255)")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of("08b varchar to text", "alter table users alter name type text")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of("08c varchar(50) to (20)", "alter table users alter nick type varchar(20)")
                        .is(BREAKS, DATA)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "08d timestamp to timestamptz, UTC",
                                "set local timezone = 'UTC'; alter table sessions alter expires_at type timestamptz")
                        .is(BREAKS)
                        .locks("sessions AE"),
                Case.of(
                                "08e timestamp to timestamptz, Europe/Prague",
                                "set local timezone = 'Europe/Prague'; alter table sessions alter expires_at type timestamptz")
                        .is(BREAKS)
                        .locks("sessions AE")
                        .rewrites("sessions"),
                Case.of(
                                "09 create index",
                                "create index purchases_product_idx on purchases (product_id)")
                        .is(EXPAND)
                        .locks("purchases S"),
                Case.of(
                                "10 create index CONCURRENTLY",
                                "create index concurrently purchases_product_idx on purchases (product_id)")
                        .is(EXPAND)
                        .locks("purchases SUE"),
                Case.of(
                                "10a create index CONCURRENTLY, then more",
                                "create index concurrently sold_idx on purchases (product_id); alter table users add phone text")
                        .is(EXPAND)
                        .locks("purchases SUE", "users AE"),
                Case.of("10b drop index CONCURRENTLY", "drop index concurrently if exists sold_idx")
                        .on("create index sold_idx on purchases (product_id)")
                        .is(PERFORMANCE)
                        .locks("purchases SUE"),
                Case.of(
                                "10c unique index CONCURRENTLY, duplicates",
                                "create unique index concurrently once_idx on purchases (user_id)")
                        .fails("23505"),
                Case.of("10d reindex CONCURRENTLY", "reindex index concurrently sold_idx")
                        .on("create index sold_idx on purchases (product_id)")
                        .is(EXPAND)
                        .locks("purchases SUE"),
                Case.of("10e reindex table CONCURRENTLY", "reindex table concurrently purchases")
                        .is(EXPAND)
                        .locks("purchases SUE"),
                Case.of(
                                "10f detach partition CONCURRENTLY",
                                "alter table logs detach partition jan concurrently")
                        .on(
                                "create table logs (at timestamp not null) partition by range (at); create table jan partition of logs for values from ('2026-01-01') to ('2026-02-01')")
                        .is(BREAKS),
                Case.of("10g vacuum", "vacuum (analyze) users").is(EXPAND),
                Case.of(
                                "10h an index that is there",
                                "create index concurrently sold_idx on purchases (product_id)")
                        .on("create index sold_idx on purchases (product_id)")
                        .fails("42P07"),
                Case.of(
                                "10i an index that may be there",
                                "create index concurrently if not exists sold_idx on purchases (product_id)")
                        .on("create index sold_idx on purchases (product_id)")
                        .is(EXPAND),
                Case.of(
                                "10j a label used in its own file",
                                "alter type user_status add value 'invited'; update users set status = 'invited' where id < 10")
                        .is(EXPAND, DATA)
                        .locks("users RE"),
                Case.of(
                                "10k a label behind others, used",
                                "alter table users add phone text; alter type user_status add value 'invited'; update users set status = 'invited' where id < 10")
                        .fails("55P04"),
                Case.of(
                                "10l a label behind others, whose letters are used",
                                "alter table users add phone text; alter type user_status add value 'invited'; insert into products (title) values ('invited')")
                        .is(EXPAND)
                        .locks("users AE", "products RE"),
                Case.of(
                                "11 add FK",
                                "alter table purchases add constraint fk foreign key (product_id) references products(id)")
                        .is(BREAKS)
                        .locks("purchases SRE", "products SRE"),
                Case.of(
                                "12 FK NOT VALID and VALIDATE",
                                "alter table purchases add constraint fk foreign key (product_id) references products(id) not valid; alter table purchases validate constraint fk")
                        .is(BREAKS)
                        .locks("purchases SRE", "products SRE"),
                Case.of("13 add enum value", "alter type user_status add value 'invited'")
                        .is(EXPAND),
                Case.of("14a SET NOT NULL", "alter table users alter age set not null")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of(
                                "14b SET NOT NULL with validated CHECK",
                                "alter table users alter age set not null")
                        .on("alter table users add constraint age_there check (age is not null)")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of(
                                "14c SET NOT NULL, NULLs present",
                                "alter table purchases alter note set not null")
                        .fails("23502"),
                Case.of(
                                "14d NOT NULL NOT VALID and VALIDATE",
                                "alter table users add constraint age_there not null age not valid; alter table users validate constraint age_there")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of(
                                "15 create table with FK",
                                "create table refunds (id integer primary key, purchase_id integer references purchases(id))")
                        .is(EXPAND)
                        .locks("purchases SRE"),
                Case.of("16a drop table", "drop table sessions")
                        .is(BREAKS)
                        .locks("sessions AE", "users AE"),
                Case.of("16b drop table CASCADE", "drop table users cascade")
                        .is(BREAKS, EXPAND)
                        .locks("users AE", "sessions AE", "purchases AE", "active_users AE"),
                Case.of("17 rename table", "alter table sessions rename to logins")
                        .is(BREAKS)
                        .locks("sessions AE"),
                Case.of("18 backfill", "update purchases set note = 'x'")
                        .is(DATA)
                        .locks("purchases RE"),
                Case.of(
                                "19a unique index",
                                "create unique index sessions_user_idx on sessions (user_id)")
                        .is(BREAKS)
                        .locks("sessions S"),
                Case.of(
                                "19b unique index, duplicates",
                                "create unique index purchases_amount_idx on purchases (amount)")
                        .fails("23505"),
                Case.of(
                                "20a CHECK",
                                "alter table purchases add constraint positive check (amount >= 0)")
                        .is(BREAKS)
                        .locks("purchases AE"),
                Case.of(
                                "20b CHECK NOT VALID",
                                "alter table purchases add constraint positive check (amount > 0) not valid")
                        .is(BREAKS)
                        .locks("purchases AE"),
                Case.of(
                                "21 remove an enum value",
                                "drop view active_users; alter table users alter status drop default; alter table webhook_events alter status drop default; alter table users alter status type text; alter table webhook_events alter status type text; drop type user_status; create type user_status as enum ('active', 'blocked'); alter table users alter status type user_status using status::user_status; alter table webhook_events alter status type user_status using status::user_status; alter table users alter status set default 'active'; alter table webhook_events alter status set default 'active'; create view active_users as select id, email, legacy from users where status = 'active'; grant select on active_users to app")
                        .is(BREAKS)
                        .locks("users AE", "webhook_events AE", "active_users AE")
                        .rewrites("users", "webhook_events"),
                Case.of(
                                "21' the same with a dependent view",
                                "alter table users alter status type text")
                        .fails("0A000"),
                Case.of(
                                "22a generated STORED",
                                "alter table users add search text generated always as (lower(email)) stored")
                        .is(EXPAND)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "22b generated VIRTUAL",
                                "alter table users add search text generated always as (lower(email)) virtual")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of("23a drop index", "drop index purchases_user_id_idx")
                        .is(PERFORMANCE)
                        .locks("purchases AE"),
                Case.of(
                                "23c drop UNIQUE used by ON CONFLICT",
                                "alter table sessions drop constraint sessions_token_key")
                        .is(BREAKS)
                        .locks("sessions AE"),
                Case.of(
                                "24 drop default on NOT NULL",
                                "alter table products alter price drop default")
                        .is(BREAKS)
                        .locks("products AE"),
                Case.of("25 add bigserial", "alter table users add position bigserial")
                        .is(BREAKS)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of("26 enable RLS", "alter table purchases enable row level security")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of(
                                "27 trigger",
                                "create trigger stamped before insert on purchases for each row execute function stamp()")
                        .is(BEHAVIOUR)
                        .locks("purchases SRE"),
                Case.of(
                                "28 rename and re-add with another type",
                                "alter table users rename age to age_old; alter table users add age text")
                        .is(BREAKS, EXPAND)
                        .locks("users AE"),
                Case.of(
                                "29 drop and create view",
                                "drop view active_users; create view active_users as select id, email, legacy from users where status = 'active'")
                        .is(BEHAVIOUR)
                        .locks("active_users AE"),
                Case.of("30 truncate", "truncate webhook_events")
                        .is(DATA)
                        .locks("webhook_events AE")
                        .rewrites("webhook_events"),
                Case.of(
                                "32 ADD COLUMN, UPDATE, CREATE INDEX",
                                "alter table users add plan text; update users set plan = 'free'; create index users_plan_idx on users (plan)")
                        .is(EXPAND, DATA)
                        .locks("users AE"),
                Case.of(
                                "34 serial to identity",
                                "alter table sessions alter id drop default; drop sequence sessions_id_seq; alter table sessions alter id add generated always as identity")
                        .is(BREAKS)
                        .locks("sessions AE"),
                Case.of("35 add UNIQUE", "alter table users add constraint bio_once unique (bio)")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of(
                                "36 rename and generated alias column",
                                "alter table users rename bio to about; alter table users add bio text generated always as (about) stored")
                        .is(BREAKS, EXPAND)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "37 SET SCHEMA",
                                "create schema archive; alter table drafts set schema archive")
                        .is(BREAKS, EXPAND)
                        .locks("drafts AE"),
                // Cases of our own.
                Case.of("40 delete", "delete from drafts")
                        .on("insert into drafts (body) values ('x')")
                        .is(DATA)
                        .locks("drafts RE"),
                Case.of("40b delete that finds none", "delete from drafts where body = 'nobody'")
                        .is(DATA)
                        .locks("drafts RE"),
                Case.of(
                                "40c backfill that finds none",
                                "alter table drafts add plan text; update drafts set plan = 'free' where body = 'nobody'")
                        .is(EXPAND)
                        .locks("drafts AE"),
                Case.of("41 seed rows", "insert into products (title) values ('new')")
                        .is(EXPAND)
                        .locks("products RE"),
                Case.of("42 drop FK", "alter table sessions drop constraint sessions_user_id_fkey")
                        .is(EXPAND)
                        .locks("sessions AE", "users AE"),
                Case.of(
                                "43 FK with another action",
                                "alter table sessions drop constraint sessions_user_id_fkey; alter table sessions add constraint sessions_user_id_fkey foreign key (user_id) references users(id) on delete restrict")
                        .is(BEHAVIOUR)
                        .locks("sessions AE", "users AE"),
                Case.of(
                                "44 FK re-added as it was",
                                "alter table sessions drop constraint sessions_user_id_fkey; alter table sessions add constraint sessions_users_fk foreign key (user_id) references users(id) on delete cascade")
                        .is(EXPAND)
                        .locks("sessions AE", "users AE"),
                Case.of(
                                "45 sequence rights withdrawn",
                                "revoke usage on sequence sessions_id_seq from app")
                        .is(BREAKS, BEHAVIOUR),
                Case.of("46 view grants withdrawn", "revoke select on active_users from app")
                        .is(BEHAVIOUR),
                Case.of("47 policy", "create policy own on purchases using (true)")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of(
                                "48 function body",
                                "create or replace function stamp() returns trigger language plpgsql as $$ begin return null; end $$")
                        .is(BEHAVIOUR),
                Case.of(
                                "49 view body",
                                "create or replace view active_users as select id, email, legacy from users where status <> 'blocked'")
                        .is(BEHAVIOUR)
                        .locks("active_users AE"),
                Case.of("50 set default", "alter table purchases alter amount set default 1")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of("51 drop NOT NULL", "alter table purchases alter amount drop not null")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of(
                                "52 rename enum label",
                                "alter type user_status rename value 'legacy' to 'old'")
                        .is(BREAKS),
                Case.of(
                                "53 column becomes generated identity",
                                "alter table products alter id set generated always")
                        .is(BREAKS)
                        .locks("products AE"),
                Case.of(
                                "54 attach partition",
                                "create table logs (at timestamp not null, text text) partition by range (at); alter table logs attach partition old_logs default")
                        .on("create table old_logs (at timestamp not null, text text)")
                        .is(BEHAVIOUR, EXPAND)
                        .locks("old_logs AE"),
                Case.of("55 detach partition", "alter table logs detach partition old_logs")
                        .on(
                                "create table logs (at timestamp not null, text text) partition by range (at); create table old_logs partition of logs default")
                        .is(BREAKS)
                        .locks("logs AE", "old_logs AE"),
                Case.of("56 numeric narrowing", "alter table rates alter rate type numeric(6,2)")
                        .on("create table rates (rate numeric(10,4))")
                        .is(BREAKS, DATA)
                        .locks("rates AE")
                        .rewrites("rates"),
                Case.of("57 bigint to int", "alter table totals alter total type integer")
                        .on("create table totals (total bigint)")
                        .is(BREAKS, DATA)
                        .locks("totals AE")
                        .rewrites("totals"),
                Case.of(
                                "58 exclusion constraint",
                                "alter table rooms add constraint apart exclude using gist (during with &&)")
                        .on("create table rooms (during tsrange)")
                        .is(BREAKS)
                        .locks("rooms AE"),
                Case.of(
                                "59 what the batch made is free",
                                "create table fresh (a integer); alter table fresh add b integer not null; alter table fresh rename a to c; drop table fresh")
                        .is(EXPAND),
                Case.of(
                                "60 enum value used in the same run",
                                "alter type user_status add value 'invited'; update users set status = 'invited' where id = 1")
                        .is(EXPAND, DATA)
                        .locks("users RE"),
                Case.of(
                                "61 function with another result",
                                "drop function full_name(users); create function full_name(u users) returns varchar language sql as $$ select u.name $$")
                        .is(BREAKS, BEHAVIOUR),
                Case.of("62 materialized view dropped", "drop materialized view counts")
                        .on("create materialized view counts as select count(*) n from users")
                        .is(BREAKS)
                        .locks("counts AE"),
                Case.of("63 rename index", "alter index purchases_user_id_idx rename to other_idx")
                        .is(EXPAND),
                Case.of(
                                "64 add identity column",
                                "alter table users add position bigint generated always as identity")
                        .is(EXPAND)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "65 domain gets a check",
                                "alter domain code add constraint short check (length(value) < 9)")
                        .on("create domain code as text")
                        .is(BREAKS),
                Case.of("66 comment", "comment on table users is 'people'")
                        .is(EXPAND)
                        .locks("users SUE"),
                Case.of("67 unlogged", "alter table drafts set unlogged")
                        .is(BEHAVIOUR)
                        .locks("drafts AE")
                        .rewrites("drafts"),
                Case.of("68 disabled trigger", "alter table purchases disable trigger stamped")
                        .on(
                                "create trigger stamped before insert on purchases for each row execute function stamp()")
                        .is(BEHAVIOUR)
                        .locks("purchases SRE"),
                Case.of("69 role settings", "grant select on drafts to public").is(BEHAVIOUR),
                Case.of("70 truncate cascade", "truncate users cascade")
                        .is(DATA)
                        .locks("users AE", "purchases AE", "sessions AE")
                        .rewrites("users", "purchases", "sessions"),
                Case.of(
                                "71 attach beside a default partition",
                                "alter table logs attach partition jan for values from ('2026-01-01') to ('2026-02-01')")
                        .on(
                                "create table logs (at timestamp not null) partition by range (at); create table rest partition of logs default; create table jan (at timestamp not null)")
                        .is(BEHAVIOUR)
                        .locks("logs SUE", "rest AE", "jan AE"),
                Case.of(
                                "72 generated column computed otherwise",
                                "alter table users alter search set expression as (upper(email))")
                        .on(
                                "alter table users add search text generated always as (lower(email)) stored")
                        .is(BEHAVIOUR)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "73 view asks its reader's privileges",
                                "alter view active_users set (security_invoker = true)")
                        .is(BEHAVIOUR)
                        .locks("active_users AE"),
                Case.of(
                                "74 privileges on columns only",
                                "revoke select on users from app; grant select (id, email) on users to app")
                        .is(BEHAVIOUR),
                Case.of(
                                "75 default privileges",
                                "alter default privileges grant select on tables to app")
                        .is(EXPAND),
                Case.of("76 drop extension", "drop extension pgcrypto")
                        .on("create extension pgcrypto")
                        .is(BREAKS),
                Case.of("77 domain takes no null", "alter domain code set not null")
                        .on("create domain code as text; create table codes (code code)")
                        .is(BREAKS),
                Case.of("78 inherit", "alter table new_drafts inherit drafts")
                        .on("create table new_drafts (id integer not null, body text)")
                        .is(BEHAVIOUR)
                        .locks("new_drafts AE", "drafts SUE"),
                Case.of("79 identity starts again", "alter table users alter id restart with 1")
                        .is(BREAKS),
                Case.of("80 setval back", "select setval('sessions_id_seq', 1)").is(BREAKS),
                Case.of("81 setval ahead", "select setval('sessions_id_seq', 1000000)").is(EXPAND),
                Case.of(
                                "82 sequence counts otherwise",
                                "alter sequence sessions_id_seq increment by 2")
                        .is(BEHAVIOUR),
                Case.of("83 replica identity", "alter table users replica identity full")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "84 deferrable FK",
                                "alter table sessions alter constraint sessions_user_id_fkey deferrable")
                        .is(BEHAVIOUR)
                        .locks("sessions AE"),
                Case.of(
                                "85 deferrable UNIQUE",
                                "alter table sessions drop constraint sessions_token_key; alter table sessions add constraint sessions_token_key unique (token) deferrable")
                        .is(BREAKS)
                        .locks("sessions AE"),
                Case.of(
                                "86 NULLS NOT DISTINCT",
                                "alter table drafts drop constraint once; alter table drafts add constraint once unique nulls not distinct (body)")
                        .on("alter table drafts add constraint once unique (body)")
                        .is(BREAKS)
                        .locks("drafts AE"),
                Case.of("87 refresh", "refresh materialized view counts")
                        .on("create materialized view counts as select count(*) n from users")
                        .is(EXPAND)
                        .locks("counts AE")
                        .rewrites("counts"),
                Case.of("88 rule", "create rule keep as on delete to drafts do instead nothing")
                        .is(BEHAVIOUR)
                        .locks("drafts AE"),
                Case.of("89 disable RLS", "alter table purchases disable row level security")
                        .on("alter table purchases enable row level security")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of("90 force RLS", "alter table purchases force row level security")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of("91 rename type", "alter type user_status rename to account_status")
                        .is(BREAKS),
                Case.of("92 rename schema", "alter schema archive rename to attic")
                        .on("create schema archive; create table archive.old (a integer)")
                        .is(BREAKS),
                Case.of("93 drop schema", "drop schema archive cascade")
                        .on("create schema archive; create table archive.old (a integer)")
                        .is(BREAKS)
                        .locks("archive.old AE"),
                Case.of(
                                "94 overload",
                                "create function full_name(t text) returns text language sql as $$ select t $$")
                        .is(EXPAND),
                Case.of(
                                "95 trigger on a new table",
                                "create table fresh (note text); create trigger stamped before insert on fresh for each row execute function stamp()")
                        .is(EXPAND),
                Case.of("96 empty", "").is(EXPAND),
                Case.of("97 only a comment", "-- Custom SQL migration file").is(EXPAND),
                Case.of(
                                "98 DO that drops",
                                "do $$ begin execute 'alter table ' || quote_ident('users') || ' drop column bio'; end $$")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of(
                                "99 DO that deletes",
                                "do $$ begin execute 'delete from products where id > 400'; end $$")
                        .is(DATA)
                        .locks("products RE"),
                Case.of("100 drop primary key", "alter table drafts drop constraint drafts_pkey")
                        .is(BREAKS)
                        .locks("drafts AE"),
                Case.of(
                                "101 view gets a column",
                                "create or replace view active_users as select id, email, legacy, age from users where status = 'active'")
                        .is(BEHAVIOUR, EXPAND)
                        .locks("active_users AE"),
                Case.of("102 drop trigger", "drop trigger stamped on purchases")
                        .on(
                                "create trigger stamped before insert on purchases for each row execute function stamp()")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of("103 drop policy", "drop policy own on purchases")
                        .on("create policy own on purchases using (true)")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of("104 drop function", "drop function full_name(users)").is(BREAKS),
                Case.of("105 statistics", "alter table users alter email set statistics 500")
                        .is(EXPAND)
                        .locks("users SUE"),
                Case.of(
                                "106 another collation",
                                "alter table users alter name type varchar(100) collate \"C\"")
                        .is(BEHAVIOUR)
                        .locks("users AE"),
                Case.of(
                                "107 composite type gets an attribute",
                                "alter type address add attribute zip text")
                        .on("create type address as (street text)")
                        .is(BREAKS),
                Case.of(
                                "108 composite type loses an attribute",
                                "alter type address drop attribute street")
                        .on("create type address as (street text, zip text)")
                        .is(BREAKS),
                Case.of(
                                "109 index on an expression",
                                "create index users_lower_idx on users (lower(email))")
                        .is(EXPAND)
                        .locks("users S"),
                Case.of(
                                "110 unique index on an expression",
                                "create unique index users_lower_idx on users (lower(email))")
                        .is(BREAKS)
                        .locks("users S"),
                Case.of("111 create extension", "create extension citext").is(EXPAND),
                Case.of(
                                "112 type to another schema",
                                "create schema archive; alter type user_status set schema archive")
                        .is(BREAKS, EXPAND),
                Case.of(
                                "113 search_path of the database",
                                "do $$ begin execute format('alter database %I set search_path = archive, public', current_database()); end $$")
                        .is(BEHAVIOUR),
                Case.of(
                                "114 identity may be given",
                                "alter table tickets alter id set generated by default")
                        .on("create table tickets (id integer generated always as identity)")
                        .is(EXPAND)
                        .locks("tickets AE"),
                Case.of("115 drop identity", "alter table drafts alter id drop identity")
                        .is(BREAKS)
                        .locks("drafts AE"),
                Case.of(
                                "116 a generated column is no more generated",
                                "alter table users alter search drop expression")
                        .on(
                                "alter table users add search text generated always as (lower(email)) stored")
                        .is(BEHAVIOUR)
                        .locks("users AE"),
                Case.of(
                                "117 function takes another type",
                                "drop function open_sessions(integer); create function open_sessions(u text) returns table (n bigint) language sql stable as $$ select 1::bigint $$")
                        .is(BREAKS, EXPAND),
                Case.of("118 truncate cascade", "truncate users cascade")
                        .is(DATA)
                        .locks("users AE", "sessions AE", "purchases AE")
                        .rewrites("users", "sessions", "purchases"),
                Case.of(
                                "119 attach a partition to a live whole",
                                "alter table logs attach partition feb for values from ('2026-02-01') to ('2026-03-01')")
                        .on(
                                "create table logs (at timestamp not null) partition by range (at); create table feb (at timestamp not null)")
                        .is(BEHAVIOUR)
                        .locks("feb AE"),
                Case.of(
                                "120 view made again with its grants",
                                "drop view active_users; create view active_users as select id, email, legacy from users where status = 'active'; grant select on active_users to app")
                        .is(EXPAND)
                        .locks("active_users AE"),
                Case.of(
                                "121 validate what was not",
                                "alter table purchases validate constraint positive")
                        .on(
                                "alter table purchases add constraint positive check (amount >= 0) not valid")
                        .is(EXPAND)
                        .locks("purchases SUE"),
                Case.of("122 rename a sequence", "alter sequence sessions_id_seq rename to counter")
                        .is(BREAKS),
                Case.of(
                                "123 another default, volatile",
                                "alter table purchases alter created_at set default clock_timestamp()")
                        .is(BEHAVIOUR)
                        .locks("purchases AE"),
                Case.of(
                                "124 new column with a check on itself",
                                "alter table users add height integer check (height > 0)")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "124a new column that has a constant, with a check on itself",
                                "alter table users add kind varchar(20) not null default 'plain' check (kind in ('plain', 'fancy'))")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "124b check on two new columns, one empty",
                                "alter table users add low integer default 1, add high integer; alter table users add constraint sorted check (low < high)")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "124c new column with a check that refuses nothing",
                                "alter table users add height integer; alter table users add constraint tall check (height is not null) not valid")
                        .is(EXPAND, BREAKS)
                        .locks("users AE"),
                Case.of(
                                "124d new column whose constant its check refuses",
                                "alter table users add height integer default -1; alter table users add constraint tall check (height > 0) not valid")
                        .is(EXPAND, BREAKS)
                        .locks("users AE"),
                Case.of(
                                "124e new column with a check that cannot be computed",
                                "alter table users add height integer default 0; alter table users add constraint tall check (10 / height > 1) not valid")
                        .is(EXPAND, BREAKS)
                        .locks("users AE"),
                Case.of(
                                "124f check on a new column and one that is known",
                                "alter table users add height integer; alter table users add constraint tall check (height > 0 or email <> '')")
                        .is(EXPAND, BREAKS)
                        .locks("users AE"),
                Case.of(
                                "124g new column that computes its value, with a check on itself",
                                "alter table users add dice integer default (random() * 5)::integer check (dice < 7)")
                        .is(EXPAND, BREAKS)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "124h new column of an old name, with a check on itself",
                                "alter table users rename bio to about; alter table users add bio text check (bio <> '')")
                        .is(EXPAND, BREAKS)
                        .locks("users AE"),
                Case.of(
                                "125 new column that refers",
                                "alter table purchases add voucher_id integer; alter table purchases add constraint voucher_fk foreign key (voucher_id) references products(id)")
                        .is(EXPAND)
                        .locks("purchases AE", "products SRE"),
                Case.of("126 new column, once", "alter table users add handle text unique")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "126a new column, once as an index, beside one that is known",
                                "alter table users add handle text; create unique index users_handle_idx on users (handle, status)")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of(
                                "126b stored with a unique index over what is known",
                                "alter table drafts add handle text; create unique index drafts_body_idx on drafts (body) include (handle)")
                        .is(EXPAND, BREAKS)
                        .locks("drafts AE"),
                Case.of(
                                "126c new column of an old name, once",
                                "alter table users rename bio to about; alter table users add bio text unique")
                        .is(EXPAND, BREAKS)
                        .locks("users AE"),
                Case.of(
                                "126d new column, once, where null counts",
                                "alter table drafts add handle text unique nulls not distinct")
                        .is(EXPAND, BREAKS)
                        .locks("drafts AE"),
                Case.of(
                                "127 new column with a default, once",
                                "alter table drafts add slot integer default 1; alter table drafts add constraint slot_once unique (slot)")
                        .is(EXPAND, BREAKS)
                        .locks("drafts AE"),
                Case.of(
                                "128 enum to text",
                                "alter table webhook_events alter status drop default, alter status type text using status::text")
                        .is(BREAKS)
                        .locks("webhook_events AE")
                        .rewrites("webhook_events"),
                Case.of(
                                "129 insert or update",
                                "insert into products (id, title) values (1, 'x') on conflict (id) do update set title = 'x'")
                        .is(DATA)
                        .locks("products RE"),
                Case.of(
                                "130 update behind with",
                                "with chosen as (select 1 as id) update users set bio = 'x' from chosen where users.id = chosen.id")
                        .is(DATA)
                        .locks("users RE"),
                Case.of(
                                "131 SET NOT NULL where it is",
                                "alter table users alter email set not null")
                        .is(EXPAND)
                        .locks("users AE"),
                Case.of("132 cluster", "cluster users using users_pkey")
                        .is(EXPAND)
                        .locks("users AE")
                        .rewrites("users"),
                Case.of(
                                "133 policy on a new table",
                                "create table fresh (a integer); alter table fresh enable row level security; create policy own on fresh using (true)")
                        .is(EXPAND),
                Case.of(
                                "134 published without identity",
                                "alter table users replica identity nothing")
                        .on("create publication feed for table users")
                        .is(BREAKS)
                        .locks("users AE"),
                Case.of(
                                "135 partition of a live whole",
                                "create table feb partition of logs for values from ('2026-02-01') to ('2026-03-01')")
                        .on("create table logs (at timestamp not null) partition by range (at)")
                        .is(EXPAND),
                Case.of(
                                "136 rename a constraint",
                                "alter table sessions rename constraint sessions_token_key to token_once")
                        .is(EXPAND)
                        .locks("sessions AE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aMigrationIsCalledWhatItIs(Case each) throws Exception {
        var database = server.copy(shop);
        try {
            if (!each.setup().isEmpty()) {
                database.execute(each.setup());
            }
            var report = rehearse(database, each.sql());
            assertSoftly(softly -> {
                softly.assertThat(report.failure().map(RehearsalReport.Failed::sqlState).orElse(""))
                        .as("SQLSTATE of " + each.id())
                        .isEqualTo(each.sqlState());
                softly.assertThat(report.migrations().getFirst().classes())
                        .as(() ->
                                "classes of "
                                        + each.id()
                                        + ": "
                                        + report.migrations().getFirst().findings())
                        .isEqualTo(each.classes());
                if (each.sqlState().isEmpty()) {
                    softly.assertThat(
                                    report.held().stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            RehearsalReport.Held::relation,
                                                            RehearsalReport.Held::mode)))
                            .as("locks of " + each.id())
                            .containsAllEntriesOf(each.locks());
                    softly.assertThat(tables(report))
                            .as("rewrites of " + each.id())
                            .isEqualTo(each.rewrites());
                    // Who reads the whole meets the locks on its partitions.
                    report.held().stream()
                            .filter(held -> !held.relation().equals("logs"))
                            .forEach(held -> {
                                softly.assertThat(held.readsBlocked())
                                        .as("canary reading " + held)
                                        .isEqualTo(held.mode().blocksReads());
                                softly.assertThat(held.writesBlocked())
                                        .as("canary writing " + held)
                                        .isEqualTo(held.mode().blocksWrites());
                            });
                }
            });
        } finally {
            server.drop(database);
        }
    }

    private static Set<String> tables(RehearsalReport report) {
        return report.migrations().stream()
                .flatMap(migration -> migration.statements().stream())
                .flatMap(statement -> statement.rewrites().stream())
                .filter(name -> !name.endsWith("_idx") && !name.endsWith("key"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static RehearsalReport rehearse(TestDatabase.Database database, String sql)
            throws Exception {
        var folder =
                Folders.read(
                        Folders.journal("0000_shop", Shop.sql(USERS, "app"), "0001_case", sql));
        return new Rehearsal(server.postgres())
                .run(database.address(), order(folder, 1), MigrationListener.SILENT);
    }

    static MigrationOrder order(MigrationFolder folder, int applied) {
        return new MigrationOrder(
                folder,
                LedgerTable.DEFAULT,
                folder.migrations().stream().skip(applied).map(Planned::of).toList(),
                "slipway case",
                new FenceEpoch("production", 1),
                new LockRetry(
                        Duration.ofSeconds(1), 1, Duration.ofMillis(20), Duration.ofMillis(100)),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1));
    }
}
