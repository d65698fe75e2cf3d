package dev.slipway.release.rollback.loss;

import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.release.rollback.loss.Conflict.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Brings back what a restore took away, inside a transaction of the caller: what was written between the
/// point and the restore is the difference of the point and the backup, and each such row comes back when
/// production still has what the point has there. What production got since is never overwritten.
///
/// The caller commits only when it accepts what came of it.
final class Replay {
    private static final int BATCH = 500;

    private final Sides sides;
    private final Connection target;
    private final LedgerTable ledger;
    private final ReplayOptions options;
    private final Map<TableName, Stage> stages = new LinkedHashMap<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    private List<Replayed.Table> tables = List.of();

    private int made;

    /// The table at hand.
    private TableName writing = new TableName("", "");

    /// @param sides the point and the backup
    /// @param target production, in a transaction
    Replay(Sides sides, Connection target, LedgerTable ledger, ReplayOptions options) {
        this.sides = sides;
        this.target = target;
        this.ledger = ledger;
        this.options = options;
    }

    /// Does it. Where a row is in conflict, and rows in conflict are not to be left, nothing is written.
    ///
    /// @throws SQLException when a server breaks off or a lock is not to be had
    Replayed run() throws SQLException, InterruptedException {
        try {
            return staged();
        } catch (SQLException e) {
            var state = PostgresFailure.state(e);
            if (!state.startsWith("22") && !state.startsWith("23") && !state.startsWith("42")) {
                throw e;
            }
            conflicts.add(refused(e, state));
            return new Replayed(tables, conflicts, false);
        }
    }

    private Replayed staged() throws SQLException, InterruptedException {
        Settings.local(target);
        var keys = ForeignKey.all(target);
        var production = byName(ShapeReader.read(target, ledger));
        stage(production, keys);
        judge(production, keys);
        var order = ReplayOrder.of(chosen(), keys);
        for (var table : order.circle()) {
            conflicts.add(
                    table(
                            table,
                            "it stands in a circle of foreign keys that are not deferrable, so there is"
                                    + " no order in which its rows could come back."));
        }
        for (var stage : stages.values()) {
            if (stage.chosen()) {
                conflicts.addAll(stage.conflicts());
            }
        }
        tables = outcome(order.tables());
        boolean stopped =
                conflicts.stream()
                        .anyMatch(c -> !options.leaveConflicts() || c.kind() == Kind.TABLE);
        return new Replayed(tables, conflicts, !stopped && write());
    }

