package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Folders;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.TestDatabase;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.release.step.Migrate;
import dev.slipway.release.step.MigrateAlone;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Statements that run outside of a transaction, in a real database, by an operation that dies after
/// a write of its journal, or between a change and the write that tells its answer. Each boundary is a
/// database of its own, so a build plays every third; `-Dslipway.boundaries=1` plays all of them.
class LoneStatementCrashTest {
    private static final int STEP = Integer.getInteger("slipway.boundaries", 3);
    private static final String BASE =
            "create type status as enum ('a');"
                    + " create table t (a int, s status); create table told (what text);"
                    + " create index old_i on t (s); insert into t select 1 from generate_series(1, 9)";
    private static final MigrationFolder FOLDER =
            Folders.read(
                    Folders.journal(
                            "0000_base",
                            BASE,
                            "0001_index",
                            "create index concurrently i on t (a); drop index concurrently old_i",
                            "0002_label",
                            "alter type status add value 'x'; insert into told values ('0002');"
                                    + " update t set s = 'x'",
                            "0003_more",
                            "insert into told values ('0003')"));

    private static TestDatabase server;
    private static TestDatabase.Database made;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = new TestDatabase(home);
        made = server.fresh();
        try (var connection = made.connect("test")) {
            dev.slipway.postgres.Fence.raise(connection, "production", 0);
        }
        migrate(made, FOLDER.migrations().subList(0, 1).stream().map(Planned::of).toList());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    enum Story {
        KIND,
        /// Somebody's attempt has left an index that is not valid.
        LEFTOVER
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void aCrashAtAnyBoundaryHasNoDoubleEffect(Story story) throws Exception {
        var boundary = 0;
        while (crashed(story, boundary)) {
            boundary += STEP;
        }
        assertThat(boundary).as("boundaries").isGreaterThan(story == Story.KIND ? 25 : 35);
    }

    /// Plays the story with a crash at `boundary`; false when there is no such boundary.
    private static boolean crashed(Story story, int boundary) throws Exception {
        var what = story + " with a crash at boundary " + boundary;
        var database = server.copy(made);
        if (story == Story.LEFTOVER) {
            leaveInvalid(database);
        }
        var plan = plan();
        var stage = new Stage();
        stage.works = works(database);
        try (var journal = SqliteJournal.inMemory(plan.world())) {
            stage.journal = new Cutting(journal, boundary);
            boolean cut = false;
            Action.End end;
            try {
                end = stage.play(plan);
            } catch (PowerCut e) {
                cut = true;
                stage.journal = journal;
                end =
                        journal.plan(plan.id()).isEmpty()
                                ? stage.play(plan)
                                : RunState.of(plan, journal.entries(plan.id()))
                                        .end()
                                        .orElseGet(() ->
                                                stage.play(
                                                        stage.resume(
                                                                plan, Event.Decision.CONTINUE)));
            }
            assertThat(end.state())
                    .as(what + ": " + end.reason())
                    .isEqualTo(OperationState.SUCCEEDED);
            holds(database, what);
            return cut;
        } finally {
            server.drop(database);
        }
    }

    private static void holds(TestDatabase.Database database, String what) throws Exception {
        assertThat(database.one("select string_agg(what, ' ' order by what) from told"))
                .as(what)
                .isEqualTo("0002 0003");
        assertThat(
                        database.one(
                                "select string_agg(c.relname || ' ' || i.indisvalid, ', ') from"
                                        + " pg_index i join pg_class c on c.oid = i.indexrelid where"
                                        + " i.indrelid = 't'::regclass"))
                .as(what)
                .isEqualTo("i true");
        assertThat(database.one("select count(*)::text from t where s = 'x'")).isEqualTo("9");
        assertThat(
                        database.one(
                                "select string_agg(hash || ' ' || created_at, ', ' order by id) from"
                                        + " drizzle.__drizzle_migrations"))
                .as(what)
                .isEqualTo(
                        FOLDER.migrations().stream()
                                .map(each -> each.hash() + " " + each.when())
                                .reduce((a, b) -> a + ", " + b)
                                .orElseThrow());
        try (var connection = database.connect("reader")) {
            var state = LedgerState.of(FOLDER, LedgerReader.read(connection, LedgerTable.DEFAULT));
            assertThat(state.clean()).as(what).isTrue();
            assertThat(state.pending()).as(what).isEmpty();
        }
    }

    /// The index of 0001 as a unique one, which the rows do not allow.
    private static void leaveInvalid(TestDatabase.Database database) throws SQLException {
        try {
            database.execute("create unique index concurrently i on t (a)");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("23505");
        }
        assertThat(
                        database.one(
                                "select indisvalid::text from pg_index where indexrelid = 'i'::regclass"))
                .isEqualTo("false");
    }

    @Test
    void aStatementThatFailsStopsAndLeavesNoUnfinishedIndex() throws Exception {
        var database = server.copy(made);
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_base",
                                BASE,
                                "0001_once",
                                "create unique index concurrently once on t (a)"));
        var steps =
                List.of(
                        alone(folder, 1, 1, "migrate.apply"),
                        together(folder, "migrate.apply", List.of(1), 1, false),
                        discard(folder, 1, 1));
        var plan = plan(steps);
        var stage = new Stage();
        stage.works = works(database, folder);
        var end = stage.play(plan);

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.reason()).contains("0001_once, statement 1 of 1", "could not create unique");
        assertThat(database.one("select to_regclass('once')::text")).isNull();
        assertThat(database.one("select count(*)::text from drizzle.__drizzle_migrations"))
                .isEqualTo("1");
    }

    @Test
    void anIndexOfThatNameThatSomebodyElseMadeStopsBeforeAnythingIsSent() throws Exception {
        var database = server.copy(made);
        database.execute("create index i on t (s)");
        var stage = new Stage();
        stage.works = works(database);
        var end = stage.play(plan());

        assertThat(end.state()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.reason()).contains("There is index i already", "IF NOT EXISTS");
    }

    private static Plan plan() {
        return plan(
                List.of(
                        alone(FOLDER, 1, 1, "migrate.statement-12"),
                        alone(FOLDER, 1, 2, "migrate.apply-3"),
                        together(FOLDER, "migrate.apply-3", List.of(1), 2, true),
                        alone(FOLDER, 2, 1, "migrate.apply"),
                        together(FOLDER, "migrate.apply", List.of(2, 3), 1, false),
                        discard(FOLDER, 1, 1)));
    }

    private static Plan plan(List<PlanStep> steps) {
        return Plan.of(
                "0123456789ab",
                "promotion",
                "r42",
                "world-1",
                Instant.parse("2026-11-20T13:59:00Z"),
                Map.of("environment", "production"),
                steps);
    }

    private static PlanStep together(
            MigrationFolder folder, String key, List<Integer> which, int skipped, boolean more) {
        var parameters = parameters(folder, which);
        parameters.put("skipped", "" + skipped);
        if (more) {
            parameters.put("more", "1");
        }
        return PlanStep.mutation(key, Provider.POSTGRES, parameters);
    }

    private static PlanStep alone(MigrationFolder folder, int which, int number, String next) {
        var parameters = parameters(folder, List.of(which));
        parameters.put("statement", "" + number);
        return PlanStep.mutation(
                        "migrate.statement-" + (which * 10 + number), Provider.POSTGRES, parameters)
                .lasting(new PlanStep.Lasting.Until(next));
    }

    private static PlanStep discard(MigrationFolder folder, int which, int number) {
        var parameters = parameters(folder, List.of(which));
        parameters.put("statement", "" + number);
        parameters.put("of", "migrate.statement-" + (which * 10 + number));
        return PlanStep.mutation(
                        "discard-unfinished." + (which * 10 + number),
                        Provider.POSTGRES,
                        parameters)
                .onFailure(new PlanStep.OnFailure.WarnOnly())
                .lasting(new PlanStep.Lasting.Once())
                .atTheEnd();
    }

    private static Map<String, String> parameters(MigrationFolder folder, List<Integer> which) {
        var some = which.stream().map(folder.migrations()::get).toList();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("branch", "br-production");
        parameters.put("tree", "tree");
        parameters.put("schema", LedgerTable.DEFAULT.schema());
        parameters.put("table", LedgerTable.DEFAULT.table());
        parameters.put("pending", String.join(",", some.stream().map(m -> m.tag()).toList()));
        parameters.put("hashes", String.join(",", some.stream().map(m -> m.hash()).toList()));
        return parameters;
    }

    private static StepWorks works(TestDatabase.Database database) {
        return works(database, FOLDER);
    }

    private static StepWorks works(TestDatabase.Database database, MigrationFolder folder) {
        var migrate =
                new Migrate(
                        server.postgres(),
                        new DrizzleMigrator(server.postgres()),
                        _ -> secret(database),
                        _ -> folder,
                        false);
        return (_, step) ->
                step.group().equals("discard-unfinished")
                        ? new MigrateAlone.Discard(migrate)
                        : step.parameters().containsKey("statement")
                                ? new MigrateAlone(migrate)
                                : migrate;
    }

    private static Secret secret(TestDatabase.Database database) {
        var address = database.address();
        return Secret.of(
                "postgresql://"
                        + address.user()
                        + ":"
                        + java.net.URLEncoder.encode(
                                        address.password().reveal(),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                .replace("+", "%20")
                        + "@"
                        + address.host()
                        + ":"
                        + address.port()
                        + "/"
                        + address.database()
                        + "?sslmode=require");
    }

    private static void migrate(TestDatabase.Database database, List<Planned> planned)
            throws InterruptedException {
        new DrizzleMigrator(server.postgres())
                .run(
                        database.address(),
                        new MigrationOrder(
                                FOLDER,
                                LedgerTable.DEFAULT,
                                new ArrayList<>(planned),
                                "setup",
                                new FenceEpoch("production", 0),
                                new LockRetry(
                                        Duration.ofSeconds(1),
                                        1,
                                        Duration.ofMillis(20),
                                        Duration.ofMillis(100)),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1)),
                        MigrationListener.SILENT);
    }

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// What lies between two writes and is no change can be looked at any number of times.
    private static final class Cutting implements Journal {
        private final Journal journal;
        private int left;

        Cutting(Journal journal, int boundary) {
            this.journal = journal;
            this.left = boundary;
        }

        @Override
        public Entry begin(Plan plan, Event.Started started, Moment at) {
            var entry = journal.begin(plan, started, at);
            cut();
            return entry;
        }

        @Override
        public Entry append(String plan, Event event, Moment at) {
            if (event instanceof Event.Answered) {
                cut();
            }
            var entry = journal.append(plan, event, at);
            cut();
            return entry;
        }

        @Override
        public List<Entry> entries(String plan) {
            return journal.entries(plan);
        }

        @Override
        public java.util.Optional<Plan> plan(String id) {
            return journal.plan(id);
        }

        private void cut() {
            if (left-- == 0) {
                throw new PowerCut();
            }
        }
    }
}
