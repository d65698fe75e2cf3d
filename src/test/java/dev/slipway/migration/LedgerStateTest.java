package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Ledger.Row;
import dev.slipway.migration.Ledger.Shape;
import dev.slipway.migration.LedgerState.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerStateTest {
    private final MigrationFolder folder =
            Folders.read(
                    Folders.journal(
                            "0000_a",
                            "select 1\n",
                            "0001_b",
                            "select 2\n",
                            "0002_c",
                            "select 3\n"));
    private final Migration a = folder.migrations().get(0);
    private final Migration b = folder.migrations().get(1);
    private final Migration c = folder.migrations().get(2);

    @Test
    void whatIsYoungerThanTheNewestRowIsPending() {
        var state = state(row(1, a));
        assertThat(state.pending()).containsExactly(b, c);
        assertThat(state.latest()).contains("0000_a");
        assertThat(state.clean()).isTrue();
    }

    @Test
    void whatIsOlderThanTheNewestRowIsSkippedForEver() {
        var state = state(row(1, a), row(2, c));
        assertThat(state.in(State.SKIPPED_BY_DRIZZLE)).containsExactly(b);
        assertThat(state.pending()).isEmpty();
        assertThat(state.clean()).isFalse();
    }

    @Test
    void aFileThatChangedAfterItRanIsEditedUnlessOnlyItsLineEndsDid() {
        var edited = state(row(1, a), new Row(2, "0".repeat(64), Optional.of(b.when()), none()));
        assertThat(edited.in(State.EDITED_AFTER_APPLY)).containsExactly(b);
        assertThat(edited.clean()).isFalse();

        var windows = state(row(1, a), new Row(2, b.windowsHash(), Optional.of(b.when()), none()));
        assertThat(windows.in(State.APPLIED)).containsExactly(a, b);
        assertThat(windows.entries().get(1).lineEndsDiffer()).isTrue();
        assertThat(windows.entries().get(0).lineEndsDiffer()).isFalse();
        assertThat(windows.clean()).isTrue();
    }

    @Test
    void aRowOfNoMigrationIsUnknown() {
        var row = new Row(2, "f".repeat(64), Optional.of(1L), none());
        var state = state(row(1, a), row);
        assertThat(state.unknown()).containsExactly(row);
        assertThat(state.clean()).isFalse();
    }

    @Test
    void rowsThatWouldMakeDrizzleRunThingsAgainAreProblems() {
        assertThat(state(new Row(1, a.hash(), Optional.empty(), none())).problems())
                .anyMatch(each -> each.contains("without created_at"));
        assertThat(state(new Row(1, b.hash(), Optional.of(a.when() - 1), none())).problems())
                .containsExactly(
                        "0001_b ran under another time or name; Drizzle would run it again.");
    }

    @Test
    void anAbsentLedgerIsFineOnlyOnAnEmptyDatabase() {
        assertThat(LedgerState.of(folder, new Ledger(Shape.ABSENT, List.of(), true)).clean())
                .isTrue();
        assertThat(LedgerState.of(folder, new Ledger(Shape.ABSENT, List.of(), false)).problems())
                .hasSize(1);
    }

    @Test
    void theNewerGenerationGoesByNameWhateverTheTime() {
        var stamped =
                Folders.read(
                        new TreeMap<>(
                                Map.of(
                                        "m/20260101000000_a/migration.sql", Folders.bytes("1"),
                                        "m/20260102000000_b/migration.sql", Folders.bytes("2"),
                                        "m/20260103000000_c/migration.sql", Folders.bytes("3"))));
        var rows =
                List.of(
                        named(1, stamped.migrations().get(2), stamped.migrations().get(2).hash()),
                        named(2, stamped.migrations().get(0), "0".repeat(64)));
        var state = LedgerState.of(stamped, new Ledger(Shape.NAMED, rows, false));
        assertThat(state.pending()).extracting(Migration::tag).containsExactly("20260102000000_b");
        assertThat(state.in(State.EDITED_AFTER_APPLY))
                .extracting(Migration::tag)
                .containsExactly("20260101000000_a");
    }

    @Test
    void aFolderAndALedgerOfDifferentGenerationsAreRefused() {
        assertThat(LedgerState.of(folder, new Ledger(Shape.NAMED, List.of(), false)).problems())
                .hasSize(1);
        var stamped =
                Folders.read(
                        new TreeMap<>(
                                Map.of("m/20260101000000_a/migration.sql", Folders.bytes("1"))));
        assertThat(LedgerState.of(stamped, new Ledger(Shape.JOURNAL, List.of(), false)).problems())
                .hasSize(1);
        var half = new Row(1, "0".repeat(64), Optional.of(1L), none());
        assertThat(
                        LedgerState.of(stamped, new Ledger(Shape.NAMED, List.of(half), false))
                                .problems())
                .hasSize(1);
    }

    private LedgerState state(Row... rows) {
        return LedgerState.of(folder, new Ledger(Shape.JOURNAL, List.of(rows), false));
    }

    private static Row row(long id, Migration migration) {
        return new Row(id, migration.hash(), Optional.of(migration.when()), none());
    }

    private static Row named(long id, Migration migration, String hash) {
        return new Row(id, hash, Optional.of(migration.when()), Optional.of(migration.tag()));
    }

    private static Optional<String> none() {
        return Optional.empty();
    }
}
