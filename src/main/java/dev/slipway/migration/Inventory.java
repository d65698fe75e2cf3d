package dev.slipway.migration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What exists before a batch of migrations and what the batch itself has made. What it has made no
/// live code can use, so it may be changed at will.
final class Inventory {
    private final Set<String> before = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();

    /// Columns the batch added to tables that existed: whether a row may come without them.
    private final Map<String, Boolean> optional = new HashMap<>();

    private boolean past = true;

    /// From here on what is created belongs to the batch.
    void beginBatch() {
        past = false;
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
        }
    }

    /// Something is gone.
    void drop(String kind, String name) {
        var key = kind + ":" + name;
        fresh.remove(key);
        before.remove(key);
    }

    /// Something has another name. When the batch made it, it made it under that name, too.
    void rename(String kind, String from, String to) {
        boolean mine = fresh(kind, from);
        drop(kind, from);
        if (mine || past) {
            create(kind, to, false);
        }
    }

    boolean fresh(String kind, String name) {
        return fresh.contains(kind + ":" + name);
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
