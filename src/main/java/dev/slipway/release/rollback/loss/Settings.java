package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;

/// What a transaction needs so that equal values are written alike, wherever it runs, and so that row
/// security does not hide rows silently: a table whose rows it would hide is refused by the server.
final class Settings {
    private static final String LOCAL =
            "select "
                    + Postgres.MARK
                    + " set_config('row_security', 'off', true), set_config('search_path',"
                    + " 'pg_catalog', true), set_config('TimeZone', 'UTC', true),"
                    + " set_config('DateStyle', 'ISO, YMD', true), set_config('IntervalStyle',"
                    + " 'postgres', true), set_config('extra_float_digits', '1', true),"
                    + " set_config('bytea_output', 'hex', true), set_config('lc_monetary', 'C', true),"
                    + " set_config('xmloption', 'content', true), set_config('jit', 'off', true), set_config('work_mem', '64MB', true),"
                    + " current_setting('transaction_read_only')";

    private Settings() {}

    /// Sets them for the transaction that is open.
    ///
    /// @return whether it can only read
    static boolean local(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(LOCAL)) {
            row.next();
            return row.getString("current_setting").equals("on");
        }
    }
}
