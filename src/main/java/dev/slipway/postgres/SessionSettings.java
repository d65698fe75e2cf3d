package dev.slipway.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/// What a session starts with. One statement, which is not recorded where the role may say so.
///
/// The driver sends the time zone of this machine, DateStyle and extra_float_digits while it connects,
/// and RESET leads back to what was sent. So the database and the role are asked what they have, most
/// special first as the server does, and where neither says anything the server's built-in default
/// counts: a server's own file is not told to a session that brought a value. Of DateStyle the order of
/// day and month is taken; the driver reads no other style than ISO.
final class SessionSettings {
    /// So that a server notices our death within two seconds, instead of finishing and committing for
    /// nobody.
    private static final String CHECK =
            ", set_config('client_connection_check_interval', '2000', false)";

    private static final String INVALID_VALUE = "22023";

    private SessionSettings() {}

    /// Makes `connection`, which is new and in autocommit, what `session` asks for.
    static void apply(Connection connection, Postgres.Session session) throws SQLException {
        var settings =
                """
                with own as (
                    select distinct on (1) lower(split_part(c, '=', 1)) as name, substr(c, position('=' in c) + 1) as value
                    from pg_db_role_setting s, unnest(s.setconfig) c
                    where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
                        and s.setrole in (0, (select oid from pg_roles where rolname = session_user))
                    order by 1, s.setrole <> 0 and s.setdatabase <> 0 desc, s.setrole <> 0 desc, s.setdatabase <> 0 desc)
                select %s case when %s then set_config('pg_stat_statements.track', 'none', false) end,
                    set_config('lock_timeout', '%d', false), set_config('statement_timeout', '%d', false),
                    set_config('TimeZone', coalesce((select value from own where name = 'timezone'), 'GMT'), false),
                    set_config('extra_float_digits', coalesce((select value from own where name = 'extra_float_digits'), '1'), false),
                    set_config('DateStyle', 'ISO' || coalesce((select ', ' || (regexp_match(upper(value), '[DMY]{3}'))[1]
                        from own where name = 'datestyle'), ''), false)\
                """
                        .formatted(
                                Postgres.MARK,
                                mayStayUnrecorded(connection),
                                session.lockTimeout().toMillis(),
                                session.statementTimeout().toMillis());
        try (var statement = connection.createStatement()) {
            try {
                statement.execute(settings + CHECK);
            } catch (SQLException e) {
                if (!PostgresFailure.state(e).equals(INVALID_VALUE)) {
                    throw e;
                }
                // Servers on systems without the needed poll refuse any value but zero.
                statement.execute(settings);
            }
        }
    }

    private static String mayStayUnrecorded(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= 15
                ? "has_parameter_privilege('pg_stat_statements.track', 'SET')"
                : "current_setting('is_superuser') = 'on'";
    }
}
