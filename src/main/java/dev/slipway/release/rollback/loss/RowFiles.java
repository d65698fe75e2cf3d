package dev.slipway.release.rollback.loss;

import dev.slipway.domain.OwnerFile;
import dev.slipway.release.rollback.loss.TableShape.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The two files of a table, made when the first row comes.
///
/// Values in SQL are literals without a type, which take that of their column. In the other file NULL is
/// nothing, an empty text is `""`, as COPY reads it; its first column says `lost` or `changed`.
final class RowFiles implements AutoCloseable {
    private final Path sqlFile;
    private final Path csvFile;
    private @Nullable Writer sql;
    private @Nullable Writer csv;
    private long rows;

    RowFiles(Path folder, String name) {
        sqlFile = folder.resolve(name + ".sql");
        csvFile = folder.resolve(name + ".csv");
    }

    long rows() {
        return rows;
    }

    List<Path> paths() {
        return List.of(sqlFile, csvFile);
    }

    /// Writes one row.
    ///
    /// @param lost whether it is to be inserted; otherwise it is to be updated by `key`
    void add(
            TableName table,
            List<String> key,
            List<Column> columns,
            boolean lost,
            List<Optional<String>> values) {
        try {
            if (sql == null || csv == null) {
                sql = OwnerFile.writer(sqlFile);
                csv = OwnerFile.writer(csvFile);
                sql.write("begin;\n");
                csv.write(line("change", columns.stream().map(Column::name).map(Optional::of)));
            }
            sql.write(lost ? insert(table, columns, values) : update(table, key, columns, values));
            csv.write(line(lost ? "lost" : "changed", values.stream()));
            rows++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String insert(
            TableName table, List<Column> columns, List<Optional<String>> values) {
        return "insert into %s (%s) overriding system value values (%s);\n"
                .formatted(
                        table.sql(),
                        columns.stream().map(Column::sql).collect(Collectors.joining(", ")),
                        values.stream().map(RowFiles::literal).collect(Collectors.joining(", ")));
    }

    private static String update(
            TableName table,
            List<String> key,
            List<Column> columns,
            List<Optional<String>> values) {
        var sets = new ArrayList<String>();
        var where = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var equal = column.sql() + " = " + literal(values.get(i));
            if (key.contains(column.name())) {
                where.add(equal);
            } else if (!column.always()) {
                sets.add(equal);
            }
        }
        return "update %s set %s where %s;\n"
                .formatted(table.sql(), String.join(", ", sets), String.join(" and ", where));
    }

    /// A literal that means the same whatever `standard_conforming_strings` says.
    private static String literal(Optional<String> value) {
        return value.map(text ->
                        (text.contains("\\") ? "E'" : "'")
                                + text.replace("\\", "\\\\").replace("'", "''")
                                + "'")
                .orElse("NULL");
    }

    private static String line(String first, Stream<Optional<String>> values) {
        return values.map(value -> value.map(RowFiles::field).orElse(""))
                .collect(Collectors.joining(",", first + ",", "\r\n"));
    }

    private static String field(String text) {
        return text.isEmpty() || text.equals("\\.") || text.matches("(?s).*[\",\r\n].*")
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    @Override
    public void close() throws IOException {
        if (sql == null) {
            return;
        }
        if (csv == null) {
            sql.close();
            return;
        }
        try {
            sql.write("commit;\n");
            sql.close();
        } finally {
            csv.close();
        }
    }
}
