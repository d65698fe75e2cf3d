package dev.slipway.migration;

/// Where Drizzle writes down what it ran.
///
/// @param schema `drizzle` unless configured
/// @param table `__drizzle_migrations` unless configured
public record LedgerTable(String schema, String table) {
    /// Drizzle's defaults.
    public static final LedgerTable DEFAULT = new LedgerTable("drizzle", "__drizzle_migrations");

    /// Both names quoted for SQL.
    public String quoted() {
        return quote(schema) + "." + quote(table);
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
