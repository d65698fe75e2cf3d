package dev.slipway.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A statement that runs outside of any transaction, one by one, and what the catalog shows of it.
///
/// There is no ledger row in the same transaction, so what became of it is told by what it makes:
/// seen from outside, also by whoever finds it after a crash.
///
/// @param tag the migration it belongs to
/// @param number its number in the migration, from one
/// @param of how many the migration has
/// @param sql as the migration writes it
/// @param goal what it makes
/// @param tolerant whether it is written so that finding it done is no error: IF [NOT] EXISTS
public record LoneStatement(
        String tag, int number, int of, String sql, Goal goal, boolean tolerant) {
    /// What a statement makes. Names are as SQL writes them, quoted where needed.
    public sealed interface Goal {
        /// A valid index `index` on `table`, in the table's schema.
        record Index(String index, String table) implements Goal {}

        /// No index `index`.
        record NoIndex(String index) implements Goal {}

        /// Another index in place of `index`, with the same name.
        record NewIndex(String index) implements Goal {}

        /// Another one in place of each index of `table`.
        record NewIndexes(String table) implements Goal {}

        /// The label `label` of the enum `type`.
        record Label(String type, String label) implements Goal {}

        /// `part` is a partition of `table` no more.
        record Detached(String table, String part) implements Goal {}

        /// `table` was vacuumed.
        record Vacuumed(String table) implements Goal {}
    }

    /// What was seen.
    ///
    /// @param done whether what it makes is there
    /// @param left the statement that clears away what an interrupted attempt left, or ends it
    /// @param working whether the server works on it now, for whomever
    /// @param facts what an observer after the statement has to know from before it
    public record Look(
            boolean done, Optional<String> left, boolean working, Map<String, String> facts) {
        public Look {
            facts = Map.copyOf(facts);
        }
    }

    /// Looks.
    ///
    /// @param before the facts of a look before the statement was first sent; empty when this is it
    /// @throws SQLException as the server said
    public Look look(Connection connection, Map<String, String> before) throws SQLException {
        return switch (goal) {
            case Goal.Index(var index, var table) -> index(new Asked(connection), index, table);
            case Goal.NoIndex(var index) -> {
                var asked = new Asked(connection);
                yield simple(!asked.yes("select to_regclass(?) is not null", index));
            }
            case Goal.NewIndex(var index) ->
                    replaced(
                            new Asked(connection),
                            "i.indexrelid = to_regclass(?)",
                            "i.indrelid = (select indrelid from pg_index where indexrelid ="
                                    + " to_regclass(?))",
                            index,
                            before);
            case Goal.NewIndexes(var table) ->
                    replaced(
                            new Asked(connection),
                            "i.indrelid = to_regclass(?)",
                            "i.indrelid = to_regclass(?)",
                            table,
                            before);
            case Goal.Label(var type, var label) ->
                    simple(
                            new Asked(connection)
                                    .yes(
                                            "select exists (select from pg_enum where enumtypid ="
                                                    + " to_regtype(?) and enumlabel = ?)",
                                            type,
                                            label));
            case Goal.Detached(var table, var part) -> detached(new Asked(connection), table, part);
            case Goal.Vacuumed(var table) -> vacuumed(new Asked(connection), table, before);
        };
    }

    /// The table it works on, with its schema unless that is `public`, when it is there.
    public Optional<String> table(Connection connection) throws SQLException {
        var asked = new Asked(connection);
        return switch (goal) {
            case Goal.Index(_, var table) -> asked.named("to_regclass(?)", table);
            case Goal.NoIndex(var index) -> asked.tableOf(index);
            case Goal.NewIndex(var index) -> asked.tableOf(index);
            case Goal.NewIndexes(var table) -> asked.named("to_regclass(?)", table);
            case Goal.Label _ -> Optional.empty();
            case Goal.Detached(var table, _) -> asked.named("to_regclass(?)", table);
            case Goal.Vacuumed(var table) -> asked.named("to_regclass(?)", table);
        };
    }

    private static boolean yes(String bool) {
        return bool.startsWith("t");
    }

    private static Look simple(boolean done) {
        return new Look(done, Optional.empty(), false, Map.of());
    }

    private static Look index(Asked asked, String index, String table) throws SQLException {
        var found =
                asked.row(
                        "select i.indisvalid, i.indexrelid::regclass::text, exists (select from"
                                + " pg_stat_progress_create_index p where p.index_relid ="
                                + " i.indexrelid) from pg_index i join pg_class c on c.oid ="
                                + " i.indexrelid where i.indrelid = to_regclass(?) and c.relname ="
                                + " (parse_ident(?))[1]",
                        3,
                        table,
                        index);
        if (found.isEmpty()) {
            return simple(false);
        }
        var row = found.get();
        boolean valid = yes(row[0]);
        return new Look(
                valid,
                valid
                        ? Optional.empty()
                        : Optional.of("drop index concurrently if exists " + row[1]),
                yes(row[2]),
                Map.of());
    }

    /// Rebuilt ones have the old name and a new OID; a broken attempt leaves a twin `…_ccnew` (or, late,
    /// the old one as `…_ccold`) that is not valid.
    private static Look replaced(
            Asked asked, String which, String beside, String name, Map<String, String> before)
            throws SQLException {
        var now =
                asked.row(
                                "select coalesce(string_agg(i.indexrelid::text, ',' order by"
                                        + " i.indexrelid), ''), coalesce(bool_and(i.indisvalid),"
                                        + " false) from pg_index i join pg_class c on c.oid ="
                                        + " i.indexrelid where "
                                        + which
                                        + " and not i.indisexclusion and c.relname !~"
                                        + " '_cc(new|old)[0-9]*$'",
                                2,
                                name)
                        .orElseThrow();
        var left =
                asked.row(
                        "select i.indexrelid::regclass::text, exists (select from"
                                + " pg_stat_progress_create_index p where p.relid = i.indrelid) from"
                                + " pg_index i join pg_class c on c.oid = i.indexrelid where "
                                + beside
                                + " and not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'"
                                + " order by 1 limit 1",
                        2,
                        name);
        var old = before.get("oids");
        boolean done =
                old != null
                        && left.isEmpty()
                        && yes(now[1])
                        && java.util.Arrays.stream(now[0].split(","))
                                .noneMatch(java.util.Set.of(old.split(","))::contains);
        return new Look(
                done,
                left.map(row -> "drop index concurrently if exists " + row[0]),
                left.map(row -> yes(row[1])).orElse(false),
                Map.of("oids", now[0]));
    }

    private static Look detached(Asked asked, String table, String part) throws SQLException {
        var pending =
                asked.row(
                        "select inhdetachpending from pg_inherits where inhparent = to_regclass(?)"
                                + " and inhrelid = to_regclass(?)",
                        1,
                        table,
                        part);
        return new Look(
                pending.isEmpty(),
                pending.filter(row -> yes(row[0]))
                        .map(_ ->
                                "alter table " + table + " detach partition " + part + " finalize"),
                false,
                Map.of());
    }

    /// Doing it twice does no harm, so a server that has lost its statistics only costs time.
    private static Look vacuumed(Asked asked, String table, Map<String, String> before)
            throws SQLException {
        var facts = new HashMap<String, String>();
        facts.put("since", asked.row("select clock_timestamp()::text", 1).orElseThrow()[0]);
        var since = before.get("since");
        boolean done =
                since != null
                        && asked.yes(
                                "select exists (select from pg_stat_all_tables where relid ="
                                        + " to_regclass(?) and last_vacuum >= ?::timestamptz)",
                                table,
                                since);
        return new Look(done, Optional.empty(), false, facts);
    }

    /// What it makes, in words: `index orders_created_idx`.
    public String thing() {
        return switch (goal) {
            case Goal.Index(var index, _) -> "index " + index;
            case Goal.NoIndex(var index) -> "no index " + index;
            case Goal.NewIndex(var index) -> "index " + index + " built anew";
            case Goal.NewIndexes(var table) -> "indexes of " + table + " built anew";
            case Goal.Label(var type, var label) -> "label '" + label + "' of " + type;
            case Goal.Detached(_, var part) -> part + " detached";
            case Goal.Vacuumed(var table) -> table + " vacuumed";
        };
    }

    /// What it does, an imperative: `Build the index orders_created_idx`.
    public String imperative() {
        return switch (goal) {
            case Goal.Index(var index, _) -> "Build the index " + index;
            case Goal.NoIndex(var index) -> "Drop the index " + index;
            case Goal.NewIndex(var index) -> "Build the index " + index + " anew";
            case Goal.NewIndexes(var table) -> "Build the indexes of " + table + " anew";
            case Goal.Label(var type, var label) -> "Add the label '" + label + "' to " + type;
            case Goal.Detached(var table, var part) -> "Detach " + part + " from " + table;
            case Goal.Vacuumed(var table) -> "Vacuum " + table;
        };
    }

    /// Whether an interrupted attempt may leave an index that costs and serves nobody.
    public boolean leaves() {
        return goal instanceof Goal.Index
                || goal instanceof Goal.NewIndex
                || goal instanceof Goal.NewIndexes;
    }

    /// Questions with text parameters only.
    private record Asked(Connection connection) {
        Optional<String[]> row(String sql, int columns, String... values) throws SQLException {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setString(i + 1, values[i]);
                }
                try (var rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        return Optional.empty();
                    }
                    var row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = rows.getString(i + 1);
                    }
                    return Optional.of(row);
                }
            }
        }

        Optional<String> tableOf(String index) throws SQLException {
            return named(
                    "(select indrelid from pg_index where indexrelid = to_regclass(?))", index);
        }

        /// The name of the relation `oid` finds.
        Optional<String> named(String oid, String value) throws SQLException {
            return row(
                            "select case n.nspname when 'public' then '' else"
                                    + " quote_ident(n.nspname) || '.' end || quote_ident(c.relname)"
                                    + " from pg_class c join pg_namespace n on n.oid ="
                                    + " c.relnamespace where c.oid = "
                                    + oid,
                            1,
                            value)
                    .map(row -> row[0]);
        }

        boolean yes(String sql, String... values) throws SQLException {
            return row(sql, 1, values).orElseThrow()[0].startsWith("t");
        }
    }
}
