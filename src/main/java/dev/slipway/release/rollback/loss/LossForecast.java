package dev.slipway.release.rollback.loss;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import dev.slipway.release.rollback.loss.Forecast.TableForecast;
import dev.slipway.release.rollback.loss.TableShape.Column;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Estimates what going back to a moment would cost, without a branch at that moment: by the commit
/// times the server keeps, where it does (`track_commit_timestamp`), by columns that tell when a row was
/// made and written, and by the server's statistics. Reads production and writes nothing.
///
/// [TableComparison] counts; this says what is worth counting.
public final class LossForecast {
    /// Writes since the server began to count, of tables whose statistics reach back to $1.
    private static final String STATISTICS =
            """
            select %s s.relid::bigint, case when greatest(s.last_analyze, s.last_autoanalyze) <= p.point
                then least(s.n_mod_since_analyze, s.n_tup_ins + s.n_tup_upd + s.n_tup_del)
                else s.n_tup_ins + s.n_tup_upd + s.n_tup_del end
            from pg_stat_user_tables s, (select ?::timestamptz as point) p
            where pg_postmaster_start_time() <= p.point
                and coalesce((select stats_reset from pg_stat_database
                    where datname = current_database()), p.point) <= p.point\
            """
                    .formatted(Postgres.MARK);

    private final Postgres postgres;
    private final LedgerTable ledger;
    private final InstantSource clock;
    private final Duration limit;

    /// @param ledger left out
    /// @param limit how long one forecast may take
    public LossForecast(
            Postgres postgres, LedgerTable ledger, InstantSource clock, Duration limit) {
        this.postgres = postgres;
        this.ledger = ledger;
        this.clock = clock;
        this.limit = limit;
    }

    /// Estimates for the database at `now`.
    ///
    /// @throws FailureException when the server does not let us in or breaks off
    public Forecast of(PostgresAddress now, Instant point) {
        var made = clock.instant();
        try (var side = ReadSide.open(postgres, now, clock, made.plus(limit))) {
            boolean committed = tracksCommits(side);
            var statistics = statistics(side, point);
            var tables = new ArrayList<TableForecast>();
            for (var shape : ShapeReader.read(side.connection(), ledger)) {
                var atMost = Optional.ofNullable(statistics.get(shape.id()));
                tables.add(
                        forecast(
                                side,
                                shape,
                                point,
                                committed,
                                atMost.map(OptionalLong::of).orElse(OptionalLong.empty())));
            }
            return new Forecast(made, point, tables);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    private static TableForecast forecast(
            ReadSide side, TableShape table, Instant point, boolean committed, OptionalLong atMost)
            throws SQLException {
        var obstacle = Pair.readable(table);
        if (obstacle.isPresent()) {
            return unknown(table, atMost, obstacle.get());
        }
        if (!side.inTime()) {
            return unknown(table, atMost, "There was no time left to look.");
        }
        side.mark();
        try {
            return committed
                    ? byCommits(side, table, point, atMost)
                    : byColumns(side, table, point, atMost);
        } catch (SQLException e) {
            var refusal = ReadSide.refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            side.back();
            return unknown(table, atMost, refusal.get());
        }
    }

    private static TableForecast byCommits(
            ReadSide side, TableShape table, Instant point, OptionalLong atMost)
            throws SQLException {
        var created = table.made().map(column -> since(column, point));
        var counts =
                counts(side, table, "pg_xact_commit_timestamp(xmin) >= " + literal(point), created);
        return new TableForecast(
                table.name(),
                created.isPresent() ? OptionalLong.of(counts[1]) : OptionalLong.empty(),
                created.isPresent() ? OptionalLong.of(counts[0] - counts[1]) : OptionalLong.empty(),
                OptionalLong.of(counts[0]),
                atMost,
                "By the commit times the server keeps."
                        + table.made()
                                .map(column -> " New rows are told by " + column.name() + ".")
                                .orElse(" New and changed rows are not told apart.")
                        + " Rows deleted since are not in it.");
    }

    private static TableForecast byColumns(
            ReadSide side, TableShape table, Instant point, OptionalLong atMost)
            throws SQLException {
        var created = table.made();
        var written = table.written();
        if (created.isEmpty() && written.isEmpty()) {
            return unknown(
                    table,
                    atMost,
                    atMost.isPresent()
                            ? "By the server's statistics of writes alone; what was made and deleted"
                                    + " again is in it."
                            : "No column tells when a row was made or written, and the server's"
                                    + " statistics do not reach back that far.");
        }
        var either =
                Stream.of(created, written)
                        .flatMap(Optional::stream)
                        .map(column -> since(column, point))
                        .collect(Collectors.joining(" or "));
        var counts = counts(side, table, either, created.map(column -> since(column, point)));
        var both = created.isPresent() && written.isPresent();
        return new TableForecast(
                table.name(),
                created.isPresent() ? OptionalLong.of(counts[1]) : OptionalLong.empty(),
                both ? OptionalLong.of(counts[0] - counts[1]) : OptionalLong.empty(),
                written.isPresent() ? OptionalLong.of(counts[0]) : OptionalLong.empty(),
                atMost,
                "By "
                        + String.join(
                                " and ",
                                Stream.of(created, written)
                                        .flatMap(Optional::stream)
                                        .map(Column::name)
                                        .toList())
                        + ", as the application fills them."
                        + (written.isPresent() ? "" : " Changes of older rows are not in it.")
                        + " Rows deleted since are not in it.");
    }

    /// A moment without a zone is taken as UTC, which the session has.
    private static String since(Column column, Instant point) {
        return "cast(%s as timestamptz) >= %s".formatted(column.sql(), literal(point));
    }

    private static String literal(Instant point) {
        return "timestamptz '" + point + "'";
    }

    /// How many rows meet `written`, and how many of those meet `created`.
    private static long[] counts(
            ReadSide side, TableShape table, String written, Optional<String> created)
            throws SQLException {
        return side.ask(
                "select %s count(*), count(*) filter (where %s) from %s where %s"
                        .formatted(Postgres.MARK, created.orElse("false"), table.from(), written),
                rows -> {
                    rows.next();
                    return new long[] {rows.getLong(1), rows.getLong(2)};
                });
    }

    private static TableForecast unknown(TableShape table, OptionalLong atMost, String why) {
        return new TableForecast(
                table.name(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                atMost,
                why);
    }

    private static boolean tracksCommits(ReadSide side) throws SQLException {
        return side.ask(
                "select " + Postgres.MARK + " current_setting('track_commit_timestamp') = 'on'",
                rows -> rows.next() && rows.getBoolean(1));
    }

    private static Map<Long, Long> statistics(ReadSide side, Instant point) throws SQLException {
        try (var statement = side.prepare(STATISTICS)) {
            statement.setTimestamp(1, Timestamp.from(point));
            try (var rows = statement.executeQuery()) {
                var most = new HashMap<Long, Long>();
                while (rows.next()) {
                    most.put(rows.getLong(1), rows.getLong(2));
                }
                return most;
            }
        }
    }
}
