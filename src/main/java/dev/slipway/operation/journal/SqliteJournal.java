package dev.slipway.operation.journal;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Journal;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanJson;
import dev.slipway.operation.journal.HashChain.Check;
import dev.slipway.operation.journal.HashChain.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/// The journal as its one writer sees it. Write-ahead log with a full sync per event: about half a
/// millisecond, and no acknowledged event is lost by a kill.
///
/// Safe for use by several threads; they take turns.
public final class SqliteJournal implements Journal, AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    private SqliteJournal(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Opens the journal in `file`, or begins one, for `world`, and checks every line.
    ///
    /// @throws InputException when it may only be read: a newer form, another world, a broken chain
    /// @throws JournalException when it cannot be opened or created
    public static SqliteJournal open(Path file, String world) {
        return open(file, world, JournalFile.writing());
    }

    /// A journal in memory, with everything but the file: for a simulation, whose crashes lose the
    /// program and not the journal.
    public static SqliteJournal inMemory(String world) {
        var name = Path.of(":memory:");
        try {
            var connection = JournalFile.connect(":memory:", JournalFile.writing());
            JournalFile.prepare(connection, name, world);
            return new SqliteJournal(name, connection);
        } catch (SQLException e) {
            throw unwritable(name, e);
        }
    }

    static SqliteJournal open(Path file, String world, SQLiteConfig config) {
        Connection connection;
        try {
            JournalFile.create(file);
            connection = JournalFile.connect(file, config);
        } catch (SQLException | IOException e) {
            throw unwritable(file, e);
        }
        try {
            JournalFile.prepare(connection, file, world);
            refuseBroken(file, HashChain.check(connection));
            return new SqliteJournal(file, connection);
        } catch (SQLException e) {
            close(connection);
            throw unwritable(file, e);
        } catch (InputException e) {
            close(connection);
            throw e;
        }
    }

    @Override
    public Entry begin(Plan plan, Event.Started started, Moment at) {
        return write(() -> {
            try (var insert =
                    connection.prepareStatement("insert into plan values(?, ?, ?, ?, ?)")) {
                insert.setString(1, plan.id());
                insert.setString(2, plan.hash());
                insert.setString(3, plan.kind());
                insert.setString(4, plan.target());
                insert.setString(5, plan.json());
                insert.execute();
            }
            return insert(plan.id(), started, at);
        });
    }

    @Override
    public Entry append(String plan, Event event, Moment at) {
        return write(() -> insert(plan, event, at));
    }

    @Override
    public List<Entry> entries(String plan) {
        return read(() -> {
            var entries = new ArrayList<Entry>();
            var sql = "select " + Line.COLUMNS + " from event where plan = ? order by seq";
            try (var query = connection.prepareStatement(sql)) {
                query.setString(1, plan);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        entries.add(entry(Line.read(rows), rows.getString(11)));
                    }
                }
            }
            return List.copyOf(entries);
        });
    }

    @Override
    public Optional<Plan> plan(String id) {
        return read(() -> {
            try (var query = connection.prepareStatement("select body from plan where id = ?")) {
                query.setString(1, id);
                try (var rows = query.executeQuery()) {
                    return rows.next()
                            ? Optional.of(PlanJson.read(rows.getString(1)))
                            : Optional.empty();
                }
            }
        });
    }

    /// Hash of the last line, to be anchored outside this machine.
    public String head() {
        return read(() -> last().hash());
    }

    /// Checks every line.
    public Check check() {
        return read(() -> HashChain.check(connection));
    }

    @Override
    public void close() {
        turn.lock();
        try {
            close(connection);
        } finally {
            turn.unlock();
        }
    }

    private Entry insert(String plan, Event event, Moment at) throws SQLException {
        var last = last();
        var line =
                new Line(
                        last.seq() + 1,
                        plan,
                        EventJson.step(event),
                        EventJson.attempt(event),
                        EventJson.type(event),
                        at.wall().toString(),
                        at.mono(),
                        at.boot(),
                        EventJson.payload(event));
        var hash = line.hash(last.hash());
        try (var insert =
                connection.prepareStatement(
                        "insert into event(%s) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                .formatted(Line.COLUMNS))) {
            insert.setLong(1, line.seq());
            insert.setString(2, line.plan());
            insert.setString(3, line.step());
            insert.setInt(4, line.attempt());
            insert.setString(5, line.type());
            insert.setString(6, line.wall());
            insert.setLong(7, line.mono());
            insert.setString(8, line.boot());
            insert.setString(9, line.payload());
            insert.setString(10, last.hash());
            insert.setString(11, hash);
            insert.execute();
        }
        return new Entry(line.seq(), plan, at, event, hash);
    }

    private record Last(long seq, String hash) {}

    private Last last() throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select seq, hash from event order by seq desc limit 1")) {
            return rows.next()
                    ? new Last(rows.getLong(1), rows.getString(2))
                    : new Last(0, HashChain.ROOT);
        }
    }

    private static Entry entry(Line line, String hash) {
        var at = new Moment(Instant.parse(line.wall()), line.mono(), line.boot());
        var event = EventJson.read(line.type(), line.step(), line.attempt(), line.payload());
        return new Entry(line.seq(), line.plan(), at, event, hash);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T write(Work<T> work) {
        turn.lock();
        try {
            connection.setAutoCommit(false);
            try {
                var result = work.run();
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unwritable(file, e);
        } finally {
            turn.unlock();
        }
    }

    private void rollBack(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private <T> T read(Work<T> work) {
        turn.lock();
        try {
            return work.run();
        } catch (SQLException e) {
            throw new JournalException(
                    "The journal %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        } finally {
            turn.unlock();
        }
    }

    private static void refuseBroken(Path file, Check check) {
        if (check instanceof Check.Broken(var seq, var reason)) {
            throw new InputException(
                    "Line %d of the journal %s cannot be trusted: %s. It can be read, and nothing was changed. Put the file aside as evidence and use another --home."
                            .formatted(seq, file, reason));
        }
    }

    private static JournalException unwritable(Path file, Exception e) {
        return new JournalException(
                "The journal %s cannot be written: %s. Nothing was sent after that. Make room or correct the rights of the folder, then resume."
                        .formatted(file, e.getMessage()),
                e);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Every event was synced when it was written; closing adds nothing.
            return;
        }
    }
}
