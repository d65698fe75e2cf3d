package dev.slipway.release;

import dev.slipway.log.Log;
import dev.slipway.operation.Driver;

/// The seat of the one writer of a home.
public interface WriterSeat {
    /// Takes it for an operation. Whoever holds it in this process shares it.
    ///
    /// @throws dev.slipway.domain.InputException when another process has it; nothing was changed
    Held take();

    /// Takes it so that the log is kept, where it is free.
    Told told();

    /// The seat, until it is closed; closing it twice is closing it once.
    interface Held extends AutoCloseable {
        /// Starts and resumes operations.
        Driver driver();

        @Override
        void close();
    }

    /// The log, kept until this is closed; where another process of this home keeps its own, the rows are
    /// seen in this one only.
    interface Told extends AutoCloseable {
        /// Hears what is done.
        Log log();

        @Override
        void close();
    }
}
