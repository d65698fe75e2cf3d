package dev.slipway.log;

import dev.slipway.domain.OwnerFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Writes a [Log] to a folder, one JSON object a line, and reads such a folder.
///
/// The newest file is `log.ndjson`; when it grows past its share, it becomes `log.1.ndjson` and the
/// oldest of [#FILES] goes. Only the owner may read them (0600) where the file system can say so.
public final class LogFile implements AutoCloseable {
    /// How many files there are at most.
    public static final int FILES = 4;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BATCH = 1_000;

    private final Path folder;
    private final long share;
    private final Log log;
    private final Log.Reader reader;
    private final Thread thread;

    /// Starts to write what `log` holds of this session and what comes. What an earlier file of the same log
    /// wrote is not written again.
    ///
    /// @param cap size in bytes that all files together stay below, give or take one row
    public static LogFile write(Log log, Path folder, long cap) throws IOException {
        Files.createDirectories(folder);
        var file = new LogFile(log, folder, cap / FILES);
        file.thread.start();
        return file;
    }

    private LogFile(Log log, Path folder, long share) {
        this.log = log;
        reader = log.unkept();
        this.folder = folder;
        this.share = share;
        // A platform daemon thread: it must neither keep the process alive nor pin a carrier.
        thread = Thread.ofPlatform().daemon().name("slipway-log-file").unstarted(this::run);
    }

    /// Writes what is left, and waits until it is on disk. The log goes on.
    @Override
    public void close() {
        reader.end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.keep(reader);
    }

    private void run() {
        try {
            var rows = reader.await(BATCH);
            while (!rows.isEmpty()) {
                append(rows);
                rows = reader.await(BATCH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // A full disk must not stop a promotion; the window shows that the rest is not on disk.
            log.append(
                    LogRow.missing(
                            log.clock().instant(),
                            LogRow.Kind.TRUNCATED,
                            LogRow.Channel.OPERATION,
                            "log",
                            "The log file cannot be written any more: " + e.getMessage()));
        }
    }

    private void append(List<LogRow> rows) throws IOException {
        var file = newest(folder);
        if (Files.exists(file) && Files.size(file) > share) {
            rotate();
        }
        create(file);
        try (BufferedWriter out =
                Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
            for (var row : rows) {
                out.write(JSON.writeValueAsString(row));
                out.write('\n');
            }
        }
    }

    private void rotate() throws IOException {
        for (int i = FILES - 1; i > 0; i--) {
            var from = i == 1 ? newest(folder) : older(folder, i - 1);
            if (Files.exists(from)) {
                Files.move(from, older(folder, i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        OwnerFile.create(file, "");
    }

    /// Every whole row in `folder`, oldest first. A line that cannot be read, such as one cut off by a
    /// crash, is one row of kind TRUNCATED.
    public static List<LogRow> read(Path folder) {
        var rows = new ArrayList<LogRow>();
        for (int i = FILES - 1; i >= 0; i--) {
            var file = i == 0 ? newest(folder) : older(folder, i);
            if (Files.isRegularFile(file)) {
                try {
                    Files.readString(file).lines().map(LogFile::parse).forEach(rows::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return rows;
    }

    /// A row from its line in a file.
    static LogRow parse(String line) {
        try {
            return JSON.readValue(line, LogRow.class);
        } catch (JacksonException e) {
            return LogRow.missing(
                    Instant.EPOCH,
                    LogRow.Kind.TRUNCATED,
                    LogRow.Channel.OPERATION,
                    "log",
                    "A line of the log file cannot be read");
        }
    }

    /// The files a folder of logs consists of, for asking about their rights and sizes.
    static Set<Path> files(Path folder) {
        var all = new TreeSet<Path>();
        all.add(newest(folder));
        for (int i = 1; i < FILES; i++) {
            all.add(older(folder, i));
        }
        all.removeIf(file -> !Files.exists(file));
        return all;
    }

    static Path newest(Path folder) {
        return folder.resolve("log.ndjson");
    }

    private static Path older(Path folder, int age) {
        return folder.resolve("log." + age + ".ndjson");
    }
}
