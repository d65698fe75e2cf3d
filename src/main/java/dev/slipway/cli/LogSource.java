package dev.slipway.cli;

import dev.slipway.log.LogRow;
import java.util.List;
import java.util.function.Consumer;

/// Rows of the log.
public interface LogSource {
    /// What was written so far, oldest first.
    List<LogRow> rows();

    /// Hands every new row to `reader` until the calling thread is interrupted.
    void follow(Consumer<LogRow> reader);
}
