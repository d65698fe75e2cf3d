package dev.slipway.release.rollback.loss;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Two states of one database.
///
/// @param then the earlier one
/// @param now the present one
record Sides(ReadSide then, ReadSide now) {
    /// A question to one side.
    interface Question<T> {
        T ask(ReadSide side) throws SQLException;
    }

    /// What both answered.
    record Both<T>(T then, T now) {}

    /// Asks both at once.
    ///
    /// @throws SQLException the first of either
    <T> Both<T> both(Question<T> ofThen, Question<T> ofNow)
            throws SQLException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> ofThen.ask(then));
            var second = threads.submit(() -> ofNow.ask(now));
            return new Both<>(first.get(), second.get());
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException refused -> throw refused;
                case RuntimeException known -> throw known;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /// Marks where [#back] leads to.
    void mark() throws SQLException {
        then.mark();
        now.mark();
    }

    /// Makes both usable again after an error.
    void back() throws SQLException {
        then.back();
        now.back();
    }

    /// Whether there is time left.
    boolean inTime() {
        return then.inTime() && now.inTime();
    }
}
