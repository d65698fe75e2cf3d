package dev.slipway.migration.rehearsal;

import dev.slipway.migration.catalog.Catalog;
import dev.slipway.migration.catalog.CatalogObject;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.catalog.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What statements did to rows, and what that means to the code that is live.
///
/// @param live the catalog of the code that is live
record RowFindings(Catalog live) {
    /// What `done` did to rows that existed.
    ///
    /// @param now the catalog after it
    List<Finding> changed(List<StatementReport> done, Catalog now) {
        var names = tables(live);
        var findings = new ArrayList<Finding>();
        for (var statement : done) {
            for (var rows : statement.rows()) {
                if (names.contains(rows.table())) {
                    of(rows, fills(statement, rows.table(), now), findings);
                }
            }
        }
        return findings;
    }

    private static void of(StatementReport.Rows rows, boolean fills, List<Finding> findings) {
        var table = "table " + rows.table();
        if (rows.truncated()) {
            findings.add(new Finding(ChangeClass.DATA, table, "is emptied as a whole"));
        }
        if (rows.updated() > 0) {
            findings.add(
                    new Finding(
                            ChangeClass.DATA,
                            table,
                            "gets "
                                    + rows.updated()
                                    + " rows changed"
                                    + (fills
                                            ? ", in columns that are new; who writes these rows"
                                                    + " waits meanwhile"
                                            : ""),
                            fills));
        }
        if (rows.deleted() > 0) {
            findings.add(new Finding(ChangeClass.DATA, table, "loses " + rows.deleted() + " rows"));
        }
        if (rows.inserted() > 0) {
            findings.add(
                    new Finding(
                            ChangeClass.EXPAND, table, "gets " + rows.inserted() + " new rows"));
        }
    }

    /// Statements that are written to change rows and found none, on tables their migration did not
    /// make itself: whoever wrote them knew of rows.
    ///
    /// @param before the catalog before the migration
    /// @param now the catalog after it
    List<Finding> meant(List<StatementReport> done, Catalog before, Catalog now) {
        var existing = tables(before);
        var findings = new ArrayList<Finding>();
        for (var statement : done) {
            RowStatement.of(statement.sql())
                    .filter(each ->
                            bare(existing).contains(each.table())
                                    || !bare(tables(now)).contains(each.table()))
                    .filter(each -> !changed(statement, each.table()))
                    .filter(each -> !fillsNewColumns(each, now))
                    .map(each ->
                            new Finding(
                                    ChangeClass.DATA,
                                    "table " + each.table(),
                                    "is the target of "
                                            + each.verb()
                                            + " in statement "
                                            + statement.number()
                                            + ", which found no rows on the branch and may find some"
                                            + " in production"))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /// Whether what `statement` changed in `table` is only what fills new columns.
    private boolean fills(StatementReport statement, String table, Catalog now) {
        return RowStatement.of(statement.sql())
                .filter(each -> each.table().equals(bare(table)))
                .filter(each -> fillsNewColumns(each, now))
                .isPresent();
    }

    /// Filling what the batch itself added changes nothing that live code reads, unless something in
    /// the database acts on it.
    private boolean fillsNewColumns(RowStatement statement, Catalog now) {
        return !statement.columns().isEmpty()
                && !acting(live, statement.table())
                && !acting(now, statement.table())
                && of(live, Kind.COLUMN, statement.table())
                        .noneMatch(column -> statement.columns().contains(bare(column.name())));
    }

    private static boolean acting(Catalog catalog, String table) {
        return of(catalog, Kind.TRIGGER, table).findAny().isPresent()
                || of(catalog, Kind.RULE, table).findAny().isPresent();
    }

    private static Stream<CatalogObject> of(Catalog catalog, Kind kind, String table) {
        return catalog.objects()
                .filter(object -> object.kind() == kind)
                .filter(object ->
                        object.parent()
                                .flatMap(catalog::find)
                                .filter(parent -> bare(parent.name()).equals(table))
                                .isPresent());
    }

    private static boolean changed(StatementReport statement, String table) {
        return statement.rows().stream()
                .filter(rows -> bare(rows.table()).equals(table))
                .anyMatch(rows -> rows.updated() > 0 || rows.deleted() > 0 || rows.truncated());
    }

    private static Set<String> tables(Catalog catalog) {
        return catalog.objects()
                .filter(object -> object.kind() == Kind.TABLE)
                .map(CatalogObject::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> bare(Set<String> names) {
        return names.stream().map(RowFindings::bare).collect(Collectors.toSet());
    }

    /// A name without schema and quotes, as a [RowStatement] has it.
    private static String bare(String name) {
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                start = i + 1;
            }
        }
        var last = name.substring(start);
        return last.startsWith("\"")
                ? last.substring(1, last.length() - 1).replace("\"\"", "\"")
                : last;
    }
}
