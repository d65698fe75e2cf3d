package dev.slipway.operation.journal;

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
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// The file of a journal and how it is opened.
final class JournalFile {
    /// The form of the tables, kept in SQLite's `user_version`.
    static final int FORMAT = 1;

    private static final String[] SCHEMA = {
        "create table meta(key text primary key, value text not null) strict",
        """
        create table plan(
            id text primary key,
            hash text not null,
            kind text not null,
            target text not null,
            body text not null) strict\
        """,
        """
        create table event(
            seq integer primary key,
            plan text not null references plan(id),
            step text not null,
            attempt integer not null,
            type text not null,
            wall text not null,
            mono integer not null,
            boot_id text not null,
            payload text not null,
            prev_hash text not null,
            hash text not null) strict\
        """,
        "create index event_of_plan on event(plan, type, step)",
        trigger("event", "update"),
        trigger("event", "delete"),
        trigger("plan", "update"),
        trigger("plan", "delete"),
        """
        create trigger event_in_order before insert on event
        when new.seq is not (select coalesce(max(seq), 0) + 1 from event)
        begin select raise(abort, 'the journal is append-only: not the next line'); end\
        """,
        "pragma user_version = " + FORMAT
    };

    private JournalFile() {}

    private static String trigger(String table, String verb) {
        return "create trigger %1$s_no_%2$s before %2$s on %1$s begin select raise(abort, 'the journal is append-only: no %2$s'); end"
                .formatted(table, verb);
    }

    /// What SQLite is told for a connection that writes.
    static SQLiteConfig writing() {
        var config = common();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return config;
    }

    /// What SQLite is told for a connection that only reads.
    static SQLiteConfig reading() {
        var config = common();
        config.setReadOnly(true);
        return config;
    }

    private static SQLiteConfig common() {
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        return config;
    }

    /// Opens `file`.
    static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        return connect(file.toAbsolutePath().toString(), config);
    }

    static Connection connect(String name, SQLiteConfig config) throws SQLException {
        var connection = config.createConnection("jdbc:sqlite:" + name);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma trusted_schema = 0");
            // Without it macOS tells a write is on disk when it is in the drive's cache.
            statement.execute("pragma fullfsync = 1");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /// Creates the file and its folder, for the owner's eyes only, unless they exist.
    static void create(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, owner("rwx------"));
        }
        try {
            Files.createFile(file, owner("rw-------"));
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    /// Makes sure that the journal is of this form and world; an empty one becomes so.
    ///
    /// @throws InputException when it is not to be written by this program
    static void prepare(Connection connection, Path file, String world) throws SQLException {
        var format = number(connection, "pragma user_version");
        if (format > FORMAT) {
            throw new InputException(
                    "The journal %s was written by a newer Slipway (format %d, this one writes %d). It can be read, and nothing was changed. Update Slipway to go on."
                            .formatted(file, format, FORMAT));
        }
        if (format == 0) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var sql : SCHEMA) {
                    statement.execute(sql);
                }
                try (var insert = connection.prepareStatement("insert into meta values(?, ?)")) {
                    insert.setString(1, "world");
                    insert.setString(2, world);
                    insert.execute();
                }
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
            return;
        }
        var owner = world(connection);
        if (!owner.equals(world)) {
            throw new InputException(
                    "The journal %s belongs to the world %s, not to %s. It can be read, and nothing was changed. Use another --home for this world."
                            .formatted(file, owner, world));
        }
    }

    /// Id of the world the journal belongs to.
    static String world(Connection connection) throws SQLException {
        return text(connection, "select value from meta where key = 'world'");
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    static FileAttribute<?>[] owner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
