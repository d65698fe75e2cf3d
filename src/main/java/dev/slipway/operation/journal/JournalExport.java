package dev.slipway.operation.journal;

import dev.slipway.domain.InputException;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.journal.HashChain.Line;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// A journal as one text file that can be checked anywhere, without the home it comes from: a head,
/// the plans, then every line of the chain, each as canonical JSON on a line of its own.
public final class JournalExport {
    /// The form of the file.
    static final int FORMAT = 1;

    /// What the head calls itself.
    static final String KIND = "slipway-journal";

    private final Path journal;

    /// @param journal file of the journal
    public JournalExport(Path journal) {
        this.journal = journal;
    }

    /// Writes all of it to `target`, for the owner's eyes only. Works beside an open writer.
    ///
    /// @param at when, which the head tells
    /// @return how many lines the chain has
    /// @throws InputException when there is nothing to export, or `target` exists or cannot be written
    /// @throws JournalException when the journal cannot be read
    public long write(Path target, Instant at) {
        if (!Files.exists(journal)) {
            throw new InputException(
                    "No operation ran in this home, so there is nothing to export.");
        }
        try (var connection = JournalFile.connect(journal, JournalFile.reading())) {
            // One reading: what is written meanwhile is not in it.
            connection.setAutoCommit(false);
            try (var writer = create(target)) {
                return write(connection, writer, at);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new JournalException(
                    "The journal %s cannot be read: %s.".formatted(journal, e.getMessage()), e);
        } catch (FileAlreadyExistsException e) {
            throw new InputException(
                    "%s exists. It was not changed; name a new file.".formatted(target));
        } catch (IOException e) {
            throw new InputException(
                    "%s cannot be written: %s. The journal was not changed."
                            .formatted(target, e.getMessage()));
        }
    }

    private static BufferedWriter create(Path target) throws IOException {
        return Files.newBufferedWriter(Files.createFile(target, JournalFile.owner("rw-------")));
    }

    private static long write(Connection connection, BufferedWriter writer, Instant at)
            throws SQLException, IOException {
        long lines = JournalFile.number(connection, "select count(*) from event");
        line(writer, head(connection, lines, at));
        try (var statement = connection.createStatement()) {
            try (var plans =
                    statement.executeQuery("select id, hash, body from plan order by rowid")) {
                while (plans.next()) {
                    line(writer, plan(plans));
                }
            }
            try (var events =
                    statement.executeQuery("select " + Line.COLUMNS + " from event order by seq")) {
                while (events.next()) {
                    line(writer, event(events));
                }
            }
        }
        return lines;
    }

    private static ObjectNode head(Connection connection, long lines, Instant at)
            throws SQLException {
        var node = CanonicalJson.object();
        node.put("record", KIND);
        node.put("format", FORMAT);
        node.put("exportedAt", at.toString());
        node.put("world", JournalFile.world(connection));
        node.put("lines", lines);
        return node;
    }

    private static ObjectNode plan(ResultSet row) throws SQLException {
        var node = CanonicalJson.object();
        node.put("record", "plan");
        node.put("id", row.getString(1));
        node.put("hash", row.getString(2));
        node.put("body", row.getString(3));
        return node;
    }

    private static ObjectNode event(ResultSet row) throws SQLException {
        var line = Line.read(row);
        var node = line.node();
        node.put("record", "event");
        node.put("previous", row.getString(10));
        node.put("hash", row.getString(11));
        return node;
    }

    private static void line(BufferedWriter writer, ObjectNode node) throws IOException {
        writer.write(CanonicalJson.write(node));
        writer.write('\n');
    }
}
