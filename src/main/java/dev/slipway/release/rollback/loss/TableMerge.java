package dev.slipway.release.rollback.loss;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds the rows in which two states of a table differ: first by digests of buckets, then by digests of
/// the rows of those buckets that differ. Memory holds the rows of one bucket at a time.
final class TableMerge {
    private final Sides sides;
    private final Pair pair;
    private final int buckets;

    TableMerge(Sides sides, Pair pair) {
        this.sides = sides;
        this.pair = pair;
        buckets = RowSql.buckets(Math.max(pair.then().bytes(), pair.now().bytes()));
    }

    /// Hears of the rows that differ.
    interface Listener {
        void differs(Difference difference) throws SQLException;
    }

    /// How many rows both have, and how many values in columns that only one has.
    ///
    /// @param valuesThen by column
    /// @param valuesNow likewise
    record Totals(long then, long now, List<Long> valuesThen, List<Long> valuesNow) {}

    /// Reads both and tells `listener` every row that differs, in no order.
    Totals run(Listener listener) throws SQLException, InterruptedException {
        var sums =
                sides.both(
                        side -> Sums.read(side, sql(pair.then()), buckets, pair.onlyThen()),
                        side -> Sums.read(side, sql(pair.now()), buckets, pair.onlyNow()));
        var before = sums.then();
        var after = sums.now();
        var differing = IntStream.range(0, buckets).filter(b -> before.differs(after, b)).toArray();
        if (differing.length > 0) {
            merge(differing, listener);
        }
        return new Totals(before.rows(), after.rows(), before.values(), after.values());
    }

    private RowSql sql(TableShape table) {
        return new RowSql(table, pair);
    }

    private void merge(int[] differing, Listener listener)
            throws SQLException, InterruptedException {
        var cursors =
                sides.both(
                        side -> Cursor.open(side, sql(pair.then()), buckets, differing),
                        side -> Cursor.open(side, sql(pair.now()), buckets, differing));
        try (var before = cursors.then();
                var after = cursors.now()) {
            for (int bucket : differing) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                var old = new HashMap<List<String>, String>();
                before.each(bucket, row -> old.put(row.key(), row.digest()));
                after.each(
                        bucket,
                        row -> {
                            var was = old.remove(row.key());
                            if (was == null) {
                                listener.differs(
                                        Difference.lost(row.key(), row.digest(), row.newness()));
                            } else if (!was.equals(row.digest())) {
                                listener.differs(Difference.changed(row.key(), was, row.digest()));
                            }
                        });
                for (var gone : old.entrySet()) {
                    listener.differs(Difference.returning(gone.getKey(), gone.getValue()));
                }
            }
        }
    }

    /// What the buckets of one state hold.
    private record Sums(long[] counts, long[] digests, List<Long> values) {
        static Sums read(ReadSide side, RowSql sql, int buckets, List<String> columns)
                throws SQLException {
            return side.ask(sql.sums(buckets, columns), rows -> of(rows, buckets, columns.size()));
        }

        private static Sums of(ResultSet rows, int buckets, int columns) throws SQLException {
            var sums =
                    new Sums(
                            new long[buckets],
                            new long[buckets],
                            new ArrayList<>(Arrays.asList(new Long[columns])));
            sums.values.replaceAll(_ -> 0L);
            while (rows.next()) {
                int bucket = rows.getInt(1);
                sums.counts[bucket] = rows.getLong(2);
                sums.digests[bucket] = rows.getLong(3);
                for (int i = 0; i < columns; i++) {
                    sums.values.set(i, sums.values.get(i) + rows.getLong(4 + i));
                }
            }
            return sums;
        }

        boolean differs(Sums other, int bucket) {
            return counts[bucket] != other.counts[bucket]
                    || digests[bucket] != other.digests[bucket];
        }

        long rows() {
            return Arrays.stream(counts).sum();
        }
    }

    private record Row(int bucket, String digest, double newness, List<String> key) {}

    private interface Rows {
        void row(Row row) throws SQLException;
    }

    /// The rows of one state, a bucket after the other.
    private static final class Cursor implements AutoCloseable {
        private final PreparedStatement statement;
        private final ResultSet rows;
        private final int width;
        private @Nullable Row next;

        private Cursor(PreparedStatement statement, ResultSet rows, int width) throws SQLException {
            this.statement = statement;
            this.rows = rows;
            this.width = width;
            advance();
        }

        static Cursor open(ReadSide side, RowSql sql, int buckets, int[] differing)
                throws SQLException {
            boolean chosen = differing.length < buckets;
            var statement = side.prepare(sql.rows(buckets, chosen));
            try {
                if (chosen) {
                    statement.setArray(
                            1,
                            side.connection()
                                    .createArrayOf(
                                            "int4", Arrays.stream(differing).boxed().toArray()));
                }
                return new Cursor(statement, statement.executeQuery(), sql.pair().key().size());
            } catch (SQLException e) {
                statement.close();
                throw e;
            }
        }

        /// All rows of `bucket`, the next one that is not done.
        void each(int bucket, Rows listener) throws SQLException {
            for (var row = next; row != null && row.bucket() == bucket; row = next) {
                listener.row(row);
                advance();
            }
        }

        private void advance() throws SQLException {
            if (!rows.next()) {
                next = null;
                return;
            }
            var key = new ArrayList<String>(width);
            for (int i = 0; i < width; i++) {
                key.add(rows.getString(4 + i));
            }
            double newness = rows.getDouble(3);
            next =
                    new Row(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.wasNull() ? Double.NEGATIVE_INFINITY : newness,
                            List.copyOf(key));
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
