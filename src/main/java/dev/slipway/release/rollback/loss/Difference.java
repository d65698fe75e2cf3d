package dev.slipway.release.rollback.loss;

import java.util.List;

/// A row in which two states of a table differ.
///
/// @param key its key, each value as Postgres writes it
/// @param then digest of its content in the earlier state, empty when that has no such row
/// @param now digest of its content in the present state, empty when that has no such row
/// @param newness greater is newer; negative infinity when nothing tells
record Difference(Kind kind, List<String> key, String then, String now, double newness) {
    /// What became of it.
    enum Kind {
        /// Only the present has it.
        LOST,
        /// Both have it, with other content.
        CHANGED,
        /// Only the earlier state has it.
        RETURNING
    }

    Difference {
        key = List.copyOf(key);
    }

    static Difference lost(List<String> key, String now, double newness) {
        return new Difference(Kind.LOST, key, "", now, newness);
    }

    static Difference changed(List<String> key, String then, String now) {
        return new Difference(Kind.CHANGED, key, then, now, Double.NEGATIVE_INFINITY);
    }

    static Difference returning(List<String> key, String then) {
        return new Difference(Kind.RETURNING, key, then, "", Double.NEGATIVE_INFINITY);
    }

    @Override
    public String toString() {
        return kind + " •••";
    }
}
