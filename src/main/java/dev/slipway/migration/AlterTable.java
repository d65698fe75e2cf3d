package dev.slipway.migration;

import dev.slipway.migration.Danger.Kind;
import java.util.List;
import java.util.Set;

/// Judges the actions of one `ALTER TABLE` (also of views, foreign tables, types where they share the
/// words).
final class AlterTable {
    private static final Set<String> SERIALS =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    private final String kind;
    private final String table;
    private final Inventory inventory;
    private final DangerScan.Finder finder;

    AlterTable(String kind, String table, Inventory inventory, DangerScan.Finder finder) {
        this.kind = kind;
        this.table = table;
        this.inventory = inventory;
        this.finder = finder;
    }

    void judge(SqlCursor cursor) {
        while (!cursor.done()) {
            action(new SqlCursor(cursor.item()));
        }
    }

    private boolean existed() {
        return !inventory.fresh(kind, table);
    }

    /// Whether the table may hold rows that a new demand does not fit.
    private boolean holdsRows() {
        return !inventory.emptyTable(table);
    }

    private boolean existed(String column) {
        return existed() && !inventory.freshColumn(table, column);
    }

    private void action(SqlCursor action) {
        if (action.take("rename")) {
            rename(action);
        } else if (action.take("set", "schema")) {
            var to = action.name().orElse("?");
            if (existed()) {
                finder.add(Kind.RENAMES, table, "moves " + kind + " " + table + " to schema " + to);
            }
            inventory.rename(kind, table, to + "." + bare(table));
        } else if (action.take("add")) {
            add(action);
        } else if (action.take("drop")) {
            drop(action);
        } else if (action.take("alter", "constraint")) {
            return;
        } else if (action.take("alter")) {
            action.take("column");
            alterColumn(action);
        } else if (action.take("detach", "partition")) {
            finder.add(Kind.DROPS, table, "takes a partition, with its rows, out of " + table);
        } else if (action.take("no", "inherit")) {
            finder.add(Kind.DROPS, table, "takes the rows of " + table + " out of its parent");
        } else if (!action.takeOne(
                "set",
                "reset",
                "owner",
                "cluster",
                "replica",
                "validate",
                "enable",
                "disable",
                "force",
                "no",
                "attach",
                "inherit",
                "of",
                "not",
                "finalize")) {
            finder.add(
                    Kind.CANNOT_TELL,
                    table,
                    "changes "
                            + table
                            + " in a way Slipway does not know: "
                            + action.peek().text());
        }
    }

