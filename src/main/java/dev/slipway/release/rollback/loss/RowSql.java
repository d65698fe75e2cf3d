package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import dev.slipway.release.rollback.loss.TableShape.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The statements that read one state of a table. Pure.
///
/// A row is compared by the text Postgres writes of it, which is the same in two sessions with the same
/// settings. It is put into one of many buckets by the digest of its key, so both states put it into the
/// same one without agreeing on an order, and no sort and no collation takes part.
///
/// @param table this state of it
/// @param pair how it is told apart and compared
record RowSql(TableShape table, Pair pair) {
    /// Rows a bucket should have about: fewer make many digests, more make many rows to be read again.
    private static final int ROWS = 8;

    /// Bytes a row is taken to have on disk.
    private static final int ROW_BYTES = 64;

    private static final int MOST_BUCKETS = 1 << 17;

    /// How many buckets a table of `bytes` gets: a power of two.
    static int buckets(long bytes) {
        long wanted = Math.clamp(bytes / ROW_BYTES / ROWS, 1, MOST_BUCKETS);
        return (int) Long.highestOneBit(wanted);
    }

    /// Per bucket: its number, how many rows, a digest of all of them, and of each column of `counted` how
    /// many rows have a value.
    String sums(int buckets, List<String> counted) {
        var values = new StringBuilder();
        var columns = new StringBuilder();
        for (int i = 0; i < counted.size(); i++) {
            values.append(", count(v%d)".formatted(i));
            columns.append(", %s as v%d".formatted(TableName.quote(counted.get(i)), i));
        }
        return "select %s b, count(*), bit_xor(hashtextextended(r, 0))%s from (select %s as b, %s as r%s from %s as t) as each_row group by b"
                .formatted(
                        Postgres.MARK, values, bucket(buckets), content(), columns, table.from());
    }

    /// Per row, ordered by bucket: its bucket, its digest, how new it is (greater is newer, may be NULL),
    /// its key, a column each.
    ///
    /// @param chosen whether only the buckets in $1 are read
    String rows(int buckets, boolean chosen) {
        return "select %s %s, md5(%s), %s, %s from %s as t%s order by 1"
                .formatted(
                        Postgres.MARK,
                        bucket(buckets),
                        content(),
                        newness(),
                        pair.key().stream().map(this::keyText).collect(Collectors.joining(", ")),
                        table.from(),
                        chosen ? " where " + bucket(buckets) + " = any(?)" : "");
    }

    /// How many rows it has.
    static String total(TableShape table) {
        return "select " + Postgres.MARK + " count(*) from " + table.from();
    }

    /// The key, then the values of `columns`, all as text, of the rows whose keys are in $1, $2 and so on,
    /// a text array for each column of the key.
    ///
    /// @param cut after how many characters a value ends; 0 is never
    String byKey(List<String> columns, int cut) {
        var size = pair.key().size();
        var equal = new StringBuilder();
        for (int i = 0; i < size; i++) {
            var column = table.column(pair.key().get(i)).orElseThrow();
            equal.append(i == 0 ? "" : " and ")
                    .append("t.%s = cast(w.k%d as %s)".formatted(column.sql(), i, column.type()));
        }
        return "select %s %s, %s from %s as t join unnest(%s) as w(%s) on %s"
                .formatted(
                        Postgres.MARK,
                        pair.key().stream().map(this::keyText).collect(Collectors.joining(", ")),
                        texts(columns, cut),
                        table.from(),
                        repeated(size, _ -> "cast(? as text[])"),
                        repeated(size, i -> "k" + i),
                        equal);
    }

    /// The values of `columns` of the newest rows, newest first, however many there are.
    ///
    /// @param cut as above
    String newest(List<String> columns, int cut, int limit) {
        return "select %s %s from %s as t order by %s desc nulls last limit %d"
                .formatted(Postgres.MARK, texts(columns, cut), table.from(), newness(), limit);
    }

    /// The values of `columns` of all rows.
    static String all(TableShape table, List<String> columns) {
        return "select %s %s from %s as t"
                .formatted(Postgres.MARK, texts(columns, 0), table.from());
    }

    private static String texts(List<String> columns, int cut) {
        return columns.stream()
                .map(name -> text("t." + TableName.quote(name)))
                .map(text -> cut == 0 ? text : "left(" + text + ", " + cut + ")")
                .collect(Collectors.joining(", "));
    }

    private static String repeated(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(", "));
    }

    /// A value as its type writes it, NULL when it is NULL. A cast would not do: one of `char` to `text`
    /// drops blanks, and one of a composite value full of NULLs looks like NULL.
    static String text(String value) {
        return "case when %1$s is distinct from null then concat(%1$s) end".formatted(value);
    }

    private String bucket(int buckets) {
        var key = pair.key().stream().map(this::keyValue).collect(Collectors.joining(", "));
        return "(hashtextextended(cast(row(%s) as text) collate \"C\", 2) & %d)::int"
                .formatted(key, buckets - 1);
    }

    String content() {
        var columns =
                Stream.concat(pair.key().stream(), pair.shared().stream())
                        .distinct()
                        .map(name -> "t." + TableName.quote(name))
                        .collect(Collectors.joining(", "));
        return "cast(row(%s) as text) collate \"C\"".formatted(columns);
    }

    private String keyText(String name) {
        return text(keyValue(name));
    }

    /// A column of the key, so that equal numbers are written alike.
    private String keyValue(String name) {
        var column = table.column(name).orElseThrow();
        return column.base().equals("numeric")
                ? "trim_scale(t." + column.sql() + ")"
                : "t." + column.sql();
    }

    /// What tells newer rows from older ones: a moment of creation, else a number that counts up.
    private String newness() {
        return table.made()
                .map(column -> "cast(extract(epoch from " + column.sql() + ") as double precision)")
                .or(() ->
                        counting().map(column -> "cast(" + column.sql() + " as double precision)"))
                .orElse("cast(null as double precision)");
    }

    private Optional<Column> counting() {
        return pair.key().size() == 1
                ? table.column(pair.key().getFirst())
                        .filter(column ->
                                List.of("bigint", "integer", "smallint").contains(column.base()))
                : Optional.empty();
    }
}
