package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LedgerState.State;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.rehearsal.Effects.Found;
import dev.slipway.postgres.Fence;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A migration that was merged behind a younger one: run late, or found to be there.
class SkippedMigrationTest {
    private static final MigrationFolder FOLDER =
            Folders.read(
                    Folders.journal(
                            "0000_base",
                            "create table t (a int)",
                            "0001_late",
                            "alter table t add b int; create index concurrently_not on t (b);"
                                    + " update t set b = 1; drop table if exists old",
                            "0002_newer",
                            "alter table t add c int"));

    private static TestDatabase server;
    private TestDatabase.Database database;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// As if 0001 had not been there when 0002 ran.
    @BeforeEach
    void skipped() throws Exception {
        database = server.fresh();
        try (var connection = database.connect("test")) {
            Fence.raise(connection, "production", 1);
        }
        var without =
                Folders.read(
                        Folders.journal("0000_base", "create table t (a int)", "0001_late", ""));
        run(RehearsalCasesTest.order(without, 0).only(planned(without, 0), 0));
        database.execute(
                "alter table t add c int; insert into drizzle.__drizzle_migrations (hash, created_at)"
                        + " values ('"
                        + FOLDER.migrations().get(2).hash()
                        + "', "
                        + FOLDER.migrations().get(2).when()
                        + "); insert into t values (7)");
        assertThat(state().in(State.SKIPPED_BY_DRIZZLE))
                .containsExactly(FOLDER.migrations().get(1));
    }

    @Test
    void itIsRunLateWithItsOwnTimeAndDrizzleSeesNothingPending() throws Exception {
        assertThatThrownBy(() -> run(late(0).only(planned(FOLDER, 2), 0)))
                .hasMessageContaining("other migrations skipped than the plan");

        var report =
                new Rehearsal(server.postgres())
                        .run(database.address(), late(0), MigrationListener.SILENT);

        assertThat(report.failure()).isEmpty();
        assertThat(database.one("select b::text from t")).isEqualTo("1");
        holds();
    }

    @Test
    void itIsRecordedWithoutRunning() throws Exception {
        run(late(FOLDER.migrations().get(1).statements().size()));

        assertThat(
                        database.one(
                                "select count(*)::text from pg_attribute where attrelid ="
                                        + " 't'::regclass and attname = 'b'"))
                .isEqualTo("0");
        holds();
    }

    @Test
    void whatItDoesIsFoundStatementByStatement() throws Exception {
        assertThat(effects()).extracting(Found::there).containsExactly(false, false, false, true);
    }

    @Test
    void whatWasDoneByHandIsThere() throws Exception {
        database.execute("alter table t add b int; create index concurrently_not on t (b)");
        database.execute("delete from t");
        assertThat(effects())
                .extracting(Found::reason)
                .containsExactly(
                        "fails with 42701: column \"b\" of relation \"t\" already exists",
                        "fails with 42P07: relation \"concurrently_not\" already exists",
                        "changes nothing",
                        "changes nothing");
        assertThat(effects()).allMatch(Found::there);
    }

    @Test
    void rowsItWouldChangeAreNotThere() throws Exception {
        database.execute("alter table t add b int; create index concurrently_not on t (b)");
        assertThat(effects())
                .filteredOn(each -> !each.there())
                .extracting(Found::reason)
                .containsExactly("changes rows of t");
    }

    /// What drizzle-orm 0.x compares with is the greatest created_at, wherever its row is.
    private void holds() throws Exception {
        var state = state();
        assertThat(state.clean()).isTrue();
        assertThat(state.pending()).isEmpty();
        assertThat(
                        database.one(
                                "select hash || ' ' || created_at from drizzle.__drizzle_migrations"
                                        + " order by id desc limit 1"))
                .isEqualTo(
                        FOLDER.migrations().get(1).hash()
                                + " "
                                + FOLDER.migrations().get(1).when());
        assertThat(
                        database.one(
                                "select created_at::text from drizzle.__drizzle_migrations order by"
                                        + " created_at desc limit 1"))
                .isEqualTo("" + FOLDER.migrations().get(2).when());
    }

    private List<Found> effects() {
        return new Effects(server.postgres())
                .of(database.address(), LedgerTable.DEFAULT, FOLDER.migrations().get(1));
    }

    private static List<Planned> planned(MigrationFolder folder, int which) {
        return List.of(Planned.of(folder.migrations().get(which)));
    }

    private static MigrationOrder late(int skipped) {
        return RehearsalCasesTest.order(FOLDER, 0).only(planned(FOLDER, 1), skipped).ofSkipped();
    }

    private void run(MigrationOrder order) throws InterruptedException {
        new DrizzleMigrator(server.postgres())
                .run(database.address(), order, MigrationListener.SILENT);
    }

    private LedgerState state() throws Exception {
        try (var connection = database.connect("reader")) {
            return LedgerState.of(FOLDER, LedgerReader.read(connection, LedgerTable.DEFAULT));
        }
    }
}