    private static String bare(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void rename(SqlCursor action) {
        if (action.take("constraint")) {
            return;
        }
        if (action.take("to")) {
            var to = action.name().orElse("?");
            if (existed()) {
                finder.add(Kind.RENAMES, table, "renames " + kind + " " + table + " to " + to);
            }
            inventory.rename(kind, table, to);
            return;
        }
        action.takeOne("column", "attribute");
        var from = action.name().orElse("?");
        action.take("to");
        var to = action.name().orElse("?");
        if (existed(from)) {
            finder.add(
                    Kind.RENAMES,
                    table + "." + from,
                    "renames column " + from + " of " + table + " to " + to);
        }
        inventory.rename("column", table + "." + from, table + "." + to);
    }

    private void add(SqlCursor action) {
        if (action.take("constraint")) {
            action.name();
            constraint(action);
            return;
        }
        var head = action.peek();
        if (head.is("primary")
                || head.is("unique")
                || head.is("check")
                || head.is("foreign")
                || head.is("exclude")
                || head.is("not")) {
            constraint(action);
            return;
        }
        action.takeOne("column", "attribute");
        boolean perhaps = action.take("if", "not", "exists");
        var column = action.name().orElse("?");
        var type = action.rest();
        boolean hasDefault = hasDefault(type);
        if (holdsRows() && required(type) && !hasDefault && !inventory.past()) {
            finder.add(
                    Kind.REQUIRES,
                    table + "." + column,
                    "adds column "
                            + column
                            + " to "
                            + table
                            + ", which existed, as NOT NULL without a default");
        }
        inventory.addColumn(table, column, perhaps, hasDefault);
    }

    private static boolean required(List<SqlToken> type) {
        for (int i = 0; i + 1 < type.size(); i++) {
            if ((type.get(i).is("not") && type.get(i + 1).is("null"))
                    || (type.get(i).is("primary") && type.get(i + 1).is("key"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDefault(List<SqlToken> type) {
        if (!type.isEmpty() && SERIALS.contains(type.getFirst().text())) {
            return true;
        }
        int depth = 0;
        for (int i = 0; i + 1 < type.size(); i++) {
            var token = type.get(i);
            depth += token.sign('(') ? 1 : token.sign(')') ? -1 : 0;
            if (depth == 0 && token.is("default") && !type.get(i + 1).is("null")) {
                return true;
            }
            if (depth == 0 && token.is("generated")) {
                return true;
            }
        }
        return false;
    }

    private void constraint(SqlCursor action) {
        boolean primary = action.take("primary", "key");
        boolean notNull = action.take("not", "null");
        if (!holdsRows() || (!primary && !notNull)) {
            return;
        }
        action.take("using", "index");
        action.takeSign('(');
        var columns = new java.util.ArrayList<String>();
        while (action.peek().identifier()) {
            columns.add(action.next().text());
            if (!action.takeSign(',')) {
                break;
            }
        }
        if (columns.isEmpty() || columns.stream().anyMatch(this::mayBeLeftOut)) {
            finder.add(
                    Kind.REQUIRES,
                    table,
                    "makes columns of "
                            + table
                            + ", which existed, NOT NULL: "
                            + String.join(", ", columns));
        }
    }

    /// Whether live code may write rows without `column`.
    private boolean mayBeLeftOut(String column) {
        return existed(column) || !inventory.hasDefault(table, column);
    }

    private void drop(SqlCursor action) {
        if (action.take("constraint")) {
            return;
        }
        action.takeOne("column", "attribute");
        action.take("if", "exists");
        var column = action.name().orElse("?");
        if (existed(column)) {
            finder.add(Kind.DROPS, table + "." + column, "drops column " + column + " of " + table);
        }
        inventory.drop("column", table + "." + column);
    }

    private void alterColumn(SqlCursor action) {
        var column = action.name().orElse("?");
        var object = table + "." + column;
        if (action.take("type") || action.take("set", "data", "type")) {
            if (existed(column)) {
                finder.add(
                        Kind.RETYPES,
                        object,
                        "changes the type of column " + column + " of " + table);
            }
        } else if (action.take("set", "not", "null")) {
            if (holdsRows() && mayBeLeftOut(column)) {
                finder.add(
                        Kind.REQUIRES,
                        object,
                        "makes column " + column + " of " + table + ", which existed, NOT NULL");
            }
        } else if (action.take("set", "default")) {
            inventory.setDefault(table, column, !action.peek().is("null"));
        } else if (action.take("drop", "default")) {
            dropDefault(column);
        } else if (action.take("drop", "not", "null")) {
            return;
        } else if (action.take("drop")) {
            if (existed(column)) {
                finder.add(
                        Kind.DROPS,
                        object,
                        "drops the "
                                + action.peek().text()
                                + " of column "
                                + column
                                + " of "
                                + table);
            }
        } else if (action.take("set", "expression") && existed(column)) {
            finder.add(
                    Kind.CHANGES_ROWS,
                    object,
                    "computes column " + column + " of " + table + " in another way");
        }
    }

    private void dropDefault(String column) {
        if (holdsRows() && (existed(column) || inventory.hasDefault(table, column))) {
            finder.add(
                    Kind.DROPS,
                    table + "." + column,
                    "drops the default of column " + column + " of " + table);
        }
        inventory.setDefault(table, column, false);
    }
}
