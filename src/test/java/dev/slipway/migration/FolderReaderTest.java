package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.InputException;
import dev.slipway.domain.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReaderTest {
    @Test
    void aJournalFolderIsReadByteForByte() {
        var folder =
                Folders.read(
                        Folders.journal(
                                "0000_init",
                                "create table a (t text default '--> statement-breakpoint');\n"
                                        + "--> statement-breakpoint\ninsert into a values (';')",
                                "0001_next",
                                ""));

        assertThat(folder.layout()).isEqualTo(Layout.JOURNAL);
        assertThat(folder.migrations())
                .extracting(Migration::tag)
                .containsExactly("0000_init", "0001_next");
        var first = folder.migrations().getFirst();
        assertThat(first.when()).isEqualTo(1_780_000_000_123L);
        assertThat(first.pieces())
                .as("Drizzle splits inside strings, too")
                .containsExactly(
                        "create table a (t text default '",
                        "');\n",
                        "\ninsert into a values (';')");
        assertThat(folder.migrations().getLast().hash())
                .as("sha256sum of an empty file")
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void theOrderIsThatOfTheJournalNotOfTheNumbers() {
        var files = Folders.journal("0001_b", "select 1", "0000_a", "select 2");
        assertThat(Folders.read(files).migrations())
                .extracting(Migration::tag)
                .containsExactly("0001_b", "0000_a");
    }

    @Test
    void theNewerLayoutIsReadByFolder() {
        var folder =
                Folders.read(
                        new TreeMap<>(
                                Map.of(
                                        "m/20260102030405_b/migration.sql",
                                        Folders.bytes("select 2"),
                                        "m/20260102030404_a/migration.sql",
                                        Folders.bytes("select 1"),
                                        "m/20260102030404_a/snapshot.json",
                                        Folders.bytes("{}"))));
        assertThat(folder.layout()).isEqualTo(Layout.FOLDERS);
        assertThat(folder.migrations())
                .extracting(Migration::tag)
                .containsExactly("20260102030404_a", "20260102030405_b");
        assertThat(folder.migrations().getFirst().when()).isEqualTo(1_767_323_044_000L);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        var files = Folders.journal("0000_a", "select 1", "0001_b", "select 2");
        files.put(
                "m/meta/_journal.json",
                Folders.journalOf(
                        Folders.entry(0, 5, "0000_a")
                                + ","
                                + Folders.entry(0, 5, "0001_b")
                                + ","
                                + Folders.entry(2, 6, "0002_gone")
                                + ","
                                + Folders.entry(3, 7, "../0003_out")
                                + ",{\"idx\":4,\"tag\":\"0004_x\"}"));
        files.put("m/0001_b.sql", new byte[] {(byte) 0xC3, (byte) 0x28});
        files.put("m/0004_x.sql", Folders.bytes(""));

        assertThat(problems(files))
                .containsExactlyInAnyOrder(
                        "m/meta/_journal.json: 0000_a and 0001_b have the same idx 0.",
                        "m/meta/_journal.json names 0002_gone, but there is no file"
                                + " m/0002_gone.sql.",
                        "m/meta/_journal.json: entry 4 needs \"idx\" and \"when\" as whole numbers"
                                + " and \"tag\" as the name of a file.",
                        "m/meta/_journal.json: entry 5 needs \"idx\" and \"when\" as whole numbers"
                                + " and \"tag\" as the name of a file.",
                        "m/0001_b.sql is not UTF-8 text.");
    }

    @Test
    void aFileTheJournalDoesNotNameIsOutsideAndNotRun() {
        var files = Folders.journal("0000_a", "select 1");
        files.put("m/0009_stray.sql", Folders.bytes("select 9"));
        files.put("m/notes/old.sql", Folders.bytes("select 8"));
        var folder = Folders.read(files);
        assertThat(folder.migrations()).extracting(Migration::tag).containsExactly("0000_a");
        assertThat(folder.outside()).containsExactly("m/0009_stray.sql");
    }

    @Test
    void aJournalOfAnOldDrizzleKitIsForPostgresToo() {
        var files = Folders.journal("0000_a", "create table a (id int)");
        files.put(
                "m/meta/_journal.json",
                Folders.bytes(
                        "{\"version\":\"5\",\"dialect\":\"pg\",\"entries\":["
                                + Folders.entry(0, Folders.when(0), "0000_a")
                                + "]}"));

        assertThat(Folders.read(files).migrations())
                .extracting(Migration::tag)
                .containsExactly("0000_a");
    }

    @Test
    void whatIsNotOneFolderIsRefused() {
        var mixed = Folders.journal("0000_a", "select 1");
        mixed.put("m/20260102030405_b/migration.sql", Folders.bytes("select 2"));
        assertThat(problems(mixed)).singleElement().asString().contains("both layouts");

        var mysql = Folders.journal("0000_a", "select 1");
        mysql.put("m/meta/_journal.json", Folders.bytes("{\"dialect\":\"mysql\",\"entries\":[]}"));
        assertThat(problems(mysql))
                .containsExactly("m/meta/_journal.json is for mysql, not postgresql.");

        var broken = Folders.journal("0000_a", "select 1");
        broken.put("m/meta/_journal.json", Folders.bytes("{\n\"entries\": ["));
        assertThat(problems(broken)).singleElement().asString().contains("line 2");

        assertThat(problems(Map.of())).containsExactly("There is no migrations folder m.");
        assertThat(problems(Map.of("m/readme.md", new byte[0])))
                .singleElement()
                .asString()
                .contains("not a Drizzle folder");
        assertThat(problems(Map.of("m/20261302030405_b/migration.sql", new byte[0])))
                .singleElement()
                .asString()
                .contains("does not begin with a time");
        assertThat(
                        problems(
                                Map.of(
                                        "m/20260102030405_a/migration.sql",
                                        new byte[0],
                                        "m/20260102030405_b/migration.sql",
                                        new byte[0])))
                .singleElement()
                .asString()
                .contains("the same time");
    }

    @Test
    void aFolderOnThisMachineIsReadWithoutLeavingIt(@TempDir Path top) throws Exception {
        Files.createDirectories(top.resolve("m/20260102030405_a"));
        Files.writeString(top.resolve("m/20260102030405_a/migration.sql"), "select 1");
        assertThat(FolderReader.read(SourceTree.of(top), "m").migrations()).hasSize(1);
        assertThat(SourceTree.of(top.resolve("m")).file("../m/x")).isEmpty();
    }

    private static List<String> problems(Map<String, byte[]> files) {
        var thrown = catchThrowableOfType(InputException.class, () -> Folders.read(files));
        assertThat(thrown).as("refused").isNotNull();
        return thrown.problems();
    }
}
