package dev.slipway.migration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What exists before a batch of migrations and what the batch itself has made. No live code knows
/// what the batch has made, so its shape may change at will. Its rows are another matter: a file
/// that deletes rows or forbids NULL speaks of data its author knew of, so for that only what the
/// same file has made counts as new, unless nothing ran before.
final class Inventory {
    private final Set<String> before = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();

    /// Columns the batch added to tables that existed: whether a row may come without them.
    private final Map<String, Boolean> optional = new HashMap<>();

    private final Set<String> ownOfFile = new HashSet<>();

    private boolean past = true;
    private boolean nothingBefore;

    /// From here on what is created belongs to the batch.
    ///
    /// @param nothingBefore whether no migration ran before, so that there are no rows
    void beginBatch(boolean nothingBefore) {
        past = false;
        this.nothingBefore = nothingBefore;
    }

    /// The next migration begins.
    void beginFile() {
        if (!nothingBefore) {
            ownOfFile.clear();
        }
    }

    boolean past() {
        return past;
    }

    /// Something is created.
    ///
    /// @param perhaps whether the statement does nothing when it is there
    void create(String kind, String name, boolean perhaps) {
        var key = kind + ":" + name;
        if (past) {
            before.add(key);
        } else if (!perhaps || !before.contains(key)) {
            fresh.add(key);
            ownOfFile.add(key);
        }
    }

    /// Something is gone.
    void drop(String kind, String name) {
        var key = kind + ":" + name;
        fresh.remove(key);
        ownOfFile.remove(key);
        before.remove(key);
    }

    /// Something has another name. When the batch made it, it made it under that name, too.
    void rename(String kind, String from, String to) {
        boolean mine = fresh(kind, from);
        boolean own = ownOfFile.contains(kind + ":" + from);
        drop(kind, from);
        if (mine || past) {
            create(kind, to, false);
        }
        if (!own) {
            ownOfFile.remove(kind + ":" + to);
        }
    }

    boolean fresh(String kind, String name) {
        return fresh.contains(kind + ":" + name);
    }

    /// Whether this file itself has made the table, so that it holds only rows this file wrote.
    boolean emptyTable(String table) {
        return ownOfFile.contains("table:" + table);
    }

    void addColumn(String table, String column, boolean perhaps, boolean hasDefault) {
        create("column", table + "." + column, perhaps);
        optional.put(table + "." + column, hasDefault);
    }

    boolean freshColumn(String table, String column) {
        return fresh("table", table) || fresh("column", table + "." + column);
    }

    /// Whether live code may leave out a column the batch added, because a default stands in.
    boolean hasDefault(String table, String column) {
        return optional.getOrDefault(table + "." + column, false);
    }

    void setDefault(String table, String column, boolean hasDefault) {
        optional.computeIfPresent(table + "." + column, (_, _) -> hasDefault);
    }
}
