package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// A row, written in the transaction of a replay, that says that it was committed. It stands beside the
/// fence in the schema of Slipway, and goes back with the database like all else.
public final class ReplayMark {
    private ReplayMark() {}

    /// How many rows the replay of `mark` wrote; empty when it was never committed. Reading makes
    /// nothing.
    public static Optional<Long> read(Connection connection, String mark) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + Postgres.MARK
                                        + " to_regclass('slipway.replay') is not null")) {
            if (!rows.next() || !rows.getBoolean(1)) {
                return Optional.empty();
            }
        }
        try (var statement =
                connection.prepareStatement("select written from slipway.replay where mark = ?")) {
            statement.setString(1, mark);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }

    /// Writes it into the transaction that is open. The schema is there since the fence was raised.
    public static void write(Connection connection, String mark, long written) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists slipway.replay (mark text primary key, written bigint"
                            + " not null, replayed_at timestamptz not null default now())");
        }
        try (var statement =
                connection.prepareStatement(
                        "insert into slipway.replay (mark, written) values (?, ?)")) {
            statement.setString(1, mark);
            statement.setLong(2, written);
            statement.executeUpdate();
        }
    }
}
