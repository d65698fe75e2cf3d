package dev.slipway.migration.workload;

import dev.slipway.migration.workload.WorkloadReport.Broken;
import dev.slipway.migration.workload.WorkloadReport.NotCheckable;
import dev.slipway.migration.workload.WorkloadReport.Slower;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Probes production's statements on a throw-away branch before migrations ran there, and once more
/// after. Only what worked before can be found broken.
public final class WorkloadCheck {
    /// How many times dearer a plan has to be. The same plan at twice the cost is bloat, not a lost index.
    private static final double DEARER = 3;

    /// Tables with fewer rows are read whole whatever indexes they have.
    private static final long ROWS = 1_000;

    private static final Set<String> TEXT = Set.of("text", "character varying", "character");

    private final Postgres postgres;
    private final PostgresAddress branch;
    private final Workload workload;
    private final Map<RecordedStatement, Probed> before = new LinkedHashMap<>();
    private final Map<RecordedStatement, String> asWhom = new LinkedHashMap<>();
    private final List<String> blind = new ArrayList<>();

    private WorkloadCheck(Postgres postgres, PostgresAddress branch, Workload workload) {
        this.postgres = postgres;
        this.branch = branch;
        this.workload = workload;
    }

    /// Probes `workload` on `branch` before anything ran there.
    ///
    /// @throws dev.slipway.domain.FailureException when the server does not answer
    public static WorkloadCheck before(
            Postgres postgres, PostgresAddress branch, Workload workload) {
        var check = new WorkloadCheck(postgres, branch, workload);
        try (var prober = check.prober()) {
            if (!prober.tellsResult()) {
                check.blind.add(
                        "PostgreSQL below 16 does not tell the types of a result: a column that changes its"
                                + " type is seen in the catalog only");
            }
            for (var statement : workload.statements()) {
                var reason = prober.become(statement.role());
                if (reason.isPresent()) {
                    check.asWhom.put(statement, statement.role() + ": " + reason.get());
                    prober.become(branch.user());
                }
                check.before.put(statement, prober.first(statement.sql()));
            }
            return check;
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// Probes again and compares.
    ///
    /// @throws dev.slipway.domain.FailureException when the server does not answer
    public WorkloadReport after() {
        var broken = new ArrayList<Broken>();
        var changed = new ArrayList<Broken>();
        var slower = new ArrayList<Slower>();
        var notCheckable = new ArrayList<NotCheckable>();
        int checked = 0;
        try (var prober = prober()) {
            var sizes = sizes();
            for (var entry : before.entrySet()) {
                var old = entry.getValue();
                var query = entry.getKey().sql();
                if (!old.accepted()) {
                    notCheckable.add(new NotCheckable(query, why(old)));
                    continue;
                }
                checked++;
                if (asWhom.containsKey(entry.getKey())) {
                    prober.become(branch.user());
                } else {
                    prober.become(entry.getKey().role());
                }
                var now = prober.again(old);
                var fault = broken(query, old, now);
                fault.map(each -> dated(each, entry.getKey())).ifPresent(broken::add);
                if (fault.isEmpty()) {
                    changed(query, old, now).ifPresent(changed::add);
                    slower(query, old, now, sizes).ifPresent(slower::add);
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
        var notes = new ArrayList<>(blind);
        new TreeSet<>(asWhom.values())
                .forEach(each -> notes.add("privileges are those of our own role, not of " + each));
        return new WorkloadReport(
                workload.statements().size(),
                workload.since(),
                workload.until(),
                workload.gaps(),
                checked,
                broken,
                changed,
                slower,
                notCheckable,
                workload.unseen(),
                notes);
    }

    private Prober prober() {
        return new Prober(
                postgres.open(
                        branch,
                        new Postgres.Session(
                                "slipway workload",
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30),
                                true)));
    }

    private static String why(Probed probed) {
        var error = probed.error().orElseThrow();
        return switch (error.sqlState()) {
            case "42P01" -> "it names a table that is not there, a temporary one perhaps";
            case "42P18" -> "the types of its parameters cannot be told without its values";
            default -> error.message() + " (" + error.sqlState() + ") before anything ran";
        };
    }

    /// What the last look no longer saw executed says when it was.
    private Broken dated(Broken broken, RecordedStatement statement) {
        return statement.seenUntil().isBefore(workload.until())
                ? new Broken(
                        broken.query(),
                        broken.sqlState(),
                        broken.probe(),
                        broken.reason()
                                + "; last executed before "
                                + statement.seenUntil().truncatedTo(ChronoUnit.SECONDS))
                : broken;
    }

    private static Optional<Broken> broken(String query, Probed old, Probed now) {
        if (now.error().isPresent()) {
            var error = now.error().get();
            return Optional.of(new Broken(query, error.sqlState(), error.probe(), error.message()));
        }
        var retyped = retyped(query, old, now);
        if (retyped.isPresent()) {
            return retyped;
        }
        var nulls = new ArrayList<>(now.nulls());
        nulls.removeAll(old.nulls());
        if (!nulls.isEmpty()) {
            return Optional.of(
                    new Broken(
                            query,
                            "23502",
                            "PLAN",
                            "it writes no value into "
                                    + String.join(", ", nulls)
                                    + ", which is NOT NULL"));
        }
        for (int i = 0; i < Math.min(old.executions().size(), now.executions().size()); i++) {
            var was = old.executions().get(i);
            var is = now.executions().get(i);
            // That a made-up value refers to nothing says nothing.
            boolean meaningless = is.made() && is.ended().sqlState().equals("23503");
            if (was.ran() && !is.ran() && !meaningless) {
                return Optional.of(
                        new Broken(query, is.ended().sqlState(), "EXECUTE", is.ended().message()));
            }
        }
        return Optional.empty();
    }

    /// A driver hands out another kind of value, and a prepared statement that is open fails with 0A000.
    private static Optional<Broken> retyped(String query, Probed old, Probed now) {
        var was = old.types().flatMap(Probed.Types::result).orElse(List.of());
        var is = now.types().flatMap(Probed.Types::result).orElse(List.of());
        for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
            if (!was.get(i).equals(is.get(i)) && !alike(was.get(i), is.get(i))) {
                return Optional.of(
                        new Broken(
                                query,
                                "0A000",
                                "TYPES",
                                "column "
                                        + (i + 1)
                                        + " of its result is "
                                        + is.get(i)
                                        + " instead of "
                                        + was.get(i)));
            }
        }
        return Optional.empty();
    }

    private static boolean alike(String one, String other) {
        return TEXT.contains(one) && TEXT.contains(other);
    }

    private static Optional<Broken> changed(String query, Probed old, Probed now) {
        return old.types().equals(now.types())
                ? Optional.empty()
                : Optional.of(
                        new Broken(
                                query,
                                "0A000",
                                "TYPES",
                                "its result or parameters have other columns or names of types; only a"
                                        + " prepared statement that stays open notices"));
    }

    private static Optional<Slower> slower(
            String query, Probed old, Probed now, Map<String, Long> sizes) {
        if (old.plan().isEmpty() || now.plan().isEmpty()) {
            return Optional.empty();
        }
        var was = old.plan().get();
        var is = now.plan().get();
        boolean large =
                was.accesses().keySet().stream()
                        .anyMatch(table -> sizes.getOrDefault(table, 0L) > ROWS);
        return large && is.lost(was) && is.cost() >= DEARER * was.cost()
                ? Optional.of(
                        new Slower(
                                query,
                                was.cost(),
                                is.cost(),
                                "it can no longer use "
                                        + String.join(", ", ways(was))
                                        + " and reads by "
                                        + String.join(", ", ways(is))))
                : Optional.empty();
    }

    private static List<String> ways(PlanShape plan) {
        return plan.accesses().entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream()
                                .map(way ->
                                        entry.getKey().isEmpty()
                                                ? way
                                                : way + " on " + entry.getKey()))
                .toList();
    }

    /// Rows per table as last counted by ANALYZE or VACUUM.
    private Map<String, Long> sizes() throws SQLException {
        var sizes = new LinkedHashMap<String, Long>();
        try (var connection = postgres.open(branch, Postgres.Session.reading("slipway workload"));
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select relname, max(reltuples)::bigint from pg_class where relkind = 'r'"
                                        + " group by relname")) {
            while (rows.next()) {
                sizes.put(rows.getString(1), rows.getLong(2));
            }
        }
        return sizes;
    }
}
