package dev.slipway.release.rollback.loss;

import java.util.List;
import java.util.Optional;

/// A row for a person's screen. It prints as dots, so that a log line or a journal entry that holds one
/// by mistake shows nothing.
public final class ShownRow {
    private final List<Cell> cells;

    /// A row of `cells`, in the order of the table's columns.
    public ShownRow(List<Cell> cells) {
        this.cells = List.copyOf(cells);
    }

    /// One value.
    ///
    /// @param text as Postgres writes it, cut after 200 characters; empty is NULL
    public record Cell(String column, Optional<String> text) {
        @Override
        public String toString() {
            return column + "=•••";
        }
    }

    /// What is to be shown, and kept nowhere.
    public List<Cell> cells() {
        return cells;
    }

    @Override
    public String toString() {
        return "•••";
    }
}
