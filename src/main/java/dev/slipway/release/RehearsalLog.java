package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.log.Log;
import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Level;
import dev.slipway.migration.LoneStatement;
import java.sql.Connection;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Writes a rehearsal that belongs to no operation into the log, beside the migrations of operations,
/// and passes on what it hears.
///
/// @param target what is rehearsed; every row begins with it
record RehearsalLog(Log log, Target target, RehearsalListener next) implements RehearsalListener {
    static final String SOURCE = "rehearsal";

    /// Rehearses, and says how that ended.
    RehearsalResult around(Supplier<RehearsalResult> rehearsal) {
        try {
            var result = rehearsal.get();
            row(
                    result.report().flatMap(report -> report.failure()).isPresent()
                            ? Level.ERROR
                            : Level.OK,
                    result.verdict().sentence());
            return result;
        } catch (FailureException e) {
            row(Level.ERROR, e.failure().sentence() + ". Production was only read.");
            throw e;
        } catch (RefusedException e) {
            row(Level.WARN, String.join(" ", e.reasons()));
            throw e;
        }
    }

    @Override
    public void stage(String sentence) {
        row(Level.INFO, sentence);
        next.stage(sentence);
    }

    @Override
    public void waiting(String sentence) {
        row(Level.WARN, sentence);
        next.waiting(sentence);
    }

    @Override
    public void began(Connection connection) {
        next.began(connection);
    }

    @Override
    public void alone(Connection session, LoneStatement statement) {
        next.alone(session, statement);
    }

    @Override
    public void begins(Step step) {
        next.begins(step);
    }

    @Override
    public void done(Step step, Duration took, OptionalLong rows) {
        row(Level.INFO, step.done(took, rows));
        next.done(step, took, rows);
    }

    @Override
    public void failed(Step step, Duration took, String state, String message) {
        row(Level.ERROR, step.failed(took, state, message));
        next.failed(step, took, state, message);
    }

    @Override
    public void migrated(String tag) {
        next.migrated(tag);
    }

    @Override
    public void committing(String xid) {
        next.committing(xid);
    }

    @Override
    public void committed() {
        next.committed();
    }

    private void row(Level level, String text) {
        log.line(Channel.MIGRATION, SOURCE, level, target + ": " + text);
    }
}
