package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.RunPlan.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlanTest {
    private static final String INDEX = "create index concurrently i on t (a)";

    @Test
    void whatRunsInATransactionRunsInOne() {
        var plan = plan("0000_a", "create table t (a int)", "0001_b", "alter table t add b int");
        assertThat(parts(plan)).containsExactly("0000_a+0001_b");
        assertThat(plan.drizzles()).isTrue();
    }

    @Test
    void anIndexBuiltConcurrentlyRunsBetweenWhatCameBeforeAndItsLedgerRow() {
        var plan =
                plan(
                        "0000_a",
                        "create table t (a int)",
                        "0001_i",
                        INDEX,
                        "0002_c",
                        "alter table t add c int");
        assertThat(parts(plan)).containsExactly("0000_a", "0001_i/1", "0001_i(1)+0002_c");
        assertThat(plan.untransactional())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.number()).isEqualTo(1);
                    assertThat(each.reason()).contains("25001");
                    assertThat(each.refused()).isFalse();
                });
    }

    @Test
    void eachLoneStatementOfAFileIsAPartOfItsOwn() {
        var plan =
                plan("0001_i", INDEX + "; drop index concurrently if exists j; vacuum analyze t");
        assertThat(parts(plan)).containsExactly("0001_i/1", "0001_i/2", "0001_i/3", "0001_i(3)");
    }

    @Test
    void whatFollowsALoneStatementRunsWithTheLedgerRow() {
        assertThat(parts(plan("0001_i", INDEX + "; alter table t add constraint u unique (b)")))
                .containsExactly("0001_i/1", "0001_i(1)");
    }

    @Test
    void aLoneStatementBehindOthersIsRefusedWithTheSplit() {
        var plan = plan("0000_a", "create table t (a int); " + INDEX);
        assertThat(plan.parts()).isEmpty();
        assertThat(plan.refused())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.tag()).isEqualTo("0000_a");
                    assertThat(each.number()).isEqualTo(2);
                    assertThat(each.remedy())
                            .contains(
                                    "Split 0000_a: move statement 2 to a migration of its own behind"
                                            + " it");
                });
    }

    @Test
    void aLabelUsedInALaterFileIsCommittedBefore() {
        var plan =
                plan(
                        "0000_a",
                        "create table t (a int); alter type status add value 'invited'",
                        "0001_b",
                        "update users set status = 'invited'",
                        "0002_c",
                        "alter table t add c int");
        assertThat(parts(plan)).containsExactly("0000_a", "0001_b+0002_c");
        assertThat(plan.untransactional())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.tag()).isEqualTo("0001_b");
                    assertThat(each.reason()).contains("'invited'", "0000_a", "55P04");
                });
    }

    @Test
    void aLabelUsedInItsOwnFileIsAddedAlone() {
        var plan =
                plan(
                        "0000_a",
                        "alter type \"Status\" add value if not exists 'invited' before 'active';"
                                + " update users set status = 'invited'");
        assertThat(parts(plan)).containsExactly("0000_a/1", "0000_a(1)");
        assertThat(((Part.Apart) plan.parts().getFirst()).statement().goal())
                .isEqualTo(new LoneStatement.Goal.Label("\"Status\"", "invited"));
    }

    @Test
    void aLabelBehindOthersStaysInTheTransactionForTheServerToJudge() {
        var plan =
                plan(
                        "0000_a",
                        "create table t (a int); alter type s add value 'x'; insert into notes"
                                + " values ('x')");
        assertThat(plan.drizzles()).isTrue();
        assertThat(parts(plan)).containsExactly("0000_a");
    }

    @Test
    void aLabelOfTheSameNameOfAnotherTypeIsNoUseOfIt() {
        assertThat(
                        plan(
                                        "0000_a",
                                        "alter type s add value 'x'; alter type t add value 'x'; create"
                                                + " type u as enum ('x')",
                                        "0001_b",
                                        "alter type v add value 'x'; create type w as enum ('x')")
                                .drizzles())
                .isTrue();
    }

    @Test
    void aLabelOfATypeMadeInTheSameTransactionMayBeUsed() {
        assertThat(
                        plan(
                                        "0000_a",
                                        "create type status as enum ('a')",
                                        "0001_b",
                                        "alter type status add value 'b'; create table t (s status"
                                                + " default 'b')")
                                .drizzles())
                .isTrue();
        assertThat(
                        parts(
                                plan(
                                        "0000_a",
                                        "create type status as enum ('a')",
                                        "0001_b",
                                        INDEX,
                                        "0002_c",
                                        "alter type status add value 'b'; create table t (s status"
                                                + " default 'b')")))
                .as("the index needs a commit between, but not this label")
                .containsExactly("0000_a", "0001_b/1", "0001_b(1)", "0002_c/1", "0002_c(1)");
    }

    @Test
    void whatARefreshedViewDoesConcurrentlyItMayDoAnywhere() {
        assertThat(plan("0000_a", "refresh materialized view concurrently v").drizzles()).isTrue();
        assertThat(
                        plan("0000_a", "reindex table t; create index concurrently_i on t (a)")
                                .drizzles())
                .isTrue();
        assertThat(
                        plan(
                                        "0000_a",
                                        "savepoint s; rollback to s; prepare p as select 1; create"
                                                + " function f() returns int begin atomic select 1; end")
                                .drizzles())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create index concurrently on t (a) | a name",
                "vacuum | Name the table",
                "vacuum full t | VACUUM FULL",
                "vacuum (full) t | VACUUM FULL",
                "vacuum t, u | one VACUUM for each",
                "reindex schema public | each table",
                "reindex (concurrently) database shop | each table",
                "create database d | by hand",
                "drop tablespace x | by hand",
                "alter system set work_mem = '1GB' | by hand",
                "cluster | each table",
                "commit | Leave it out",
                "BEGIN ISOLATION LEVEL SERIALIZABLE | Leave it out",
                "start transaction | Leave it out",
                "end work | Leave it out",
                "rollback | Leave it out",
                "prepare transaction 'x' | Leave it out",
            })
    void whatNobodyCouldSeeDoneIsRefused(String sql, String advice) {
        assertThat(plan("0000_a", sql).refused())
                .singleElement()
                .satisfies(each -> assertThat(each.remedy()).contains(advice));
    }

    @Test
    void namesAreReadAsWritten() {
        assertThat(
                        goal(
                                "create unique index concurrently if not exists \"My\"\"i\" on only s.T (a)"))
                .isEqualTo(new LoneStatement.Goal.Index("\"My\"\"i\"", "s.t"));
        assertThat(goal("drop index concurrently s.i"))
                .isEqualTo(new LoneStatement.Goal.NoIndex("s.i"));
        assertThat(goal("reindex (verbose) index concurrently i"))
                .isEqualTo(new LoneStatement.Goal.NewIndex("i"));
        assertThat(goal("reindex (concurrently) table t"))
                .isEqualTo(new LoneStatement.Goal.NewIndexes("t"));
        assertThat(goal("alter table logs detach partition jan concurrently"))
                .isEqualTo(new LoneStatement.Goal.Detached("logs", "jan"));
        assertThat(goal("vacuum (analyze, verbose) \"T\" (a)"))
                .isEqualTo(new LoneStatement.Goal.Vacuumed("\"T\""));
    }

    /// Whatever the migrations: each statement runs once, in the written order; a migration's row is
    /// written once and after all of it; nothing that must run alone is in a transaction.
    @Test
    void nothingIsLostTwiceOrTurnedRound() {
        var texts =
                List.of(
                        INDEX,
                        "create table t (a int)",
                        "alter type s add value 'x'",
                        "update u set s = 'x'",
                        "vacuum t",
                        "create type s as enum ('a')",
                        "drop index concurrently j",
                        "select 1");
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            var folder = new ArrayList<String>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                folder.add("%04d".formatted(i));
                folder.add(
                        String.join(
                                ";",
                                IntStream.range(0, random.nextInt(4))
                                        .mapToObj(_ -> texts.get(random.nextInt(texts.size())))
                                        .toList()));
            }
            var migrations =
                    Folders.read(Folders.journal(folder.toArray(String[]::new))).migrations();
            var plan = RunPlan.of(migrations);
            if (!plan.refused().isEmpty()) {
                assertThat(plan.parts()).isEmpty();
                continue;
            }
            var ran = new ArrayList<String>();
            var written = new ArrayList<String>();
            for (var part : plan.parts()) {
                switch (part) {
                    case Part.Apart(_, var lone) -> ran.add(lone.sql());
                    case Part.Together(var together, var skipped) -> {
                        for (int i = 0; i < together.size(); i++) {
                            var statements = together.get(i).statements();
                            var rest = statements.subList(i == 0 ? skipped : 0, statements.size());
                            assertThat(rest)
                                    .as("seed " + seed)
                                    .noneMatch(each -> LoneReader.of(each.tokens()).isPresent());
                            rest.forEach(each -> ran.add(each.sql()));
                            written.add(together.get(i).tag());
                            assertThat(ran)
                                    .as("seed " + seed + ": the row comes last")
                                    .endsWith(
                                            statements.stream()
                                                    .map(SqlStatement::sql)
                                                    .toArray(String[]::new));
                        }
                    }
                }
            }
            assertThat(written)
                    .as("seed " + seed)
                    .containsExactlyElementsOf(migrations.stream().map(Migration::tag).toList());
            assertThat(ran)
                    .as("seed " + seed)
                    .containsExactlyElementsOf(
                            migrations.stream()
                                    .flatMap(each -> each.statements().stream())
                                    .map(SqlStatement::sql)
                                    .toList());
        }
    }

    private static LoneStatement.Goal goal(String sql) {
        return ((Part.Apart) plan("0000_a", sql).parts().getFirst()).statement().goal();
    }

    private static List<String> parts(RunPlan plan) {
        return plan.parts().stream()
                .map(part ->
                        switch (part) {
                            case Part.Apart(var migration, var lone) ->
                                    migration.tag() + "/" + lone.number();
                            case Part.Together(var together, var skipped) ->
                                    together.getFirst().tag()
                                            + (skipped == 0 ? "" : "(" + skipped + ")")
                                            + together.stream()
                                                    .skip(1)
                                                    .map(each -> "+" + each.tag())
                                                    .reduce("", String::concat);
                        })
                .toList();
    }

    private static RunPlan plan(String... folder) {
        return RunPlan.of(Folders.read(Folders.journal(folder)).migrations());
    }
}
