package dev.slipway.release.rollback.loss;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads rows of one state by their keys.
///
/// @param columns whose values are read
/// @param cut after how many characters a value ends; 0 is never
record RowsByKey(ReadSide side, RowSql sql, List<String> columns, int cut) {
    /// The values of the rows of `keys`, by key; what is not there is left out.
    Map<List<String>, List<Optional<String>>> of(List<List<String>> keys) throws SQLException {
        int width = sql.pair().key().size();
        try (var statement = side.prepare(sql.byKey(columns, cut))) {
            for (int i = 0; i < width; i++) {
                int at = i;
                statement.setArray(
                        i + 1,
                        side.connection()
                                .createArrayOf(
                                        "text", keys.stream().map(key -> key.get(at)).toArray()));
            }
            try (var rows = statement.executeQuery()) {
                var found = new HashMap<List<String>, List<Optional<String>>>();
                while (rows.next()) {
                    var key = TableCount.values(rows, 1, width);
                    found.put(
                            key.stream().map(Optional::orElseThrow).toList(),
                            TableCount.values(rows, width + 1, columns.size()));
                }
                return found;
            }
        }
    }
}
