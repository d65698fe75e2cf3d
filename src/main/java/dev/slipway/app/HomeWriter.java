package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.log.Log;
import dev.slipway.log.LogFile;
import dev.slipway.log.LogRow;
import dev.slipway.operation.Driver;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.release.WriterSeat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The writer's seat of a world's home, with what only the writer has: journal and log file. It is taken
/// when something needs it first and given back when nothing does any more, so that another process of the
/// same home may write meanwhile. Safe for use by several threads.
final class HomeWriter implements WriterSeat, AutoCloseable {
    private static final long LOG_FILE_CAP = 16L << 20;

    private final Path folder;
    private final String world;
    private final SingleWriter.Holder self;
    private final Log log;
    private final Function<SqliteJournal, Driver> drivers;
    private final Runnable given;
    private Optional<Writer> writer = Optional.empty();
    private int holders;

    /// What only the one writer of a home has.
    private record Writer(
            SingleWriter seat, SqliteJournal journal, LogFile logFile, Driver driver) {}

    /// @param folder of the world in the home
    /// @param drivers makes what runs operations of a journal
    /// @param given told when nothing writes any more
    HomeWriter(
            Path folder,
            String world,
            SingleWriter.Holder self,
            Log log,
            Function<SqliteJournal, Driver> drivers,
            Runnable given) {
        this.folder = folder;
        this.world = world;
        this.self = self;
        this.log = log;
        this.drivers = drivers;
        this.given = given;
    }

    /// Where the journal is.
    Path journalFile() {
        return folder.resolve("journal.db");
    }

    /// Where the log is kept.
    Path logFolder() {
        return folder.resolve("logs");
    }

    /// The head of the journal while this process writes it, else empty.
    synchronized String journalHead() {
        return writer.map(w -> w.journal().head()).orElse("");
    }

    @Override
    public synchronized Held take() {
        if (writer.isEmpty()) {
            writer = Optional.of(open());
        }
        holders++;
        return new Share(writer.get().driver());
    }

    @Override
    public Told told() {
        try {
            return new Kept(log, take());
        } catch (InputException e) {
            return notKept(String.join(" ", e.problems()));
        } catch (JournalException e) {
            return notKept(e.sentence());
        }
    }

    private Told notKept(String why) {
        log.line(
                LogRow.Channel.MIGRATION,
                "log",
                LogRow.Level.WARN,
                "What follows is seen in this Slipway only and not kept: " + why);
        return new Seen(log);
    }

    private Writer open() {
        var seat = SingleWriter.take(folder, self);
        try {
            var journal = SqliteJournal.open(journalFile(), world);
            return new Writer(
                    seat,
                    journal,
                    LogFile.write(log, logFolder(), LOG_FILE_CAP),
                    drivers.apply(journal));
        } catch (IOException | RuntimeException e) {
            seat.close();
            throw e instanceof RuntimeException known
                    ? known
                    : new InputException("The log cannot be written: " + e.getMessage());
        }
    }

    private synchronized void give() {
        holders--;
        if (holders == 0) {
            close();
            given.run();
        }
    }

    /// Gives the seat back, whoever holds it.
    @Override
    public synchronized void close() {
        writer.ifPresent(HomeWriter::close);
        writer = Optional.empty();
    }

    private static void close(Writer writer) {
        try {
            writer.logFile().close();
        } finally {
            writer.journal().close();
            writer.seat().close();
        }
    }

    private final class Share implements Held {
        private final Driver driver;
        private final AtomicBoolean given = new AtomicBoolean();

        Share(Driver driver) {
            this.driver = driver;
        }

        @Override
        public Driver driver() {
            return driver;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                give();
            }
        }
    }

    private record Kept(Log log, Held held) implements Told {
        @Override
        public void close() {
            held.close();
        }
    }

    private record Seen(Log log) implements Told {
        @Override
        public void close() {}
    }
}
