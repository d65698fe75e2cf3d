package dev.slipway.app;

import dev.slipway.cli.LogSource;
import dev.slipway.domain.InputException;
import dev.slipway.log.LogFile;
import dev.slipway.log.LogFollower;
import dev.slipway.log.LogRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The log files of a world, read beside the process that writes them.
///
/// @param every how often new rows are looked for
record LogOfWorld(Path folder, Duration every) implements LogSource {
    @Override
    public List<LogRow> rows() {
        return LogFile.read(folder);
    }

    @Override
    public void follow(Consumer<LogRow> reader) {
        try {
            var follower = new LogFollower(folder);
            while (!Thread.currentThread().isInterrupted()) {
                follower.poll().forEach(reader);
                Thread.sleep(every);
            }
        } catch (IOException e) {
            throw new InputException("The log cannot be followed: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
