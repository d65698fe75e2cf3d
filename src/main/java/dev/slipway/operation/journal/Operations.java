package dev.slipway.operation.journal;

import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanJson;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.journal.HashChain.Check;
import dev.slipway.operation.journal.HashChain.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The journal as readers see it. Works beside an open writer, and with journals that may not be
/// written. Each call opens the file anew.
public final class Operations {
    private final Path file;
    private final Predicate<String> living;

    /// @param living whether the session of that name is a living program that writes this journal
    public Operations(Path file, Predicate<String> living) {
        this.file = file;
        this.living = living;
    }

    /// Every operation, newest first; none when there is no journal yet.
    ///
    /// @throws JournalException when the journal cannot be read
    public List<OperationRow> list() {
        return page(0, Integer.MAX_VALUE);
    }

    /// Some of the operations, newest first, for a list that is scrolled.
    ///
    /// @param skip how many newer ones are left out
    /// @param most how many are read at most
    /// @throws JournalException when the journal cannot be read
    public List<OperationRow> page(int skip, int most) {
        return read(
                        connection -> {
                            var rows = new ArrayList<OperationRow>();
                            var sql =
                                    "select p.body from plan p join event e on e.plan = p.id and"
                                            + " e.type = 'STARTED' order by e.seq desc"
                                            + " limit ? offset ?";
                            try (var query = connection.prepareStatement(sql)) {
                                query.setInt(1, most);
                                query.setInt(2, skip);
                                try (var plans = query.executeQuery()) {
                                    while (plans.next()) {
                                        rows.add(
                                                row(connection, PlanJson.read(plans.getString(1))));
                                    }
                                }
                            }
                            return List.copyOf(rows);
                        })
                .orElse(List.of());
    }

    /// The operation whose id begins with `id`, empty when none or several do.
    ///
    /// @throws JournalException when the journal cannot be read
    public Optional<OperationDetail> one(String id) {
        return read(connection -> {
            var plan = plan(connection, id);
            if (plan.isEmpty()) {
                return null;
            }
            return new OperationDetail(
                    row(connection, plan.get()), plan.get(), lines(connection, plan.get().id()));
        });
    }

    /// Checks every line of the journal; whole and empty when there is none.
    public Check check() {
        return read(HashChain::check).orElse(new Check.Whole(0, HashChain.ROOT));
    }

    private OperationRow row(Connection connection, Plan plan) throws SQLException {
        var ended = steps(connection, plan.id(), "'CONFIRMED', 'SKIPPED', 'WARNED'");
        var count = plan.positions();
        var current = plan.steps().stream().filter(s -> !ended.contains(s.key())).findFirst();
        var first = control(connection, plan.id(), "asc");
        var last = control(connection, plan.id(), "desc");
        var state = state(last);
        return new OperationRow(
                plan.id(),
                plan.kind(),
                plan.target(),
                text(first.payload(), "by"),
                first.wall(),
                current.map(plan::position).orElse(count),
                count,
                current.map(PlanStep::key).orElse(""),
                current.map(PlanStep::title).orElse(""),
                state,
                updated(connection, plan.id()),
                state == OperationState.RUNNING ? "" : text(last.payload(), "reason"));
    }

    private OperationState state(Control last) {
        return switch (last.type()) {
            case "PAUSED" -> OperationState.PAUSED;
            case "TOOK_OVER" -> OperationState.INTERRUPTED;
            case "FINISHED" -> OperationState.valueOf(text(last.payload(), "state"));
            default ->
                    living.test(text(last.payload(), "session"))
                            ? OperationState.RUNNING
                            : OperationState.INTERRUPTED;
        };
    }

    private record Control(String type, Instant wall, JsonNode payload) {}

    private static Control control(Connection connection, String plan, String order)
            throws SQLException {
        var sql =
                "select type, wall, payload from event where plan = ? and type in ('STARTED',"
                        + " 'RESUMED', 'TOOK_OVER', 'PAUSED', 'FINISHED') order by seq "
                        + order
                        + " limit 1";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, plan);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("plan " + plan + " has no beginning");
                }
                return new Control(
                        rows.getString(1),
                        Instant.parse(rows.getString(2)),
                        CanonicalJson.read(rows.getString(3)));
            }
        }
    }

    private static Set<String> steps(Connection connection, String plan, String types)
            throws SQLException {
        var sql = "select distinct step from event where plan = ? and type in (" + types + ")";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, plan);
            try (var rows = query.executeQuery()) {
                var steps = new HashSet<String>();
                while (rows.next()) {
                    steps.add(rows.getString(1));
                }
                return steps;
            }
        }
    }

    private static Instant updated(Connection connection, String plan) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select wall from event where seq = (select max(seq) from event where plan"
                                + " = ?)")) {
            query.setString(1, plan);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Instant.parse(rows.getString(1)) : Instant.EPOCH;
            }
        }
    }

    private static Optional<Plan> plan(Connection connection, String id) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select body from plan where substr(id, 1, length(?)) = ?")) {
            query.setString(1, id);
            query.setString(2, id);
            try (var rows = query.executeQuery()) {
                if (id.isEmpty() || !rows.next()) {
                    return Optional.empty();
                }
                var plan = PlanJson.read(rows.getString(1));
                return rows.next() ? Optional.empty() : Optional.of(plan);
            }
        }
    }

    private static List<OperationDetail.Line> lines(Connection connection, String plan)
            throws SQLException {
        var sql = "select " + Line.COLUMNS + " from event where plan = ? order by seq";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, plan);
            try (var rows = query.executeQuery()) {
                var lines = new ArrayList<OperationDetail.Line>();
                while (rows.next()) {
                    var line = Line.read(rows);
                    lines.add(
                            new OperationDetail.Line(
                                    line.seq(),
                                    new Moment(
                                            Instant.parse(line.wall()), line.mono(), line.boot()),
                                    line.step(),
                                    line.attempt(),
                                    line.type(),
                                    line.payload()));
                }
                return lines;
            }
        }
    }

    private static String text(JsonNode payload, String field) {
        var value = payload.get(field);
        return value == null ? "" : value.asString();
    }

    @FunctionalInterface
    private interface Query<T> {
        @org.jspecify.annotations.Nullable
        T run(Connection connection) throws SQLException;
    }

    private <T> Optional<T> read(Query<T> query) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var connection = JournalFile.connect(file, JournalFile.reading())) {
            if (JournalFile.number(connection, "pragma user_version") == 0) {
                return Optional.empty();
            }
            return Optional.ofNullable(query.run(connection));
        } catch (SQLException e) {
            throw new JournalException(
                    "The journal %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
