package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Layout;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LedgerState.State;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.FenceEpoch;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.NpmFolder;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.catalog.CatalogLines;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.migration.rehearsal.Corpus.Subject;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Replays real projects' folders twice, migration by migration in rehearsals of their own and then
/// all in one, beside drizzle-orm's own migrator on a second database. After each migration both
/// databases hold the same schema and ledger. Needs Node and npm's registry.
@Tag("vendor")
class CorpusTest {
    private static final Map<Layout, NpmFolder> NPM = new EnumMap<>(Layout.class);
    private static final List<String> TABLE = new ArrayList<>();

    @TempDir private static Path npm;
    @TempDir private Path home;

    @BeforeAll
    static void head() {
        TABLE.add("folder | n | statements | result | tables | skipped by drizzle | equal | s");
    }

    @AfterAll
    static void print() {
        TABLE.forEach(System.out::println);
    }

    @TestFactory
    List<DynamicTest> everyFolderOfTheCorpus() throws IOException {
        var corpus = System.getProperty("slipway.corpus", "");
        Assumptions.assumeFalse(
                corpus.isEmpty(), "No folders to replay: -Dslipway.corpus=DIR names them.");
        var truth = System.getProperty("slipway.truth", "");
        var tests = new ArrayList<DynamicTest>();
        for (var subject :
                Corpus.in(
                        Path.of(corpus).toAbsolutePath(),
                        truth.isEmpty() ? Optional.empty() : Optional.of(Path.of(truth)))) {
            var place = home.resolve("subject-" + tests.size());
            tests.add(
                    DynamicTest.dynamicTest(
                            subject.name()
                                    + (subject.pre().isEmpty() ? "" : " after " + subject.pre()),
                            () -> replay(subject, place)));
        }
        assertThat(tests).as("folders in " + corpus).isNotEmpty();
        return tests;
    }

    private static void replay(Subject subject, Path place) throws Exception {
        long start = System.nanoTime();
        var growing = new GrowingFolder(subject.folder(), place.resolve("m"));
        // Roles belong to a cluster, and migrations make roles, so each replay has its own.
        try (var one = new TestDatabase(place.resolve("theirs"));
                var two = new TestDatabase(place.resolve("ours"));
                var three = new TestDatabase(place.resolve("together"))) {
            var theirs = database(one, subject);
            var replay = new Replay(two.postgres(), growing, theirs, database(two, subject));
            try (var drizzle =
                    new DrizzleProcess(npm(growing.whole().layout()), theirs.address())) {
                replay.oneByOne(drizzle);
            }
            replay.together(database(three, subject));
            TABLE.add(
                    String.format(
                            Locale.ROOT,
                            "%s | %d | %d | %s | %s | %s | yes, %d of %d | %.1f",
                            subject.name(),
                            growing.whole().migrations().size(),
                            growing.whole().migrations().stream()
                                    .mapToInt(each -> each.pieces().size())
                                    .sum(),
                            replay.result,
                            replay.result.equals("OK") ? replay.tables : "-",
                            replay.skipped,
                            replay.after.size(),
                            growing.whole().migrations().size(),
                            (System.nanoTime() - start) / 1e9));
            compare(subject, growing.whole(), replay);
        }
    }

    /// Owned by a role with the rights it has at Neon
    /// (https://neon.com/docs/manage/roles#the-neonsuperuser-role).
    private static TestDatabase.Database database(TestDatabase server, Subject subject)
            throws SQLException {
        var database = server.fresh();
        server.asSuperuser(
                database, "alter role " + database.address().user() + " createrole bypassrls");
        // The extension is the sandbox's; a GRANT ON ALL FUNCTIONS would meet its functions.
        server.asSuperuser(database, "drop extension if exists pg_stat_statements");
        // On a stock cluster it is who migrates, and migrations name it.
        server.asSuperuser(
                database, "create role postgres; grant postgres to " + database.address().user());
        if (!subject.pre().isEmpty()) {
            server.asSuperuser(database, subject.pre());
        }
        return database;
    }

    /// Holds what came out against what is known.
    private static void compare(Subject subject, MigrationFolder folder, Replay replay) {
        subject.known("n")
                .ifPresent(n -> assertThat(folder.migrations()).hasSize(Integer.parseInt(n)));
        subject.known("one_tx").ifPresent(known -> assertThat(replay.result).isEqualTo(known));
        subject.known("tables")
                .filter(known -> !known.equals("-"))
                .ifPresent(known -> assertThat(replay.tables).hasToString(known));
        subject.known("out_of_order_when")
                .ifPresent(known -> assertThat(String.join(",", replay.skipped)).isEqualTo(known));
    }

    private static NpmFolder npm(Layout layout) throws IOException, InterruptedException {
        var folder = NPM.get(layout);
        if (folder == null) {
            folder = new NpmFolder(npm.resolve(layout.name())).write("empty", "");
            folder.install(NpmFolder.drizzle(layout));
            NPM.put(layout, folder);
        }
        return folder;
    }

    /// One folder on two databases.
    private static final class Replay {
        private final Postgres postgres;
        private final GrowingFolder growing;
        private final TestDatabase.Database theirs;
        private final TestDatabase.Database ours;

        /// What the schema is after each migration that ran.
        private final List<List<String>> after = new ArrayList<>();

        private final List<String> skipped = new ArrayList<>();
        private String result = "OK";
        private long tables;

        Replay(
                Postgres postgres,
                GrowingFolder growing,
                TestDatabase.Database theirs,
                TestDatabase.Database ours) {
            this.postgres = postgres;
            this.growing = growing;
            this.theirs = theirs;
            this.ours = ours;
        }

