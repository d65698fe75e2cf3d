package dev.slipway.operation.journal;

import dev.slipway.operation.CanonicalJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

        /// The line written in `node`.
        ///
        /// @throws tools.jackson.core.JacksonException when a field is missing or of another kind
        static Line of(JsonNode node) {
            return new Line(
                    node.required("seq").asLong(),
                    node.required("plan").asString(),
                    node.required("step").asString(),
                    node.required("attempt").asInt(),
                    node.required("type").asString(),
                    node.required("wall").asString(),
                    node.required("mono").asLong(),
                    node.required("boot").asString(),
                    node.required("payload").asString());
        }

        ObjectNode node() {
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
            return node;
        }

        String hash(String previous) {
            return CanonicalJson.sha256(previous + "\n" + CanonicalJson.write(node()));
        }
    }

    /// Checks every line.
    static Check check(Connection connection) throws SQLException {
        var sql = "select " + Line.COLUMNS + " from event order by seq";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var checker = new Checker();
            while (rows.next()) {
                var broken = checker.next(Line.read(rows), rows.getString(10), rows.getString(11));
                if (broken.isPresent()) {
                    return broken.get();
                }
            }
            return checker.whole();
        }
    }

    /// Takes lines in the order in which they claim to follow each other.
    static final class Checker {
        private String previous = ROOT;
        private long count;

        /// What is wrong with the next line, if anything.
        ///
        /// @param follows the hash it says it follows
        /// @param hash the hash it says it has
        Optional<Check.Broken> next(Line line, String follows, String hash) {
            count++;
            if (line.seq() != count) {
                return broken("it is missing");
            }
            if (!follows.equals(previous)) {
                return broken("it does not follow the line before it");
            }
            if (!hash.equals(line.hash(previous))) {
                return broken("it was changed after it was written");
            }
            previous = hash;
            return Optional.empty();
        }

        /// What is said when no line is left.
        Check.Whole whole() {
            return new Check.Whole(count, previous);
        }

        private Optional<Check.Broken> broken(String reason) {
            return Optional.of(new Check.Broken(count, reason));
        }
    }
}
