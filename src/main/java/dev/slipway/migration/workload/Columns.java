package dev.slipway.migration.workload;

import dev.slipway.migration.workload.PlanShape.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The physical columns of the tables, dropped ones among them, as a plan counts them.
final class Columns {
    private final Map<Table, List<Column>> tables = new HashMap<>();

    private Columns() {}

    /// @param type as a cast writes it; for an enum or domain also its base below
    /// @param kind as in `pg_type.typtype`
    /// @param label the first label of an enum
    /// @param required NOT NULL and filled by nobody but the statement
    /// @param refers what a foreign key of this one column refers to
    /// @param unique whether an index of this one column is unique
    record Column(
            String name,
            String type,
            String base,
            String kind,
            Optional<String> label,
            int length,
            boolean required,
            Optional<Reference> refers,
            boolean unique) {}

    record Reference(Table table, String column) {}

    static Columns read(Connection connection) throws SQLException {
        var columns = new Columns();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select n.nspname, c.relname, a.attname,
                                    format_type(t.oid, null), format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null),
                                    t.typtype::text,
                                    (select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder limit 1),
                                    case when a.atttypmod > 4 and t.typname in ('varchar', 'bpchar') then a.atttypmod - 4 else 0 end,
                                    a.attnotnull and a.attgenerated = '' and not a.attisdropped
                                        and not exists (select from pg_trigger g where g.tgrelid = c.oid
                                            and not g.tgisinternal and g.tgtype & 7 = 7 and g.tgenabled <> 'D'),
                                    fn.nspname, fc.relname, fa.attname,
                                    exists (select from pg_index i where i.indrelid = c.oid and i.indisunique
                                        and i.indnkeyatts = 1 and i.indkey[0] = a.attnum)
                                from pg_class c
                                join pg_namespace n on n.oid = c.relnamespace
                                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                                left join pg_type t on t.oid = a.atttypid
                                left join lateral (select k.confrelid, k.confkey[1] as key from pg_constraint k
                                    where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum] limit 1) k on true
                                left join pg_class fc on fc.oid = k.confrelid
                                left join pg_namespace fn on fn.oid = fc.relnamespace
                                left join pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = k.key
                                where c.relkind in ('r', 'p', 'v', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                                order by c.oid, a.attnum\
                                """)) {
            while (rows.next()) {
                columns.tables
                        .computeIfAbsent(
                                new Table(rows.getString(1), rows.getString(2)),
                                _ -> new ArrayList<>())
                        .add(
                                new Column(
                                        rows.getString(3),
                                        orEmpty(rows.getString(4)),
                                        orEmpty(rows.getString(5)),
                                        orEmpty(rows.getString(6)),
                                        Optional.ofNullable(rows.getString(7)),
                                        rows.getInt(8),
                                        rows.getBoolean(9),
                                        rows.getString(11) == null
                                                ? Optional.empty()
                                                : Optional.of(
                                                        new Reference(
                                                                new Table(
                                                                        rows.getString(10),
                                                                        rows.getString(11)),
                                                                rows.getString(12))),
                                        rows.getBoolean(13)));
            }
        }
        return columns;
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    Optional<Column> find(PlanShape.Bound bound) {
        var all = tables.getOrDefault(bound.table(), List.of());
        return bound.number() > 0
                ? all.stream().skip(bound.number() - 1L).findFirst()
                : all.stream().filter(column -> column.name().equals(bound.column())).findFirst();
    }

    /// Columns that are NOT NULL and into which an INSERT writes nothing else than NULL. A column that a
    /// trigger may fill does not count.
    List<String> nulls(PlanShape plan) {
        var nulls = new ArrayList<String>();
        var all =
                plan.target().map(table -> tables.getOrDefault(table, List.of())).orElse(List.of());
        for (int i = 0; i < Math.min(all.size(), plan.inserted().size()); i++) {
            var value = plan.inserted().get(i);
            if (all.get(i).required() && (value.equals("NULL") || value.startsWith("NULL::"))) {
                nulls.add(plan.target().orElseThrow().name() + "." + all.get(i).name());
            }
        }
        return nulls;
    }
}
