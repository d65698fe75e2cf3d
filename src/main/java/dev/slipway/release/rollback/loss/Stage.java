package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.release.rollback.loss.Conflict.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of one table on their way back: a temporary table beside it, which goes with the transaction.
/// Each row is judged there, by comparing what production has now with what the point and the backup
/// have, before any row of production is touched.
///
/// @param target the connection to production, in a transaction
/// @param table the table in production
/// @param pair what of it is compared, between the point and the backup
/// @param chosen whether its rows are to come back; otherwise they are only judged
record Stage(
        Connection target,
        TableShape table,
        Pair pair,
        List<String> columns,
        String name,
        boolean chosen) {
    /// The row can be written.
    private static final String READY = "READY";

    /// Production has it as it should be.
    private static final String THERE = "THERE";

    /// It stays, because nobody asked for it.
    private static final String LEFT = "LEFT";

    private static final String SETTLED = "('" + READY + "', '" + THERE + "', '" + LEFT + "')";

    Stage {
        columns = List.copyOf(columns);
    }

    /// Makes an empty one.
    static Stage make(Connection target, TableShape table, Pair pair, int number, boolean chosen)
            throws SQLException {
        var columns =
                Stream.concat(pair.key().stream(), pair.shared().stream()).distinct().toList();
        var stage =
                new Stage(target, table, pair, columns, "pg_temp.slipway_replay_" + number, chosen);
        stage.run(
                "create temp table slipway_replay_%d on commit drop as select %s, cast('' as text) as kind, cast('' as text) as state, cast('' as text) as detail, cast('' as text) as was, cast('' as text) as became from %s as t with no data"
                        .formatted(
                                number,
                                stage.each(i -> "t." + quoted(columns.get(i)) + " as v" + i),
                                table.from()));
        return stage;
    }

    TableName of() {
        return table.name();
    }

    /// Takes `differences` in, with the values the backup has.
    void add(List<Difference> differences, RowsByKey backup) throws SQLException {
        var found =
                backup.of(
                        differences.stream()
                                .filter(each -> each.kind() != Difference.Kind.RETURNING)
                                .map(Difference::key)
                                .toList());
        var arrays = new ArrayList<Object[]>();
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            arrays.add(differences.stream().map(each -> value(each, at, found)).toArray());
        }
        arrays.add(differences.stream().map(each -> each.kind().name()).toArray());
        arrays.add(differences.stream().map(Difference::then).toArray());
        arrays.add(differences.stream().map(Difference::now).toArray());
        var sql =
                "insert %s into %s select %s, a.kind, '', '', a.was, a.became from unnest(%s) as a(%s, kind, was, became)"
                        .formatted(
                                Postgres.MARK,
                                name,
                                each(i -> "cast(a.v%d as %s)".formatted(i, column(i).type())),
                                Stream.generate(() -> "cast(? as text[])")
                                        .limit(arrays.size())
                                        .collect(Collectors.joining(", ")),
                                each(i -> "v" + i));
        try (var statement = target.prepareStatement(sql)) {
            for (int i = 0; i < arrays.size(); i++) {
                statement.setArray(i + 1, target.createArrayOf("text", arrays.get(i)));
            }
            statement.executeUpdate();
        }
    }

    private @Nullable Object value(
            Difference difference, int at, Map<List<String>, List<Optional<String>>> found) {
        var row = found.get(difference.key());
        if (row != null) {
            return row.get(at).orElse(null);
        }
        int key = pair.key().indexOf(columns.get(at));
        return key < 0 ? null : difference.key().get(key);
    }

    /// Says of each row whether production lets it come back as it was.
    void judge(boolean deletions) throws SQLException {
        run("analyze " + name);
        run("update %s as s set state = 'ABSENT'".formatted(name));
        run(
                "update %s as s set state = case when s.became = md5(%s) then 'THERE' when s.was = md5(%s) then 'UNTOUCHED' else 'OTHER' end from %s as t where %s"
                        .formatted(name, content(), content(), table.from(), keysMatch()));
        run(
                """
                update %s as s set state = case
                    when kind = 'RETURNING' and %s then 'LEFT'
                    when kind = 'LOST' and state = 'ABSENT' then 'READY'
                    when kind <> 'LOST' and state = 'UNTOUCHED' then 'READY'
                    when kind = 'RETURNING' and state = 'ABSENT' then 'THERE'
                    when kind = 'CHANGED' and state = 'ABSENT' then 'DELETED_SINCE'
                    when kind = 'LOST' and state = 'OTHER' then 'KEY_TAKEN'
                    when state = 'OTHER' then 'CHANGED_SINCE' else state end\
                """
                        .formatted(name, !deletions));
    }

    /// Marks rows whose unique values another row has that stays as it is. Returns how many.
    int markTwins() throws SQLException {
        int marked = 0;
        for (var unique : table.uniques()) {
            if (unique.columns().equals(pair.key()) || !columns.containsAll(unique.columns())) {
                continue;
            }
            marked +=
                    mark(
                            Kind.UNIQUE_TAKEN,
                            String.join(", ", unique.columns()),
                            "s.kind <> 'RETURNING' and exists (select from %s as t where %s and not (%s) and not exists (select from %s as o where %s and o.state = 'READY' and o.kind <> 'LOST'))"
                                    .formatted(
                                            table.from(),
                                            match("t", unique.columns(), "s"),
                                            keysMatch(),
                                            name,
                                            match("t", pair.key(), "o")));
        }
        return marked;
    }

    /// Marks rows that refer by `key` to a row that is not there, or whose place another has taken.
    ///
    /// @param parent the rows of the table it refers to, null when none of them differ
    int markOrphans(ForeignKey key, TableShape parentTable, @Nullable Stage parent)
            throws SQLException {
        if (!columns.containsAll(key.columns())) {
            return 0;
        }
        var filled =
                key.columns().stream()
                        .map(column -> "s." + v(column) + " is not null")
                        .collect(Collectors.joining(" and "));
        var there =
                "exists (select from %s as t where %s)"
                        .formatted(
                                parentTable.from(),
                                pairs("t", key.referenced(), Stage::quoted, key.columns()));
        if (parent == null || !parent.columns().containsAll(key.referenced())) {
            return mark(
                    Kind.PARENT_MISSING,
                    key.name(),
                    "s.kind <> 'RETURNING' and %s and not %s".formatted(filled, there));
        }
        var staged =
                "exists (select from %s as p where %s and %s)"
                        .formatted(
                                parent.name(),
                                pairs("p", key.referenced(), parent::v, key.columns()),
                                "%s");
        var coming =
                staged.formatted(
                        parent.chosen() ? "p.kind <> 'RETURNING' and p.state = 'READY'" : "false");
        var other =
                staged.formatted(
                        "p.kind = 'LOST' and p.state not in ('THERE'"
                                + (parent.chosen() ? ", 'READY')" : ")"));
        return mark(
                Kind.PARENT_MISSING,
                key.name(),
                "s.kind <> 'RETURNING' and %s and (%s or not (%s or %s))"
                        .formatted(filled, other, there, coming));
    }

    /// Marks rows to be deleted that others refer to by `key`.
    ///
    /// @param child the rows of the table that refers, null when none of them differ
    int markReferred(ForeignKey key, TableShape childTable, @Nullable Stage child)
            throws SQLException {
        if (!columns.containsAll(key.referenced())) {
            return 0;
        }
        var going =
                child == null || !child.chosen()
                        ? ""
                        : " and not exists (select from %s as c where %s and c.state = 'READY' and c.kind = 'RETURNING')"
                                .formatted(child.name(), child.match("t", child.pair.key(), "c"));
        return mark(
                Kind.REFERRED_TO,
                key.name(),
                "s.kind = 'RETURNING' and exists (select from %s as t where %s%s)"
                        .formatted(
                                childTable.from(),
                                pairs("t", key.columns(), Stage::quoted, key.referenced()),
                                going));
    }

    private int mark(Kind kind, String detail, String condition) throws SQLException {
        var sql =
                "update %s as s set state = '%s', detail = ? where s.state = 'READY' and %s"
                        .formatted(name, kind.name(), condition);
        try (var statement = target.prepareStatement(sql)) {
            statement.setString(1, detail);
            return statement.executeUpdate();
        }
    }

    /// What cannot come back.
    List<Conflict> conflicts() throws SQLException {
        var conflicts = new ArrayList<Conflict>();
        try (var statement = target.createStatement();
                var rows =
                        statement.executeQuery(
                                "select state, detail, count(*) from %s where state not in %s group by 1, 2 order by 1, 2"
                                        .formatted(name, SETTLED))) {
            while (rows.next()) {
                conflicts.add(
                        new Conflict(
                                of(),
                                Kind.valueOf(rows.getString(1)),
                                rows.getLong(3),
                                rows.getString(2)));
            }
        }
        return conflicts;
    }

    /// How many rows are in each kind and state, by `KIND STATE`.
    Map<String, Long> counts() throws SQLException {
        var counts = new HashMap<String, Long>();
        try (var statement = target.createStatement();
                var rows =
                        statement.executeQuery(
                                "select kind || ' ' || state, count(*) from %s group by 1"
                                        .formatted(name))) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    /// Deletes again what was deleted. Returns how many rows.
    int delete() throws SQLException {
        return run(
                "delete from %s as t using %s as s where %s and s.kind = 'RETURNING' and s.state = 'READY' and md5(%s) = s.was"
                        .formatted(table.from(), name, keysMatch(), content()));
    }

    /// Brings lost rows and the content of changed ones back. Returns how many rows.
    ///
    /// A changed row may refer to a lost one, and a lost one may have a unique value that a changed one
    /// gives up; where one order does not do, the other is tried.
    int write() throws SQLException {
        run("savepoint slipway_write");
        try {
            return update() + insert();
        } catch (SQLException e) {
            if (!PostgresFailure.state(e).startsWith("23")) {
                throw e;
            }
            run("rollback to savepoint slipway_write");
            return insert() + update();
        }
    }

    /// Gives changed rows their later content back.
    private int update() throws SQLException {
        var sets =
                IntStream.range(0, columns.size())
                        .filter(i -> !pair.key().contains(columns.get(i)) && !column(i).always())
                        .mapToObj(i -> quoted(columns.get(i)) + " = s.v" + i)
                        .collect(Collectors.joining(", "));
        if (sets.isEmpty()) {
            return 0;
        }
        return run(
                "update %s as t set %s from %s as s where %s and s.kind = 'CHANGED' and s.state = 'READY' and md5(%s) = s.was"
                        .formatted(table.from(), sets, name, keysMatch(), content()));
    }

    /// Brings lost rows back, in one statement, so that they may refer to each other.
    private int insert() throws SQLException {
        return run(
                "insert into %s (%s) overriding system value select %s from %s as s where s.kind = 'LOST' and s.state = 'READY'"
                        .formatted(
                                table.name().sql(),
                                each(i -> quoted(columns.get(i))),
                                each(i -> "s.v" + i),
                                name));
    }

    private int run(String sql) throws SQLException {
        try (var statement = target.createStatement()) {
            statement.execute(sql.replaceFirst(" ", " " + Postgres.MARK + " "));
            return Math.max(0, statement.getUpdateCount());
        }
    }

    private String content() {
        return new RowSql(table, pair).content();
    }

    private String keysMatch() {
        return match("t", pair.key(), "s");
    }

    /// That `names` of a row of the table are what a staged row has.
    private String match(String row, List<String> names, String staged) {
        return names.stream()
                .map(column -> "%s.%s = %s.%s".formatted(row, quoted(column), staged, v(column)))
                .collect(Collectors.joining(" and "));
    }

    private interface Naming {
        String of(String column);
    }

    /// That columns of another row are what columns of `s`, which is staged here, are.
    private String pairs(String row, List<String> names, Naming naming, List<String> own) {
        return IntStream.range(0, names.size())
                .mapToObj(
                        i -> "%s.%s = s.%s".formatted(row, naming.of(names.get(i)), v(own.get(i))))
                .collect(Collectors.joining(" and "));
    }

    private String v(String column) {
        return "v" + columns.indexOf(column);
    }

    private TableShape.Column column(int i) {
        return table.column(columns.get(i)).orElseThrow();
    }

    private String each(IntFunction<String> part) {
        return IntStream.range(0, columns.size()).mapToObj(part).collect(Collectors.joining(", "));
    }

    private static String quoted(String column) {
        return TableName.quote(column);
    }
}
