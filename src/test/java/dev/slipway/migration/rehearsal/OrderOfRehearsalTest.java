package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.migration.verdict.Order.Kind;
import dev.slipway.migration.verdict.Verdict;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.postgres.Fence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which order follows from what was measured.
class OrderOfRehearsalTest {
    private static final String BASE =
            "create table \"user\" (id int primary key, \"fullName\" text);"
                    + " insert into \"user\" select i, 'x' from generate_series(1, 5) i;"
                    + " create table empty (id int, kind text);"
                    + " create table watched (id int); insert into watched values (1);"
                    + " create function touch() returns trigger language plpgsql as $$ begin return"
                    + " new; end $$; create trigger touched before update on watched for each row"
                    + " execute function touch()";

    private static TestDatabase server;
    private static TestDatabase.Database base;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        base = server.fresh();
        try (var connection = base.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        new DrizzleMigrator(server.postgres())
                .run(
                        base.address(),
                        RehearsalCasesTest.order(
                                Folders.read(Folders.journal("0000_base", BASE)), 0),
                        MigrationListener.SILENT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fillingAColumnThatIsNewIsShownAndRunsBeforeTheCode() throws Exception {
        var verdict =
                verdict(
                        "alter table \"user\" add \"displayName\" text; update \"user\" set"
                                + " \"displayName\" = \"fullName\"");

        assertThat(verdict.order().kind()).isEqualTo(Kind.SCHEMA_FIRST);
        assertThat(verdict.fit().liveOnNew().answer()).isEqualTo(Answer.YES);
        assertThat(verdict.sentence())
                .contains(
                        "Table \"user\" gets 5 rows changed, in columns that are new; who writes"
                                + " these rows waits meanwhile.");
    }

    @Test
    void fillingItInALaterMigrationOfTheSameSetIsNoOther() throws Exception {
        assertThat(
                        verdict(
                                        "alter table \"user\" add nick text",
                                        "update \"user\" set nick = 'n'")
                                .order()
                                .before())
                .containsExactly("0001_case", "0002_case");
    }

    @Test
    void whatLiveCodeReadsIsNotFilled() throws Exception {
        var verdict =
                verdict(
                        "alter table \"user\" add nick text; update \"user\" set nick = 'n',"
                                + " \"fullName\" = 'secret'");

        assertThat(verdict.order().kind()).isEqualTo(Kind.NONE);
        assertThat(verdict.order().sentence())
                .contains("move statement 2 (update \"user\" set nick = '…'", "leave what adds")
                .doesNotContain("secret");
    }

    @Test
    void whatMayActOnTheRowsIsNotTrusted() throws Exception {
        assertThat(
                        verdict("alter table watched add note text; update watched set note = 'n'")
                                .order()
                                .kind())
                .isEqualTo(Kind.NONE);
    }

    @Test
    void anUpdateThatFoundNoRowsCountsByWhatItIsWrittenFor() throws Exception {
        assertThat(verdict("update empty set kind = 'a'").order().kind())
                .isEqualTo(Kind.CODE_FIRST);
        assertThat(verdict("alter table empty add x int; update empty set x = 1").order().kind())
                .isEqualTo(Kind.SCHEMA_FIRST);
        assertThat(verdict("update \"user\" set \"fullName\" = 'a' where id = 99").order().kind())
                .as("a name that SQL has to quote")
                .isEqualTo(Kind.CODE_FIRST);
    }

    @Test
    void anIndexBuiltConcurrentlyRunsBeforeTheCode() throws Exception {
        var verdict = verdict("create index concurrently named on \"user\" (\"fullName\")");
        assertThat(verdict.order().kind()).isEqualTo(Kind.SCHEMA_FIRST);
        assertThat(verdict.fit().liveOnNew().answer()).isEqualTo(Answer.YES);
    }

    /// The statements kaneo's 0039 is made of, before one that the new code needs.
    @Test
    void aBreakBeforeWhatTheNewCodeNeedsIsRefusedWithTheStatementsToMove() throws Exception {
        var verdict =
                verdict(
                        "alter table empty add user_id int;--> statement-breakpoint\nupdate empty e"
                                + " set user_id = u.id from \"user\" u where u.id ="
                                + " e.id;--> statement-breakpoint\ndelete from empty where user_id is"
                                + " null;--> statement-breakpoint\nalter table empty alter user_id set"
                                + " not null;--> statement-breakpoint\ncreate index by_user on empty"
                                + " (user_id)",
                        "create table avatar (id int)");

        assertThat(verdict.order().kind()).isEqualTo(Kind.NONE);
        assertThat(verdict.order().sentence())
                .contains(
                        "move statement 3 (delete from empty where user_id is null), 4 (alter table"
                                + " empty alter user_id set not null) to a migration of the next"
                                + " release");
    }

    private static Verdict verdict(String... migrations) throws Exception {
        var folder = new ArrayList<>(List.of("0000_base", BASE));
        for (int i = 0; i < migrations.length; i++) {
            folder.add("000" + (i + 1) + "_case");
            folder.add(migrations[i]);
        }
        var database = server.copy(base);
        try {
            var report =
                    new Rehearsal(server.postgres())
                            .run(
                                    database.address(),
                                    RehearsalCasesTest.order(
                                            Folders.read(
                                                    Folders.journal(folder.toArray(String[]::new))),
                                            1),
                                    MigrationListener.SILENT);
            assertThat(report.failure()).isEmpty();
            assertThat(report.findings())
                    .filteredOn(finding -> finding.unread())
                    .allMatch(finding -> finding.change() == ChangeClass.DATA);
            return Verdict.of(
                    report,
                    new WorkloadReport(
                            0,
                            Optional.empty(),
                            Instant.EPOCH,
                            0,
                            0,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of()),
                    Set.of(),
                    Judgement.unknown("Not tried."),
                    Judgement.unknown("Not tried."));
        } finally {
            server.drop(database);
        }
    }
}
