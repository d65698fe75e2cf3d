package dev.slipway.operation.journal;

import dev.slipway.domain.InputException;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.PlanJson;
import dev.slipway.operation.journal.HashChain.Check;
import dev.slipway.operation.journal.HashChain.Checker;
import dev.slipway.operation.journal.HashChain.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Checks a journal, or the [export][JournalExport] of one, without asking anybody.
///
/// A chain whose newest lines were cut off is whole in itself. Only a hash that was kept elsewhere
/// shows the loss: Slipway anchors its head in each record of the production lock.
public final class JournalVerification {
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /// What was found.
    ///
    /// @param check the chain from the first line on
    /// @param operations how many operations it tells of
    /// @param anchor the line the anchor is the hash of; empty when no anchor was asked about, or no
    ///     line has it
    public record Result(Check check, int operations, Optional<Long> anchor) {
        /// Whether nothing is wrong.
        ///
        /// @param anchored whether an anchor was asked about
        public boolean holds(boolean anchored) {
            return check instanceof Check.Whole && (!anchored || anchor.isPresent());
        }
    }

    private final Optional<String> anchor;
    private final Checker checker = new Checker();
    private final Map<String, String> plans = new HashMap<>();
    private @Nullable Long found;

    private JournalVerification(Optional<String> anchor) {
        this.anchor = anchor;
    }

    /// Checks every line of `file`.
    ///
    /// @param anchor hash of a line that was kept elsewhere, which must be in it
    /// @throws InputException when it is no journal, of a newer form, or cannot be read
    public static Result of(Path file, Optional<String> anchor) {
        var verification = new JournalVerification(anchor);
        try {
            return isDatabase(file) ? verification.database(file) : verification.export(file);
        } catch (IOException | SQLException e) {
            throw new InputException("%s cannot be read: %s.".formatted(file, e.getMessage()));
        }
    }

    private static boolean isDatabase(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
        }
    }

    private Result database(Path file) throws SQLException {
        try (var connection = JournalFile.connect(file, JournalFile.reading());
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select id, hash, body from plan")) {
                while (rows.next()) {
                    plans.put(
                            rows.getString(1),
                            approved(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            var sql = "select " + Line.COLUMNS + " from event order by seq";
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    var broken = event(Line.read(rows), rows.getString(10), rows.getString(11));
                    if (broken.isPresent()) {
                        return result(broken.get());
                    }
                }
            }
            return result(checker.whole());
        }
    }

    private Result export(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            var lines = head(file, reader);
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                var broken = record(text);
                if (broken.isPresent()) {
                    return result(broken.get());
                }
            }
            var whole = checker.whole();
            return result(
                    whole.lines() == lines
                            ? whole
                            : new Check.Broken(
                                    whole.lines() + 1,
                                    "it is missing: the export says it has " + lines));
        }
    }

    private static long head(Path file, BufferedReader reader) throws IOException {
        try {
            var first = reader.readLine();
            var node = CanonicalJson.read(first == null ? "" : first);
            if (JournalExport.KIND.equals(text(node, "record"))) {
                var format = node.path("format").asInt(0);
                if (format > JournalExport.FORMAT) {
                    throw new InputException(
                            "%s was exported by a newer Slipway (format %d, this one reads %d). Update Slipway to check it."
                                    .formatted(file, format, JournalExport.FORMAT));
                }
                return node.path("lines").asLong(-1);
            }
        } catch (JacksonException | CharacterCodingException e) {
            // Said below: whatever it is, it is no journal.
        }
        throw new InputException(
                "%s is neither a journal of Slipway nor an export of one.".formatted(file));
    }

    private Optional<Check.Broken> record(String text) {
        try {
            var node = CanonicalJson.read(text);
            if (text(node, "record").equals("plan")) {
                plans.put(
                        text(node, "id"),
                        approved(text(node, "id"), text(node, "hash"), text(node, "body")));
                return Optional.empty();
            }
            if (text(node, "record").equals("event")) {
                return event(Line.of(node), text(node, "previous"), text(node, "hash"));
            }
            return unreadable();
        } catch (JacksonException e) {
            return unreadable();
        }
    }

    private Optional<Check.Broken> unreadable() {
        return Optional.of(
                new Check.Broken(checker.whole().lines() + 1, "it is not written as a line"));
    }

    private Optional<Check.Broken> event(Line line, String previous, String hash) {
        var broken = checker.next(line, previous, hash).or(() -> foreign(line));
        if (broken.isEmpty() && anchor.filter(hash::equals).isPresent()) {
            found = line.seq();
        }
        return broken;
    }

    /// The line that starts an operation names the hash of the plan somebody approved; the plan beside
    /// it is in no chain and must still be that one.
    private Optional<Check.Broken> foreign(Line line) {
        var plan = plans.get(line.plan());
        if (plan == null) {
            return Optional.of(new Check.Broken(line.seq(), "the plan it belongs to is missing"));
        }
        return line.type().equals("STARTED")
                        && !text(CanonicalJson.read(line.payload()), "planHash").equals(plan)
                ? Optional.of(
                        new Check.Broken(
                                line.seq(),
                                "the plan it belongs to is not the one that was approved"))
                : Optional.empty();
    }

    /// The hash of a plan that is as it was approved; another one has none. When it was made is not
    /// covered: the chain tells when it started.
    private static String approved(String id, String hash, String body) {
        try {
            var plan = PlanJson.read(body);
            return plan.id().equals(id) && plan.hash().equals(hash) ? hash : "";
        } catch (JacksonException | IllegalArgumentException | InputException e) {
            return "";
        }
    }

    private Result result(Check check) {
        return new Result(check, plans.size(), Optional.ofNullable(found));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
