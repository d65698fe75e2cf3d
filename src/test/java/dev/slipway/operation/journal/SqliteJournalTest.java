package dev.slipway.operation.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepScope;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteJournalTest {
    private static final String WORLD = "world-1";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir Path folder;
    private Path file = Path.of("");
    private long time;

    @BeforeEach
    void place() {
        file = folder.resolve("home").resolve("journal.db");
    }

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() {
        var events = everyEvent();
        var written = new ArrayList<Entry>();
        try (var journal = SqliteJournal.open(file, WORLD)) {
            written.add(journal.begin(plan("aaaaaaaaaaaa"), started("s1"), at()));
            for (var event : events) {
                written.add(journal.append("aaaaaaaaaaaa", event, at()));
            }
        }

        try (var journal = SqliteJournal.open(file, WORLD)) {
            assertThat(journal.entries("aaaaaaaaaaaa")).isEqualTo(written);
            assertThat(journal.plan("aaaaaaaaaaaa")).contains(plan("aaaaaaaaaaaa"));
            assertThat(journal.plan("bbbbbbbbbbbb")).isEmpty();
            assertThat(journal.head()).isEqualTo(written.getLast().hash());
        }
    }

    @Test
    void onlyItsOwnerMayRead() throws Exception {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        try (var journal = SqliteJournal.open(file, WORLD)) {
            journal.begin(plan("aaaaaaaaaaaa"), started("s1"), at());
            assertThat(rights(file)).isEqualTo("rw-------");
            assertThat(rights(file.resolveSibling("journal.db-wal"))).isEqualTo("rw-------");
            assertThat(rights(file.getParent())).isEqualTo("rwx------");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update event set payload = '{}' where seq = 2",
                "delete from event where seq = 2",
                "delete from event",
                "update plan set body = '{}'",
                "delete from plan",
                "insert into event select 9, plan, step, attempt, type, wall, mono, boot_id,"
                        + " payload, prev_hash, hash from event where seq = 2",
                "insert or replace into event select 2, plan, step, attempt, type, wall, mono,"
                        + " boot_id, payload, prev_hash, hash from event where seq = 3"
            })
    void theDatabaseItselfOnlyTakesTheNextLine(String sql) {
        threeLines();

        assertThatThrownBy(() -> execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("append-only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update event set payload = replace(payload, 'lunch', 'other') where seq = 3 | 3 |"
                        + " was changed",
                "update event set wall = '2020-01-01T00:00:00Z' where seq = 2 | 2 | was changed",
                "delete from event where seq = 2 | 2 | is missing",
                "update event set seq = -1 where seq = 2; update event set seq = 2 where seq = 3;"
                        + " update event set seq = 3 where seq = -1 | 2 | does not follow",
                "update event set prev_hash = hash where seq = 1 | 1 | does not follow"
            })
    void aLineThatWasTamperedWithIsNamed(String sql, long position, String reason) {
        threeLines();
        execute("drop trigger event_no_update; drop trigger event_no_delete");
        execute(sql);

        assertThat(new Operations(file, _ -> false).check())
                .isInstanceOfSatisfying(
                        HashChain.Check.Broken.class,
                        broken -> {
                            assertThat(broken.seq()).isEqualTo(position);
                            assertThat(broken.reason()).contains(reason);
                        });
        assertThatThrownBy(() -> SqliteJournal.open(file, WORLD))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Line " + position + " of the journal")
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void aJournalOfANewerSlipwayIsReadAndNotWritten() {
        threeLines();
        execute("pragma user_version = 2");

        assertThatThrownBy(() -> SqliteJournal.open(file, WORLD))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("newer Slipway (format 2, this one writes 1)");
        assertThat(new Operations(file, _ -> false).list()).hasSize(1);
    }

    @Test
    void aJournalOfAnotherWorldIsReadAndNotWritten() {
        threeLines();

        assertThatThrownBy(() -> SqliteJournal.open(file, "world-2"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("belongs to the world world-1, not to world-2");
        assertThat(new Operations(file, _ -> false).list()).hasSize(1);
    }

    @Test
    void aFullDiskIsToldAndTheChainStaysWhole() {
        threeLines();
        var config = JournalFile.writing();
        config.setMaxPageCount(18);
        var big = Map.of("ids", "x".repeat(6_000));
        try (var journal = SqliteJournal.open(file, WORLD, config)) {
            assertThatThrownBy(
                            () -> {
                                for (var i = 0; i < 50; i++) {
                                    journal.append(
                                            "aaaaaaaaaaaa",
                                            new Event.Confirmed("merge", Map.of(), big),
                                            at());
                                }
                            })
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("Make room");
        }

        try (var journal = SqliteJournal.open(file, WORLD)) {
            var lines = journal.entries("aaaaaaaaaaaa").size();
            journal.append("aaaaaaaaaaaa", new Event.Settled(), at());
            assertThat(journal.check())
                    .isEqualTo(new HashChain.Check.Whole(lines + 1L, journal.head()));
        }
    }

    @Test
    void whereNothingCanBeWrittenThatIsToldBeforeAnythingIsSent() throws Exception {
        Files.writeString(folder.resolve("home"), "a file where the folder should be");

        assertThatThrownBy(() -> SqliteJournal.open(file, WORLD))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void readersWorkBesideAnOpenWriterAndSeeTheNewestFirst() {
        var operations = new Operations(file, "s2"::equals);
        assertThat(operations.list()).as("before there is a journal").isEmpty();
        try (var journal = SqliteJournal.open(file, WORLD)) {
            journal.begin(plan("aaaaaaaaaaaa"), started("s1"), at());
            journal.begin(plan("bbbbbbbbbbbb"), started("s1"), at());
            journal.append("bbbbbbbbbbbb", confirmed("merge"), at());
            journal.append("bbbbbbbbbbbb", new Event.Paused("stage.web", "lunch", false), at());
            journal.begin(plan("cccccccccccc"), started("s2"), at());
            journal.append("cccccccccccc", confirmed("merge"), at());
            journal.append("cccccccccccc", confirmed("stage.auth"), at());
            journal.begin(plan("dddddddddddd"), started("s1"), at());
            for (var step : plan("dddddddddddd").steps()) {
                journal.append("dddddddddddd", confirmed(step.key()), at());
            }
            journal.append(
                    "dddddddddddd", new Event.Finished(OperationState.SUCCEEDED, "", ""), at());

            var rows = operations.list();

            assertThat(rows)
                    .extracting(OperationRow::id, OperationRow::state, OperationRow::step)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "dddddddddddd", OperationState.SUCCEEDED, 3),
                            org.assertj.core.groups.Tuple.tuple(
                                    "cccccccccccc", OperationState.RUNNING, 2),
                            org.assertj.core.groups.Tuple.tuple(
                                    "bbbbbbbbbbbb", OperationState.PAUSED, 2),
                            org.assertj.core.groups.Tuple.tuple(
                                    "aaaaaaaaaaaa", OperationState.INTERRUPTED, 1));
            assertThat(rows).extracting(OperationRow::steps).containsOnly(3);
            assertThat(rows.get(2).reason()).isEqualTo("lunch");
            assertThat(rows.get(1).stepTitle()).isEqualTo("stage.web");
            assertThat(rows.get(0).by()).isEqualTo("kim");
            assertThat(operations.page(1, 2)).isEqualTo(rows.subList(1, 3));

            var detail = operations.one("bbb").orElseThrow();
            assertThat(detail.lines())
                    .extracting(OperationDetail.Line::type)
                    .containsExactly("STARTED", "CONFIRMED", "PAUSED");
            assertThat(operations.one("")).isEmpty();
            assertThat(operations.one("eee")).isEmpty();
        }
    }

    private void threeLines() {
        try (var journal = SqliteJournal.open(file, WORLD)) {
            journal.begin(plan("aaaaaaaaaaaa"), started("s1"), at());
            journal.append("aaaaaaaaaaaa", confirmed("merge"), at());
            journal.append("aaaaaaaaaaaa", new Event.Paused("", "lunch", false), at());
        }
    }

    private void execute(String statements) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var sql : statements.split(";")) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw sneaky(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
        throw (E) e;
    }

    private Moment at() {
        time++;
        return new Moment(NOON.plusSeconds(time), time * 1_000_000_000L, "boot-1");
    }

    private static String rights(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Event.Started started(String session) {
        return new Event.Started("hash", "kim", "kim-mbp", session, "");
    }

    private static Event confirmed(String step) {
        return new Event.Confirmed(step, Map.of(), Map.of("seen", "yes"));
    }

    private static Plan plan(String id) {
        return Plan.of(
                id,
                "promotion",
                "r42",
                WORLD,
                NOON,
                Map.of(),
                List.of(
                        PlanStep.mutation("merge", Provider.GITHUB, Map.of()),
                        PlanStep.mutation("stage.auth", Provider.CLOUDFLARE, Map.of()),
                        PlanStep.mutation("stage.web", Provider.CLOUDFLARE, Map.of()),
                        PlanStep.check("settle", Map.of())));
    }

    private static List<Event> everyEvent() {
        var facts = Map.of("b", "2", "a", "ü \"quoted\"");
        return List.of(
                new Event.Resumed("kim", "m", "s2", Event.Decision.ROLL_BACK, "why"),
                new Event.TookOver(4, "ana on laptop-3", "kim", "m", "s2", "a broken laptop"),
                new Event.WokeUp(61_000),
                new Event.Requested(Event.Request.PAUSE, "ana", "lunch"),
                new Event.Paused("merge", "lunch", true),
                new Event.Settled(),
                new Event.Finished(OperationState.NEEDS_OPERATOR, "merge", "two facts"),
                new Event.Intended("merge", "mark", facts, facts, Optional.of(7L)),
                new Event.Intended("merge", "mark", Map.of(), Map.of(), Optional.empty()),
                new Event.Sent("merge", 1, "PUT", "/repos/{owner}", "00", facts, 60_000),
                new Event.Answered("merge", 1, Event.Outcome.UNKNOWN, "cut", 7_000, facts),
                new Event.Observed(
                        "merge",
                        Event.Verdict.ABSENT,
                        StepScope.Purpose.RECHECK,
                        "absent",
                        facts,
                        5_000),
                new Event.Confirmed("merge", Map.of("merge.sha", "abc"), facts),
                new Event.Skipped("merge", Map.of(), facts),
                new Event.Failed("merge", "no", "merge"),
                new Event.Warned("merge", "no"),
                new Event.Blocked("merge", "no"),
                new Event.Compensating("merge"),
                new Event.Compensated("merge"));
    }
}
