package dev.slipway.release.rollback.loss;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import dev.slipway.release.rollback.loss.TableShape.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Writes lost and changed rows of a backup into files, for the owner's eyes only: for each table one of
/// SQL statements and one of comma-separated values. No file is ever overwritten.
public final class RowExport {
    private static final int BATCH = 500;

    private final Postgres postgres;
    private final LedgerTable ledger;
    private final InstantSource clock;
    private final Duration limit;

    /// @param ledger left out
    /// @param limit how long one export may take
    public RowExport(Postgres postgres, LedgerTable ledger, InstantSource clock, Duration limit) {
        this.postgres = postgres;
        this.ledger = ledger;
        this.clock = clock;
        this.limit = limit;
    }

    /// What one table's files hold.
    ///
    /// @param rows how many rows
    /// @param skipped why there is no file, a sentence; empty when there is
    public record Exported(TableName table, long rows, List<Path> files, Optional<String> skipped) {
        public Exported {
            files = List.copyOf(files);
        }
    }

    /// Exports. Tables in which nothing was lost or changed get no file.
    ///
    /// @param folder made when needed
    /// @param tables which; empty for all
    /// @throws InputException when a file exists or cannot be written; files written before stay
    /// @throws FailureException when a server does not let us in or breaks off
    public List<Exported> write(
            PostgresAddress point, PostgresAddress backup, Path folder, Set<TableName> tables)
            throws InterruptedException {
        var last = clock.instant().plus(limit);
        try (var then = ReadSide.open(postgres, point, clock, last);
                var now = ReadSide.open(postgres, backup, clock, last)) {
            var sides = new Sides(then, now);
            var before = new HashMap<TableName, TableShape>();
            ShapeReader.read(then.connection(), ledger).forEach(t -> before.put(t.name(), t));
            Files.createDirectories(folder);
            var exported = new ArrayList<Exported>();
            var names = new HashSet<String>();
            for (var table : ShapeReader.read(now.connection(), ledger)) {
                if (tables.isEmpty() || tables.contains(table.name())) {
                    var files = new RowFiles(folder, fileName(table.name(), names));
                    one(sides, Optional.ofNullable(before.get(table.name())), table, files)
                            .ifPresent(exported::add);
                }
            }
            return exported;
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        } catch (FileAlreadyExistsException e) {
            throw new InputException(
                    e.getFile() + " exists. It was not changed; name a folder without it.");
        } catch (IOException e) {
            throw new InputException(
                    folder + " cannot be written: " + e.getMessage() + ". No row was changed.");
        }
    }

    private static Optional<Exported> one(
            Sides sides, Optional<TableShape> before, TableShape table, RowFiles files)
            throws SQLException, IOException, InterruptedException {
        var obstacle =
                before.map(then -> Pair.obstacle(then, table))
                        .orElseGet(() -> Pair.readable(table));
        if (obstacle.isPresent()) {
            return Optional.of(new Exported(table.name(), 0, List.of(), obstacle));
        }
        try (files) {
            if (before.isEmpty()) {
                whole(sides.now(), table, files);
            } else {
                differing(sides, Pair.of(before.get(), table), files);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files.rows() == 0
                ? Optional.empty()
                : Optional.of(
                        new Exported(table.name(), files.rows(), files.paths(), Optional.empty()));
    }

    private static void differing(Sides sides, Pair pair, RowFiles files)
            throws SQLException, InterruptedException {
        var columns = stored(pair.now());
        var reader =
                new RowsByKey(
                        sides.now(),
                        new RowSql(pair.now(), pair),
                        columns.stream().map(Column::name).toList(),
                        0);
        var waiting = new ArrayList<Difference>();
        new TableMerge(sides, pair)
                .run(difference -> {
                    if (difference.kind() != Difference.Kind.RETURNING) {
                        waiting.add(difference);
                    }
                    if (waiting.size() == BATCH) {
                        batch(pair, columns, reader, waiting, files);
                    }
                });
        batch(pair, columns, reader, waiting, files);
    }

    private static void batch(
            Pair pair,
            List<Column> columns,
            RowsByKey reader,
            List<Difference> waiting,
            RowFiles files)
            throws SQLException {
        var found = reader.of(waiting.stream().map(Difference::key).toList());
        for (var difference : waiting) {
            var values = found.get(difference.key());
            if (values != null) {
                files.add(
                        pair.now().name(),
                        pair.key(),
                        columns,
                        difference.kind() == Difference.Kind.LOST,
                        values);
            }
        }
        waiting.clear();
    }

    private static void whole(ReadSide side, TableShape table, RowFiles files) throws SQLException {
        var columns = stored(table);
        side.ask(
                RowSql.all(table, columns.stream().map(Column::name).toList()),
                rows -> {
                    while (rows.next()) {
                        files.add(
                                table.name(),
                                List.of(),
                                columns,
                                true,
                                TableCount.values(rows, 1, columns.size()));
                    }
                    return files;
                });
    }

    private static List<Column> stored(TableShape table) {
        return table.columns().stream().filter(column -> !column.generated()).toList();
    }

    /// A name every file system takes, once.
    private static String fileName(TableName table, Set<String> taken) {
        var plain = table.toString().replaceAll("[^A-Za-z0-9._-]", "_");
        var name = plain;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = plain + "-" + i;
        }
        return name;
    }
}
