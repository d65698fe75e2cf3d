package dev.slipway.operation.lock;

import dev.slipway.operation.RunState;
import java.util.Optional;
import java.util.function.Function;

/// Which holders of the lock are runs of one home.
///
/// @param runs the run of an id as the journal of the home has it; empty when it knows none
public record OwnRuns(Function<String, Optional<RunState>> runs) {
    /// Whether a link is the doing of this home, which may go on with it.
    public boolean mine(LockRecord record) {
        return own(record).filter(run -> !over(run)).isPresent();
    }

    /// Whether it was the doing of this home, and has ended: giving the lock back, its last step, came to
    /// nothing.
    public boolean left(LockRecord record) {
        return own(record).filter(OwnRuns::over).isPresent();
    }

    /// The run a link speaks of, when nobody took it over since.
    private Optional<RunState> own(LockRecord record) {
        return runs.apply(record.run())
                .filter(run -> record.taken().isEmpty() || run.epoch() == record.epoch());
    }

    private static boolean over(RunState run) {
        return run.end().filter(end -> !end.state().resumable()).isPresent();
    }
}
