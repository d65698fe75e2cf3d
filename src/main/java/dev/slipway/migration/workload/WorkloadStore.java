package dev.slipway.migration.workload;

import dev.slipway.domain.InputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;

/// What was observed of a production database, kept on this machine because the server forgets it when
/// its compute sleeps. Readings are merged by query id and role; of a reading only what grew since the
/// one before counts. Only the owner may read the file.
///
/// Safe for use by several threads and by several programs.
public final class WorkloadStore {
    /// What nobody executed for so long is forgotten.
    private static final Duration KEPT = Duration.ofDays(30);

    /// As many statements as the server itself keeps.
    private static final int MOST = 5_000;

    private static final int FORMAT = 1;
    private static final String[] SCHEMA = {
        "create table span(since integer primary key, until integer not null) strict",
        """
        create table statement(
            query_id integer not null, role text not null, sql text not null,
            calls integer not null, mean real not null, max real not null,
            counted integer not null, span integer not null,
            seen_after integer not null, seen_until integer not null,
            primary key (query_id, role)) strict\
        """,
        "create table unseen(count integer not null, reason text not null) strict",
        "pragma user_version = " + FORMAT
    };

    private final Path file;

    /// A store in `file`, which is made when something is to be kept.
    public WorkloadStore(Path file) {
        this.file = file;
    }

    /// Keeps what `reading` has that was not known. One that is older than what is kept changes nothing.
    ///
    /// @throws InputException when the file cannot be written
    public void keep(Workload reading) {
        if (reading.since().isEmpty()) {
            return;
        }
        try {
            create();
            try (var connection = connect(false)) {
                prepare(connection);
                connection.setAutoCommit(false);
                merge(connection, reading, reading.since().get());
                connection.commit();
            }
        } catch (IOException | SQLException e) {
            throw new InputException(
                    "What production executes cannot be kept in "
                            + file
                            + ": "
                            + e.getMessage()
                            + ". Production was not changed.");
        }
    }

    /// All that is kept; `unseen` is that of the newest reading.
    ///
    /// @throws InputException when the file cannot be read
    public Workload read(Instant now) {
        if (!Files.exists(file)) {
            return Workload.none(now, "nothing was observed from this machine yet");
        }
        try (var connection = connect(true);
                var statement = connection.createStatement()) {
            return number(statement, "pragma user_version") == FORMAT
                    ? read(statement, now)
                    : Workload.none(now, "what was observed is in a form of another Slipway");
        } catch (SQLException e) {
            throw new InputException(
                    "What production executes cannot be read from "
                            + file
                            + ": "
                            + e.getMessage()
                            + ". Nothing was changed; without the file it is observed anew.");
        }
    }

    // file

    private void create() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file, owner());
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    private static FileAttribute<?>[] owner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private Connection connect(boolean reading) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(5_000);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setReadOnly(reading);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /// What another Slipway wrote in another form is observed anew.
    private static void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (number(statement, "pragma user_version") == FORMAT) {
                return;
            }
            for (var table : List.of("span", "statement", "unseen")) {
                statement.execute("drop table if exists " + table);
            }
            for (var sql : SCHEMA) {
                statement.execute(sql);
            }
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    // merging

    private static void merge(Connection connection, Workload reading, Instant since)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            long span = since.toEpochMilli();
            long until = reading.until().toEpochMilli();
            if (number(statement, "select max(until) from span") >= until) {
                return;
            }
            long before =
                    Math.max(
                            span,
                            number(statement, "select max(until) from span where since = " + span));
            statement.execute(
                    "insert into span values (%d, %d) on conflict (since) do update set until = excluded.until"
                            .formatted(span, until));
            statements(connection, reading, span, before);
            statement.execute("delete from unseen");
            unseen(connection, reading);
            forget(statement, reading.until());
        }
    }

    /// A counter that is smaller than it was, or of a server that was started since, began at zero.
    private static void statements(Connection connection, Workload reading, long span, long before)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into statement values (?1, ?2, ?3, ?4, ?5, ?6, ?4, ?7, ?8, ?9)
                        on conflict (query_id, role) do update set
                            sql = excluded.sql, mean = excluded.mean, max = max(max, excluded.max),
                            calls = calls + excluded.counted - iif(span = excluded.span and counted <= excluded.counted, counted, 0),
                            seen_after = excluded.seen_after, seen_until = excluded.seen_until,
                            counted = excluded.counted, span = excluded.span
                        where span <> excluded.span or counted <> excluded.counted\
                        """)) {
            for (var each : reading.statements()) {
                insert.setLong(1, each.queryId());
                insert.setString(2, each.role());
                insert.setString(3, each.sql());
                insert.setLong(4, each.calls());
                insert.setDouble(5, each.meanMillis());
                insert.setDouble(6, each.maxMillis());
                insert.setLong(7, span);
                insert.setLong(8, before);
                insert.setLong(9, reading.until().toEpochMilli());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void unseen(Connection connection, Workload reading) throws SQLException {
        try (var insert = connection.prepareStatement("insert into unseen values (?, ?)")) {
            for (var each : reading.unseen()) {
                insert.setLong(1, each.count());
                insert.setString(2, each.reason());
                insert.execute();
            }
        }
    }

    private static void forget(Statement statement, Instant now) throws SQLException {
        long limit = now.minus(KEPT).toEpochMilli();
        statement.execute("delete from span where until < " + limit);
        statement.execute("delete from statement where seen_until < " + limit);
        statement.execute(
                "delete from statement where rowid in (select rowid from statement order by seen_until"
                        + " desc, calls desc limit -1 offset "
                        + MOST
                        + ")");
    }

    // reading

    private static Workload read(Statement statement, Instant now) throws SQLException {
        var statements = new ArrayList<RecordedStatement>();
        try (var rows =
                statement.executeQuery(
                        "select query_id, role, sql, calls, mean, max, seen_after, seen_until from"
                                + " statement order by calls desc")) {
            while (rows.next()) {
                statements.add(
                        new RecordedStatement(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getLong(4),
                                rows.getDouble(5),
                                rows.getDouble(6),
                                Instant.ofEpochMilli(rows.getLong(7)),
                                Instant.ofEpochMilli(rows.getLong(8))));
            }
        }
        var unseen = new ArrayList<Workload.Unseen>();
        try (var rows = statement.executeQuery("select count, reason from unseen")) {
            while (rows.next()) {
                unseen.add(new Workload.Unseen(rows.getLong(1), rows.getString(2)));
            }
        }
        long spans = number(statement, "select count(*) from span");
        return new Workload(
                statements,
                spans == 0
                        ? Optional.empty()
                        : Optional.of(
                                Instant.ofEpochMilli(
                                        number(statement, "select min(since) from span"))),
                spans == 0
                        ? now
                        : Instant.ofEpochMilli(number(statement, "select max(until) from span")),
                (int) Math.max(0, spans - 1),
                unseen);
    }
}
