package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DangerScanTest {
    private static final Migration BEFORE =
            migration(
                    "0000_before",
                    "create table users (id int primary key, name text); create table old (id int);"
                            + " create type mood as enum ('a')");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    drop table users                                          | DROPS | users
                    DROP TABLE IF EXISTS "public"."users" CASCADE             | DROPS | users
                    drop type mood                                            | DROPS | mood
                    drop schema s                                             | DROPS | s
                    drop materialized view v                                  | DROPS | v
                    drop function f(int, text)                                | DROPS | f
                    drop policy p on users                                    | DROPS | policy p on users
                    alter table users drop column name                        | DROPS | users.name
                    alter table only users drop name                          | DROPS | users.name
                    alter table users add x int, drop column if exists name   | DROPS | users.name
                    alter table users alter name drop default                 | DROPS | users.name
                    alter table users rename name to title                    | RENAMES | users.name
                    alter table users rename to people                        | RENAMES | users
                    alter table users set schema s                            | RENAMES | users
                    alter type mood rename value 'a' to 'b'                   | RENAMES | mood
                    alter sequence s rename to t                              | RENAMES | s
                    alter table users alter column id set data type bigint    | RETYPES | users.id
                    alter table users alter id type bigint using id::bigint   | RETYPES | users.id
                    alter table users alter name set not null                 | REQUIRES | users.name
                    alter table users add column x int not null               | REQUIRES | users.x
                    alter table users add x int default null not null         | REQUIRES | users.x
                    alter table users add primary key (name)                  | REQUIRES | users
                    alter table users add constraint c not null name          | REQUIRES | users
                    delete from users where id = 1                            | DELETES_ROWS | users
                    truncate table users, old                                 | DELETES_ROWS | users
                    with gone as (delete from users returning *) select 1     | DELETES_ROWS | users
                    update users set name = ''                                | CHANGES_ROWS | users
                    update only users u set name = 'a', id = 2 from old       | CHANGES_ROWS | users
                    insert into users values (1) on conflict (id) do update set name = 'x' | CHANGES_ROWS | users
                    merge into users using old on true when matched then delete | CHANGES_ROWS | users
                    select cleanup_everything()                               | CANNOT_TELL | cleanup_everything
                    call p()                                                  | CANNOT_TELL | p
                    set standard_conforming_strings = off                     | CANNOT_TELL | standard_conforming_strings
                    create index concurrently i on users (name)               | CANNOT_RUN | i
                    commit                                                    | CANNOT_RUN | commit
                    vacuum users                                              | CANNOT_RUN | vacuum
                    copy users from stdin                                     | CANNOT_RUN | users
                    \\copy users from x                                       | CANNOT_RUN | \\
                    frobnicate users                                          | CANNOT_TELL | frobnicate
                    """)
    void itIsNamed(String sql, Danger.Kind kind, String object) {
        assertThat(found(sql))
                .anySatisfy(danger -> {
                    assertThat(danger.kind()).isEqualTo(kind);
                    assertThat(danger.object()).isEqualTo(object);
                    assertThat(danger.statement()).isEqualTo(1);
                    assertThat(danger.sentence()).startsWith("0001_new, statement 1: ");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id int not null, foreign key (id) references users (id))",
                "alter table users add column x int",
                "alter table users add column x int not null default 0",
                "alter table users add column x int default (nullif(1, 2)) not null",
                "alter table users add column x bigserial not null",
                "alter table users add column x int not null generated always as (1) stored",
                "alter table users add constraint c foreign key (id) references old (id) on delete"
                        + " cascade on update cascade",
                "alter table users drop constraint c",
                "alter table users alter name drop not null, alter name set default 'x'",
                "alter table users enable row level security",
                "alter type mood add value if not exists 'b' before 'a'",
                "drop index i",
                "create unique index i on users (name)",
                "alter index i rename to j",
                "insert into users select * from users on conflict do nothing",
                "create or replace function f() returns trigger language plpgsql as $$ begin delete"
                        + " from users; return new; end $$",
                "drop trigger if exists x on users; create trigger x before update on users for each"
                        + " row execute function f()",
                "do $$ begin create type m2 as enum ('x'); exception when duplicate_object then null;"
                        + " end $$",
                "select setval('s', max(id)) from users",
                "comment on table users is 'drop table users; delete from users'",
                "-- drop table users\n/* delete from users */ select 1",
                "create table t (id int); insert into t values (1); delete from t; drop table t",
                "alter table users add x int; update users set x = id",
                "alter table users add x int default 1; update users u set \"x\" = s.n from (select 1 n,"
                        + " 2) s where u.id = s.n",
                "create table \"t\" (a int); alter table public.t rename a to b; alter table t drop b",
                "set local statement_timeout = 0",
            })
    void itMayRun(String sql) {
        assertThat(found(sql)).isEmpty();
    }

    @Test
    void whatAnEarlierPendingFileMadeMayChangeShapeButNotLoseRows() {
        var first = migration("0001_new", "create table t (a int); alter table users add x int");
        assertThat(
                        scan(
                                first,
                                migration(
                                        "0002_next",
                                        "alter table t drop a; alter table users drop x;"
                                                + " drop table t")))
                .isEmpty();
        assertThat(
                        scan(
                                first,
                                migration(
                                        "0002_next",
                                        "delete from t; alter table t alter a set not null")))
                .extracting(Danger::kind)
                .containsExactly(Danger.Kind.DELETES_ROWS, Danger.Kind.REQUIRES);
        assertThat(
                        DangerScan.of(
                                List.of(), List.of(first, migration("0002_next", "delete from t"))))
                .as("nothing ran before, so there are no rows")
                .isEmpty();
    }

    @Test
    void aTableThatIsPerhapsNewIsOldWhenAMigrationMadeIt() {
        assertThat(found("create table if not exists users (id int); drop table users")).hasSize(1);
        assertThat(found("create table if not exists fresh (id int); drop table fresh")).isEmpty();
        assertThat(found("create or replace view v as select 1; drop view v")).isEmpty();
    }

    @Test
    void aColumnAddedAndThenRequiredIsRequired() {
        assertThat(
                        found(
                                "alter table users add x int; update users set x = 1;"
                                        + " alter table users alter x set not null"))
                .extracting(Danger::kind)
                .containsExactly(Danger.Kind.REQUIRES);
        assertThat(
                        found(
                                "alter table users add x int default 1; alter table users alter x set not null"))
                .isEmpty();
        assertThat(
                        found(
                                "alter table users add x int not null default 1;"
                                        + " alter table users alter x drop default"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin if true then drop table users; end if; end $$",
                "do $$ begin for r in select 1 loop delete from users; end loop; end $$",
                "do $$ begin execute 'drop ' || 'table users'; end $$",
                "do $$ declare x int; begin perform cleanup(); end $$",
                "do language plpython3u $$ anything() $$",
                "create function f() returns void language plpgsql as $f$ begin execute 'x'; end $f$",
                "do 'begin drop table users; end'",
            })
    void aBlockHidesNothing(String sql) {
        assertThat(found(sql)).isNotEmpty();
    }

    @Test
    void charactersThatDeceiveAreNamedWithTheirCodePoints() {
        assertThat(found("create table \"us\u0435rs\" (id int)"))
                .extracting(Danger::kind)
                .containsExactly(Danger.Kind.DECEIVES);
        assertThat(found("create table \"users\u200B\" (id int)").getFirst().sentence())
                .contains("U+200B");
        assertThat(found("create table t (id int) -- \u202E"))
                .singleElement()
                .satisfies(danger -> assertThat(danger.sentence()).contains("U+202E"));
        assertThat(found("create table \"größe\" (\"имя\" text default '\u200D')")).isEmpty();
    }

    private static List<Danger> found(String sql) {
        return scan(migration("0001_new", sql));
    }

    private static List<Danger> scan(Migration... pending) {
        return DangerScan.of(List.of(BEFORE), List.of(pending));
    }

    private static Migration migration(String tag, String sql) {
        return Migration.of(tag, tag + ".sql", 1, Folders.bytes(sql));
    }
}
