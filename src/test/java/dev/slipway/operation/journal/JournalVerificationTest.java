package dev.slipway.operation.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Event;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.journal.HashChain.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerificationTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final int PLANS = 2;
    private static final int LINES = 8;

    @TempDir private Path folder;
    private Path journal = Path.of("");
    private Path export = Path.of("");
    private List<String> hashes = List.of();
    private List<String> text = List.of();

    @BeforeEach
    void exported() throws IOException {
        journal = folder.resolve("journal.db");
        export = folder.resolve("journal.ndjson");
        hashes = write();
        assertThat(new JournalExport(journal).write(export, NOON)).isEqualTo(LINES);
        text = Files.readAllLines(export);
    }

    @Test
    void whatWasExportedIsWholeAndHasTheHeadOfTheJournal() {
        var result = JournalVerification.of(export, Optional.empty());

        assertThat(result.check()).isEqualTo(new Check.Whole(LINES, hashes.getLast()));
        assertThat(result.operations()).isEqualTo(PLANS);
        assertThat(JournalVerification.of(journal, Optional.empty())).isEqualTo(result);
    }

    /// Whatever single character of a line is changed, that line is named, or a later one that no
    /// longer follows.
    @Test
    void everyChangedCharacterIsFound() throws IOException {
        var random = new Random(7);
        for (int line = 1; line < text.size(); line++) {
            for (int i = 0; i < 40; i++) {
                var changed = new ArrayList<>(text);
                changed.set(line, otherCharacter(text.get(line), random));
                var check = check(changed);
                assertThat(check).as(changed.get(line)).isInstanceOf(Check.Broken.class);
                if (line > PLANS) {
                    assertThat(((Check.Broken) check).seq()).isEqualTo(line - PLANS);
                }
            }
        }
    }

    @Test
    void aMissingLineIsNamed() throws IOException {
        for (int line = 1; line <= LINES; line++) {
            var cut = new ArrayList<>(text);
            cut.remove(PLANS + line);
            assertThat(check(cut))
                    .isInstanceOfSatisfying(
                            Check.Broken.class,
                            broken -> assertThat(broken.reason()).startsWith("it is missing"))
                    .extracting(broken -> ((Check.Broken) broken).seq())
                    .isEqualTo((long) line);
        }
    }

    @Test
    void swappedLinesAreNamed() throws IOException {
        for (int line = 1; line < LINES; line++) {
            var swapped = new ArrayList<>(text);
            Collections.swap(swapped, PLANS + line, PLANS + line + 1);
            assertThat(check(swapped))
                    .isInstanceOfSatisfying(
                            Check.Broken.class,
                            broken -> assertThat(broken.seq()).isIn(1L, 2L, 3L, 4L, 5L, 6L, 7L));
        }
    }

    /// A chain that was cut and told to be shorter is whole in itself.
    @Test
    void linesThatWereCutOffAreFoundByAHashThatWasKeptElsewhere() throws IOException {
        var cut = new ArrayList<>(text.subList(0, text.size() - 3));
        cut.set(0, cut.getFirst().replace("\"lines\":8", "\"lines\":5"));
        var file = Files.write(folder.resolve("cut"), cut);

        assertThat(JournalVerification.of(file, Optional.empty()).holds(false)).isTrue();
        var anchored = JournalVerification.of(file, Optional.of(hashes.getLast()));
        assertThat(anchored.holds(true)).isFalse();
        assertThat(anchored.anchor()).isEmpty();
        var older = JournalVerification.of(file, Optional.of(hashes.get(4)));
        assertThat(older.holds(true)).isTrue();
        assertThat(older.anchor()).contains(5L);
    }

    @Test
    void whatIsNoJournalIsSaidToBeNone() throws IOException {
        for (var content : List.of("", "hello\n", "{\"record\":\"plan\"}\n", "[1,2]\n")) {
            var file = Files.writeString(folder.resolve("other"), content);
            assertThatThrownBy(() -> JournalVerification.of(file, Optional.empty()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is neither a journal of Slipway nor an export");
        }
        var newer = new ArrayList<>(text);
        newer.set(0, newer.getFirst().replace("\"format\":1", "\"format\":9"));
        var file = Files.write(folder.resolve("newer"), newer);
        assertThatThrownBy(() -> JournalVerification.of(file, Optional.empty()))
                .hasMessageContaining("exported by a newer Slipway (format 9");
        assertThatThrownBy(() -> JournalVerification.of(folder.resolve("absent"), Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void anExportReplacesNoFile() {
        assertThatThrownBy(() -> new JournalExport(journal).write(export, NOON))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exists. It was not changed");
        assertThatThrownBy(() ->
                        new JournalExport(folder.resolve("none.db"))
                                .write(folder.resolve("x"), NOON))
                .hasMessageContaining("nothing to export");
    }

    private Check check(List<String> lines) throws IOException {
        var file = Files.write(folder.resolve("changed.ndjson"), lines);
        return JournalVerification.of(file, Optional.empty()).check();
    }

    /// `line` with one letter or digit replaced by another, but not in the time a plan was made.
    private static String otherCharacter(String line, Random random) {
        int made = line.indexOf("created");
        while (true) {
            int at = random.nextInt(line.length());
            if (made >= 0 && at >= made && at < made + 35) {
                continue;
            }
            char old = line.charAt(at);
            char other = (char) ('0' + random.nextInt(10));
            var changed = line.substring(0, at) + other + line.substring(at + 1);
            if (Character.isLetterOrDigit(old) && old != other) {
                return changed;
            }
        }
    }

    private List<String> write() {
        var hashes = new ArrayList<String>();
        try (var open = SqliteJournal.open(journal, "world-1")) {
            for (var id : List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb")) {
                var plan =
                        Plan.of(
                                id,
                                "promotion",
                                "r42",
                                "world-1",
                                NOON,
                                Map.of("by", "kim"),
                                List.of(
                                        PlanStep.mutation("merge", Provider.GITHUB, Map.of()),
                                        PlanStep.check("settle", Map.of())));
                var events =
                        List.of(
                                new Event.Confirmed("merge", Map.of("sha", "1"), Map.of()),
                                new Event.Paused("", "lunch", false),
                                new Event.Settled());
                hashes.add(
                        open.begin(
                                        plan,
                                        new Event.Started(plan.hash(), "kim", "m", "s", ""),
                                        at(hashes.size()))
                                .hash());
                for (var event : events) {
                    hashes.add(open.append(id, event, at(hashes.size())).hash());
                }
            }
        }
        return hashes;
    }

    private static Moment at(int n) {
        return new Moment(NOON.plusSeconds(n), n * 1_000_000_000L, "boot-1");
    }
}
