package dev.slipway.release.rollback.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.domain.OwnerFile;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.TestDatabase;
import dev.slipway.migration.TestDatabase.Database;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of lost rows, run against a real database.
class RowExportTest {
    private static TestDatabase databases;

    @BeforeAll
    static void start(@TempDir Path home) {
        databases = new TestDatabase(home);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    private static List<Exported> export(Database point, Database backup, Path folder)
            throws InterruptedException {
        return new RowExport(
                        databases.postgres(),
                        LedgerTable.DEFAULT,
                        InstantSource.system(),
                        TableComparison.LIMIT)
                .write(point.address(), backup.address(), folder, Set.of());
    }

    @Test
    void theStatementsBringRowsOfEveryTypeBack(@TempDir Path folder) throws Exception {
        var backup = databases.fresh();
        var tables = new RandomTables(new Random(31));
        tables.make(backup, 8);
        var point = databases.copy(backup);
        tables.edit(backup);

        var exported = export(point, backup, folder.resolve("new"));

        assertThat(exported).isNotEmpty();
        for (var each : exported) {
            for (var file : each.files()) {
                assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OwnerFile.RIGHTS);
            }
            point.execute(Files.readString(each.files().getFirst()));
        }
        var left =
                new TableComparison(
                                databases.postgres(),
                                LedgerTable.DEFAULT,
                                InstantSource.system(),
                                TableComparison.LIMIT)
                        .compare(point.address(), backup.address(), CountListener.SILENT);
        assertThat(left.lost() + left.changed()).isZero();
        assertThat(left.complete()).isTrue();
    }

    @Test
    void valuesKeepTheirCommasQuotesAndNulls(@TempDir Path folder) throws Exception {
        var backup = databases.fresh();
        backup.execute(
                "create table t (id int primary key, v text); insert into t values (1, 'a')");
        var point = databases.copy(backup);
        backup.execute(
                "create table made (id int primary key); insert into made values (7);"
                        + " create table keyless (v text); insert into keyless values ('x');"
                        + " update t set v = 'b,\"c' where id = 1; insert into t values (2, null)");

        var exported = export(point, backup, folder);

        assertThat(Files.readString(folder.resolve("t.csv")).lines())
                .containsExactlyInAnyOrder("change,id,v", "changed,1,\"b,\"\"c\"", "lost,2,");
        assertThat(Files.readString(folder.resolve("made.sql")))
                .isEqualTo(
                        "begin;\ninsert into \"public\".\"made\" (\"id\") overriding system value values"
                                + " ('7');\ncommit;\n");
        assertThat(exported)
                .filteredOn(each -> each.table().table().equals("keyless"))
                .extracting(Exported::rows)
                .containsExactly(1L);
        var before = Files.readString(folder.resolve("t.sql"));
        assertThatThrownBy(() -> export(point, backup, folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("exists");
        assertThat(Files.readString(folder.resolve("t.sql"))).isEqualTo(before);
    }

    @Test
    void whatCannotBeComparedIsSaid(@TempDir Path folder) throws Exception {
        var backup = databases.fresh();
        backup.execute("create table keyless (v text)");
        var point = databases.copy(backup);
        backup.execute("insert into keyless values ('x')");

        assertThat(export(point, backup, folder).getFirst().skipped())
                .hasValueSatisfying(reason -> assertThat(reason).contains("neither a primary key"));
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