    private Set<TableName> chosen() {
        return stages.values().stream()
                .filter(Stage::chosen)
                .map(Stage::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stage staged(TableName table) {
        return Optional.ofNullable(stages.get(table)).orElseThrow();
    }

    private static Map<TableName, TableShape> byName(List<TableShape> shapes) {
        return shapes.stream().collect(Collectors.toMap(TableShape::name, Function.identity()));
    }

    private static Conflict table(TableName table, String reason) {
        return new Conflict(table, Kind.TABLE, 0, reason);
    }

    /// Stages the chosen tables, and all they refer to: a row that refers to one whose key was given
    /// away must not come back.
    private void stage(Map<TableName, TableShape> production, List<ForeignKey> keys)
            throws SQLException, InterruptedException {
        var shapes =
                sides.both(
                        side -> ShapeReader.read(side.connection(), ledger),
                        side -> ShapeReader.read(side.connection(), ledger));
        var point = byName(shapes.then());
        var needed = needed(production.keySet(), keys);
        options.tables().stream()
                .filter(table -> byName(shapes.now()).get(table) == null)
                .sorted()
                .forEach(table -> conflicts.add(table(table, "the backup has no such table.")));
        for (var backup : shapes.now()) {
            boolean explicit = options.tables().contains(backup.name());
            var then = point.get(backup.name());
            var now = production.get(backup.name());
            if (then == null || now == null) {
                if (explicit) {
                    conflicts.add(
                            table(
                                    backup.name(),
                                    then == null
                                            ? "the table was made after the point; export its rows."
                                            : "production has no such table."));
                }
                continue;
            }
            var obstacle = Pair.obstacle(then.within(now), backup.within(now));
            if (obstacle.isPresent() && explicit) {
                conflicts.add(table(backup.name(), obstacle.get()));
            }
            if (obstacle.isEmpty() && needed.contains(backup.name())) {
                fill(now, Pair.of(then.within(now), backup.within(now)));
            }
        }
    }

    private Set<TableName> needed(Set<TableName> all, List<ForeignKey> keys) {
        var needed = new LinkedHashSet<TableName>();
        all.stream().filter(options::chosen).forEach(needed::add);
        boolean more = true;
        while (more) {
            more = false;
            for (var key : keys) {
                more |= needed.contains(key.child()) && needed.add(key.parent());
            }
        }
        return needed;
    }

    /// Stages what differs in one table; nothing when nothing does.
    private void fill(TableShape production, Pair pair) throws SQLException, InterruptedException {
        writing = production.name();
        var waiting = new ArrayList<Difference>();
        var stage = Stage.make(target, production, pair, made++, options.chosen(production.name()));
        var backup = new RowsByKey(sides.now(), new RowSql(pair.now(), pair), stage.columns(), 0);
        boolean[] any = {false};
        new TableMerge(sides, pair)
                .run(difference -> {
                    any[0] = true;
                    waiting.add(difference);
                    if (waiting.size() == BATCH) {
                        stage.add(waiting, backup);
                        waiting.clear();
                    }
                });
        if (!waiting.isEmpty()) {
            stage.add(waiting, backup);
        }
        if (!any[0]) {
            return;
        }
        stages.put(production.name(), stage);
        if (stage.chosen() && hasRules(production)) {
            conflicts.add(
                    table(
                            production.name(),
                            "it has rewrite rules, which would make something else of its rows."));
        }
    }

    private boolean hasRules(TableShape table) throws SQLException {
        try (var statement =
                target.prepareStatement(
                        "select "
                                + Postgres.MARK
                                + " exists (select from pg_rewrite where ev_class = ? and ev_enabled <>"
                                + " 'D' and ev_type in ('2', '3', '4'))")) {
            statement.setLong(1, table.id());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /// Judges every row, and again as long as one that cannot come back keeps another from coming.
    private void judge(Map<TableName, TableShape> production, List<ForeignKey> keys)
            throws SQLException {
        for (var stage : stages.values()) {
            stage.judge(options.deletions());
        }
        int marked;
        do {
            marked = 0;
            for (var stage : stages.values()) {
                marked += stage.markTwins();
                for (var key : keys) {
                    if (key.child().equals(stage.of()) && production.containsKey(key.parent())) {
                        marked +=
                                stage.markOrphans(
                                        key,
                                        production.get(key.parent()),
                                        stages.get(key.parent()));
                    }
                    if (key.parent().equals(stage.of()) && production.containsKey(key.child())) {
                        marked +=
                                stage.markReferred(
                                        key, production.get(key.child()), stages.get(key.child()));
                    }
                }
            }
        } while (marked > 0);
    }

    /// Writes. Somebody may write between the judgement and this; then nothing comes back.
    private boolean write() throws SQLException {
        var triggers = new Triggers(target);
        for (var table : tables) {
            writing = table.table();
            if (table.written() > 0) {
                triggers.off(staged(writing).table());
            }
        }
        execute("set constraints all deferred");
        boolean asPlanned = true;
        for (var table : tables.reversed()) {
            writing = table.table();
            if (table.deleted() > 0) {
                asPlanned &= staged(writing).delete() == table.deleted();
            }
        }
        for (var table : tables) {
            writing = table.table();
            if (table.updated() + table.inserted() > 0) {
                asPlanned &= staged(writing).write() == table.updated() + table.inserted();
            }
            if (table.inserted() > 0) {
                Sequences.advance(target, staged(writing).table());
            }
        }
        triggers.on();
        if (!asPlanned) {
            conflicts.add(
                    new Conflict(
                            writing,
                            Kind.REFUSED,
                            0,
                            "somebody else wrote them at the same moment; try again"));
        }
        return asPlanned;
    }

    /// What Postgres said. Messages about values quote them; those about constraints do not.
    private Conflict refused(SQLException e, String state) {
        return new Conflict(
                writing,
                Kind.REFUSED,
                0,
                state.startsWith("22")
                        ? "a value does not fit its column (" + state + ")"
                        : PostgresFailure.message(e));
    }

    private List<Replayed.Table> outcome(List<TableName> order) throws SQLException {
        var tables = new ArrayList<Replayed.Table>();
        for (var name : order) {
            var counts = new HashMap<>(staged(name).counts());
            var table =
                    new Replayed.Table(
                            name,
                            counts.getOrDefault("LOST READY", 0L),
                            counts.getOrDefault("CHANGED READY", 0L),
                            counts.getOrDefault("RETURNING READY", 0L),
                            counts.getOrDefault("LOST THERE", 0L)
                                    + counts.getOrDefault("CHANGED THERE", 0L)
                                    + counts.getOrDefault("RETURNING THERE", 0L));
            if (table.written() + table.already() > 0) {
                tables.add(table);
            }
        }
        return tables;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = target.createStatement()) {
            statement.execute(sql);
        }
    }
}
