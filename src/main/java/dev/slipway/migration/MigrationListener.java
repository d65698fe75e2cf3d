package dev.slipway.migration;

import java.sql.Connection;
import java.time.Duration;
import java.util.OptionalLong;

/// Hears what a migrator does, while it does it and on its thread.
public interface MigrationListener {
    /// Something is waited for or tried again; `sentence` says what and why.
    default void waiting(String sentence) {}

    /// The transaction of the batch has begun on `connection` and holds no lock but the ledger's. After
    /// a lock that was not to be had this comes again, and what was heard before has been taken back.
    /// Until it ends the connection may be asked, not changed, from within the other methods.
    default void began(Connection connection) {}

    /// `statement` is about to run on `session` outside of a transaction: what it does stays.
    default void alone(Connection session, LoneStatement statement) {}

    /// A statement is about to run.
    default void begins(Step step) {}

    /// A statement has run.
    ///
    /// @param rows how many rows it changed, when it says
    default void done(Step step, Duration took, OptionalLong rows) {}

    /// A statement has failed; its transaction, when it has one, is being taken back.
    default void failed(Step step, Duration took, String state, String message) {}

    /// All statements of a migration have run.
    default void migrated(String tag) {}

    /// Everything has run in transaction `xid`, and COMMIT is next. When this returns the id must be
    /// written down durably: with it an unanswered COMMIT can be looked up. When it throws, everything
    /// is taken back.
    default void committing(String xid) {}

    /// COMMIT was answered.
    default void committed() {}

    /// A listener that hears nothing.
    MigrationListener SILENT = new MigrationListener() {};

    /// A statement of a batch.
    ///
    /// @param number its number in the migration, from one
    /// @param of how many the migration has
    record Step(String tag, int number, int of, String sql) {
        /// `0043_plans statement 2 of 3`.
        public String place() {
            return tag + " statement " + number + " of " + of;
        }

        /// What a log says when it has run: number, duration, rows and outcome, never the statement
        /// itself, which may hold values.
        public String done(Duration took, OptionalLong rows) {
            return place()
                    + ", "
                    + took.toMillis()
                    + " ms"
                    + (rows.isPresent() ? ", " + rows.getAsLong() + " rows" : "")
                    + ", done";
        }

        /// What a log says when it has failed.
        public String failed(Duration took, String state, String message) {
            return place() + ", " + took.toMillis() + " ms, failed with " + state + ": " + message;
        }
    }
}
