package dev.slipway.cli;

import dev.slipway.release.rollback.loss.RowExport.Exported;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/// Says which files rows were written to. Never a value of a row.
final class ExportedFiles {
    private ExportedFiles() {}

    /// One line for each table.
    static List<String> lines(List<Exported> exported) {
        return exported.stream()
                .map(table ->
                        table.skipped()
                                .map(reason -> table.table() + " has no file. " + reason)
                                .orElseGet(() -> written(table)))
                .toList();
    }

    private static String written(Exported table) {
        return table.table()
                + ": "
                + table.rows()
                + (table.rows() == 1 ? " row" : " rows")
                + " in "
                + table.files().stream().map(Path::toString).collect(Collectors.joining(" and "));
    }

    /// The same for `--json`.
    static void write(ArrayNode node, List<Exported> exported) {
        for (var table : exported) {
            var entry = node.addObject();
            entry.put("table", table.table().toString());
            entry.put("rows", table.rows());
            var files = entry.putArray("files");
            table.files().forEach(file -> files.add(file.toString()));
            entry.put("skipped", table.skipped().orElse(null));
        }
    }
}
