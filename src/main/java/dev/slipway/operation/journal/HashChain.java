package dev.slipway.operation.journal;

import dev.slipway.operation.CanonicalJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The chain that makes every change, loss or swap of a line visible: each line's hash covers the
/// line and the hash before it.
public final class HashChain {
    /// What stands before the first line.
    static final String ROOT = "0".repeat(64);

    private HashChain() {}

    /// What a check found.
    public sealed interface Check {
        /// Every line is as it was written.
        ///
        /// @param lines how many there are
        /// @param head hash of the last one
        record Whole(long lines, String head) implements Check {}

        /// A line is not as it was written.
        ///
        /// @param seq the first such line
        /// @param reason what is wrong with it
        record Broken(long seq, String reason) implements Check {}
    }

    /// The columns of a line that its hash covers.
    record Line(
            long seq,
            String plan,
            String step,
            int attempt,
            String type,
            String wall,
            long mono,
            String boot,
            String payload) {
        static final String COLUMNS =
                "seq, plan, step, attempt, type, wall, mono, boot_id, payload, prev_hash, hash";

        static Line read(ResultSet row) throws SQLException {
            return new Line(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInt(4),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7),
                    row.getString(8),
                    row.getString(9));
        }

        String hash(String previous) {
            var node = CanonicalJson.object();
            node.put("seq", seq);
            node.put("plan", plan);
            node.put("step", step);
            node.put("attempt", attempt);
            node.put("type", type);
            node.put("wall", wall);
            node.put("mono", mono);
            node.put("boot", boot);
            node.put("payload", payload);
            return CanonicalJson.sha256(previous + "\n" + CanonicalJson.write(node));
        }
    }

    /// Checks every line.
    static Check check(Connection connection) throws SQLException {
        var sql = "select " + Line.COLUMNS + " from event order by seq";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var previous = ROOT;
            var count = 0L;
            while (rows.next()) {
                count++;
                var line = Line.read(rows);
                if (line.seq() != count) {
                    return new Check.Broken(count, "it is missing");
                }
                if (!rows.getString(10).equals(previous)) {
                    return new Check.Broken(count, "it does not follow the line before it");
                }
                if (!rows.getString(11).equals(line.hash(previous))) {
                    return new Check.Broken(count, "it was changed after it was written");
                }
                previous = rows.getString(11);
            }
            return new Check.Whole(count, previous);
        }
    }
}
