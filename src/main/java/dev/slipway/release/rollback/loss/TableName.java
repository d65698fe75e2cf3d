package dev.slipway.release.rollback.loss;

import dev.slipway.domain.InputException;
import java.util.regex.Pattern;

/// A table, by schema and name as the catalogs have them.
public record TableName(String schema, String table) implements Comparable<TableName> {
    /// What [#sql] writes, as a regular expression with a group for each name.
    public static final String QUOTED = "\"((?:[^\"]|\"\")*)\"[.]\"((?:[^\"]|\"\")*)\"";

    /// Both names quoted for SQL.
    public String sql() {
        return quote(schema) + "." + quote(table);
    }

    /// Reads what [#sql] has written.
    ///
    /// @throws IllegalArgumentException when it did not
    public static TableName ofSql(String quoted) {
        var names = Pattern.compile(QUOTED).matcher(quoted);
        if (!names.matches()) {
            throw new IllegalArgumentException("not two quoted names: " + quoted);
        }
        return new TableName(
                names.group(1).replace("\"\"", "\""), names.group(2).replace("\"\"", "\""));
    }

    /// Reads `orders` or `shop.orders`.
    ///
    /// @throws InputException when a name is empty
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        var name =
                dot < 0
                        ? new TableName("public", text)
                        : new TableName(text.substring(0, dot), text.substring(dot + 1));
        if (name.schema().isEmpty() || name.table().isEmpty()) {
            throw new InputException(
                    "\""
                            + text
                            + "\" is no table, for example orders or shop.orders. Nothing was asked or"
                            + " changed.");
        }
        return name;
    }

    /// `identifier` quoted for SQL.
    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /// As a person calls it: without the schema `public`.
    @Override
    public String toString() {
        return schema.equals("public") ? table : schema + "." + table;
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema == 0 ? table.compareTo(other.table) : bySchema;
    }
}
