package dev.slipway.release.rollback.loss;

import dev.slipway.release.rollback.loss.TableShape.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A table both states have, how its rows are told apart, and what of them is compared. Pure.
///
/// @param key columns of the key, by name
/// @param shared columns whose content is compared, by name: both states have them and neither computes
///     them
/// @param onlyThen columns the present lacks
/// @param onlyNow columns the earlier state lacks
record Pair(
        TableShape then,
        TableShape now,
        List<String> key,
        List<String> shared,
        List<String> onlyThen,
        List<String> onlyNow) {
    Pair {
        key = List.copyOf(key);
        shared = List.copyOf(shared);
        onlyThen = List.copyOf(onlyThen);
        onlyNow = List.copyOf(onlyNow);
    }

    /// Why a table cannot be counted, a sentence; empty when it can.
    static Optional<String> obstacle(TableShape then, TableShape now) {
        return readable(then)
                .or(() -> readable(now))
                .or(() -> {
                    if (then.keys().isEmpty() || now.keys().isEmpty()) {
                        return Optional.of(
                                "It has neither a primary key nor a unique key without NULLs, so its"
                                        + " rows cannot be told apart.");
                    }
                    return key(then, now).isEmpty()
                            ? Optional.of(
                                    "Its key was changed in between, so its rows cannot be told"
                                            + " apart.")
                            : Optional.empty();
                });
    }

    /// Why the rows of one state alone cannot be counted, a sentence; empty when they can.
    static Optional<String> readable(TableShape table) {
        if (table.kind() == 'f') {
            return Optional.of(
                    "It is a foreign table: its rows are elsewhere and do not go back with the"
                            + " database.");
        }
        if (table.unlogged()) {
            return Optional.of(
                    "It is unlogged: its rows are in no history, and a restored database begins with"
                            + " it empty.");
        }
        return table.readable()
                ? Optional.empty()
                : Optional.of("The role of the connection may not read it.");
    }

    /// The pair of a table without an obstacle.
    static Pair of(TableShape then, TableShape now) {
        var shared = new ArrayList<String>();
        for (var column : now.columns()) {
            var before = then.column(column.name());
            if (before.isPresent() && !before.get().generated() && !column.generated()) {
                shared.add(column.name());
            }
        }
        return new Pair(
                then,
                now,
                key(then, now).orElseThrow(),
                shared,
                lacking(then, now),
                lacking(now, then));
    }

    /// Names of the stored columns of `one` that `other` has not.
    private static List<String> lacking(TableShape one, TableShape other) {
        return one.columns().stream()
                .filter(column -> !column.generated())
                .map(Column::name)
                .filter(name -> other.column(name).isEmpty())
                .toList();
    }

    private static Optional<List<String>> key(TableShape then, TableShape now) {
        var before = new HashSet<Set<String>>();
        then.keys().forEach(key -> before.add(Set.copyOf(key)));
        return now.keys().stream().filter(key -> before.contains(Set.copyOf(key))).findFirst();
    }

    /// What a person has to know of columns whose type differs.
    List<String> retyped() {
        var remarks = new ArrayList<String>();
        for (var name : shared) {
            var before = then.column(name).orElseThrow().base();
            var after = now.column(name).orElseThrow().base();
            if (!before.equals(after)) {
                remarks.add(
                        "Column "
                                + name
                                + " was "
                                + before
                                + " and is "
                                + after
                                + "; a row counts as changed when its value is written otherwise.");
            }
        }
        return remarks;
    }
}