        void oneByOne(DrizzleProcess drizzle) throws Exception {
            raiseFence(ours);
            int count = growing.whole().migrations().size();
            for (int i = 1; i <= count && result.equals("OK"); i++) {
                var folder = growing.grow(i);
                var migration = folder.migrations().getLast();
                var failed = drizzle.migrate(growing.path());
                if (state(folder).in(State.SKIPPED_BY_DRIZZLE).isEmpty()) {
                    var report =
                            new Rehearsal(postgres)
                                    .run(
                                            ours.address(),
                                            order(folder, List.of(migration)),
                                            MigrationListener.SILENT);
                    report.failure()
                            .ifPresent(failure -> {
                                result = sentence(failure);
                                assertThat(failed).isPresent();
                                assertThat(failure.message()).isEqualTo(failed.get().message());
                                assertThat(failure.sqlState()).isEqualTo(failed.get().code());
                                assertThat(failed.get().sql())
                                        .contains(
                                                migration
                                                        .statements()
                                                        .get(failure.statement() - 1)
                                                        .sql());
                            });
                    assertThat(failed.isPresent()).isEqualTo(report.failure().isPresent());
                } else {
                    assertThat(failed).isEmpty();
                    same(migration);
                    skipped.add(migration.tag());
                    repair(theirs, migration);
                    repair(ours, migration);
                }
                var lines = same(migration);
                if (result.equals("OK")) {
                    after.add(lines);
                    tables = lines.stream().filter(line -> line.startsWith("table ")).count();
                }
            }
        }

        /// All of it in one transaction, as a database that was empty gets it.
        void together(TestDatabase.Database database) throws Exception {
            raiseFence(database);
            var step = new ArrayList<List<String>>();
            var listener =
                    new MigrationListener() {
                        private Optional<Connection> connection = Optional.empty();

                        @Override
                        public void began(Connection batch) {
                            connection = Optional.of(batch);
                        }

                        @Override
                        public void migrated(String tag) {
                            try {
                                step.add(
                                        CatalogLines.of(
                                                CatalogReader.read(
                                                        connection.orElseThrow(),
                                                        LedgerTable.DEFAULT)));
                            } catch (SQLException e) {
                                throw new AssertionError(e);
                            }
                        }
                    };
            var report =
                    new Rehearsal(postgres)
                            .run(
                                    database.address(),
                                    order(growing.whole(), growing.whole().migrations()),
                                    listener);
            assertThat(report.failure().map(Replay::sentence).orElse("OK")).isEqualTo(result);
            assertThat(step).hasSameSizeAs(after);
            for (int i = 0; i < step.size(); i++) {
                assertThat(step.get(i))
                        .as(growing.whole().migrations().get(i).tag())
                        .isEqualTo(after.get(i));
            }
        }

        /// As the table of known results writes it, which numbers statements from zero.
        private static String sentence(RehearsalReport.Failed failure) {
            return "FAIL at "
                    + failure.tag()
                    + " stmt#"
                    + (failure.statement() - 1)
                    + ": "
                    + failure.message();
        }

        private LedgerState state(MigrationFolder folder) throws SQLException {
            return LedgerState.of(folder, ledger(ours));
        }

        /// Schema and ledger of both databases are the same.
        private List<String> same(Migration migration) throws SQLException {
            assertThat(rows(ours)).as(migration.tag()).isEqualTo(rows(theirs));
            var lines = lines(ours);
            assertThat(lines).as(migration.tag()).isEqualTo(lines(theirs));
            return lines;
        }

        private static List<String> lines(TestDatabase.Database database) throws SQLException {
            try (var connection = database.connect("test")) {
                return CatalogLines.of(CatalogReader.read(connection, LedgerTable.DEFAULT));
            }
        }

        private static Ledger ledger(TestDatabase.Database database) throws SQLException {
            try (var connection = database.connect("test")) {
                return LedgerReader.read(connection, LedgerTable.DEFAULT);
            }
        }

        private static List<String> rows(TestDatabase.Database database) throws SQLException {
            return ledger(database).rows().stream()
                    .map(row -> row.hash() + " " + row.createdAt() + " " + row.name())
                    .toList();
        }

        /// What an operator does about a migration that Drizzle leaves out for ever: runs it, and
        /// writes it down.
        private static void repair(TestDatabase.Database database, Migration migration)
                throws SQLException {
            try (var connection = database.connect("test");
                    var statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                connection.setAutoCommit(false);
                for (var each : migration.statements()) {
                    statement.execute(each.sql());
                }
                statement.execute(
                        "insert into drizzle.__drizzle_migrations (hash, created_at) values ('"
                                + migration.hash()
                                + "', "
                                + migration.when()
                                + ")");
                connection.commit();
            }
        }

        private static void raiseFence(TestDatabase.Database database) throws SQLException {
            try (var connection = database.connect("test")) {
                Fence.raise(connection, "production", 1);
            }
        }

        private static MigrationOrder order(MigrationFolder folder, List<Migration> planned) {
            return new MigrationOrder(
                    folder,
                    LedgerTable.DEFAULT,
                    planned.stream().map(Planned::of).toList(),
                    "slipway corpus",
                    new FenceEpoch("production", 1),
                    new LockRetry(
                            Duration.ofSeconds(2),
                            1,
                            Duration.ofMillis(20),
                            Duration.ofMillis(100)),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(2));
        }
    }
}
