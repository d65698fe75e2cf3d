package dev.slipway.release.rollback.loss;

/// A table, by schema and name as the catalogs have them.
public record TableName(String schema, String table) implements Comparable<TableName> {
    /// Both names quoted for SQL.
    public String sql() {
        return quote(schema) + "." + quote(table);
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
