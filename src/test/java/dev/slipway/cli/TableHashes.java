package dev.slipway.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One digest of all rows of each table, so that two states of a database can be compared whole.
public final class TableHashes {
    private TableHashes() {}

    /// Every table but Slipway's own, which a restore raises again.
    public static Map<String, String> of(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select format('%I.%I', n.nspname, c.relname) from pg_class c join"
                                        + " pg_namespace n on n.oid = c.relnamespace where c.relkind ="
                                        + " 'r' and n.nspname not in ('pg_catalog',"
                                        + " 'information_schema', 'slipway')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        var hashes = new TreeMap<String, String>();
        for (var table : tables) {
            hashes.put(
                    table,
                    one(
                            connection,
                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by"
                                    + " t::text)), '') from "
                                    + table
                                    + " t"));
        }
        return hashes;
    }

    /// The server's clock, as `--database` takes it.
    public static String now(Connection connection) throws SQLException {
        return one(
                connection,
                "select to_char(clock_timestamp() at time zone 'utc',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    }

    /// The first column of the first row.
    public static String one(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// Carries out statements.
    public static void run(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
