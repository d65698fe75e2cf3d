package dev.slipway.release.rollback.rescue;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.postgres.Backend;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.rollback.loss.ReplayMark;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.rollback.loss.RowReplay;
import dev.slipway.release.rollback.loss.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Brings lost rows back in one transaction, in which a mark says that it was this step. The change is
/// announced immediately before COMMIT, together with the transaction's id: before it nothing holds.
///
/// @param connection the direct connection string of a branch, by id
public record ReplayRows(
        World world, Postgres postgres, Function<String, Secret> connection, InstantSource clock)
        implements StepWork {
    /// Key of the step.
    public static final String KEY = "replay";

    /// Parameter that says what is left as production has it, a sentence a line.
    static final String LEFT = "left";

    /// Kind of the branch at the point that was restored.
    public static final String POINT = "point";

    /// Kind of the branch of what was kept.
    public static final String BACKUP = "backup";

    private static final Pattern ROW =
            Pattern.compile(
                    "(" + TableName.QUOTED + ") ([0-9]+) ([0-9]+) ([0-9]+)\n", Pattern.DOTALL);

    /// Key of the step that makes the branch of `kind`; also the name of the output that holds its id.
    public static String branchKey(String kind) {
        return "rescue." + kind;
    }

    /// Key of the step that removes it.
    public static String removalKey(String kind) {
        return "discard-rescue." + kind;
    }

    /// The step.
    ///
    /// @param branch id of the production branch
    /// @param schema of Drizzle's ledger
    /// @param ledger its table
    /// @param rehearsed what has to come of it
    public static PlanStep step(
            String branch,
            String schema,
            String ledger,
            ReplayOptions options,
            Replayed rehearsed) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("branch", branch);
        parameters.put("schema", schema);
        parameters.put("table", ledger);
        parameters.put("deletions", "" + options.deletions());
        parameters.put("leaveConflicts", "" + options.leaveConflicts());
        int i = 0;
        for (var table : new TreeSet<>(options.tables())) {
            parameters.put("chosen." + i + ".schema", table.schema());
            parameters.put("chosen." + i + ".table", table.table());
            i++;
        }
        parameters.put("rows", rows(rehearsed));
        if (!rehearsed.conflicts().isEmpty()) {
            parameters.put(
                    LEFT,
                    rehearsed.conflicts().stream()
                            .map(Conflict::sentence)
                            .collect(Collectors.joining("\n")));
        }
        return PlanStep.mutation(KEY, Provider.POSTGRES, parameters);
    }

    /// What is written, table by table. Names and numbers only.
    private static String rows(Replayed replayed) {
        var rows = new StringBuilder();
        for (var table : replayed.tables()) {
            if (table.written() > 0) {
                rows.append(
                        "%s %d %d %d\n"
                                .formatted(
                                        table.table().sql(),
                                        table.inserted(),
                                        table.updated(),
                                        table.deleted()));
            }
        }
        return rows.toString();
    }

    /// The tables of [#rows].
    static List<Replayed.Table> tables(PlanStep step) {
        return ROW.matcher(step.parameter("rows")).results().map(ReplayRows::table).toList();
    }

    private static Replayed.Table table(MatchResult row) {
        return new Replayed.Table(
                TableName.ofSql(row.group(1)),
                Long.parseLong(row.group(4)),
                Long.parseLong(row.group(5)),
                Long.parseLong(row.group(6)),
                0);
    }

    private static ReplayOptions options(StepScope scope) {
        var parameters = scope.step().parameters();
        var tables = new TreeSet<TableName>();
        for (int i = 0; parameters.containsKey("chosen." + i + ".table"); i++) {
            tables.add(
                    new TableName(
                            scope.step().parameter("chosen." + i + ".schema"),
                            scope.step().parameter("chosen." + i + ".table")));
        }
        return new ReplayOptions(
                tables,
                Boolean.parseBoolean(scope.step().parameter("deletions")),
                Boolean.parseBoolean(scope.step().parameter("leaveConflicts")));
    }

    @Override
    public Observation observe(StepScope scope) {
        try (var session = postgres.open(production(scope), Postgres.Session.reading("slipway"))) {
            if (!Backend.named(session, application(scope)).isEmpty()) {
                return Observation.NotYet.because("an earlier attempt still runs in the database");
            }
            return ReplayMark.read(session, scope.mark())
                    .<Observation>map(rows -> Observation.Done.seen(Map.of("rows", "" + rows)))
                    .orElseGet(() -> Observation.Absent.seen(Map.of("rows", "none")));
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        fence(scope);
        var inside = new Inside(scope, sending);
        try {
            var replayed =
                    new RowReplay(
                                    postgres,
                                    new LedgerTable(
                                            scope.step().parameter("schema"),
                                            scope.step().parameter("table")),
                                    clock,
                                    RowReplay.LIMIT)
                            .carryOut(
                                    new RowReplay.Places(
                                            address(scope.need(branchKey(POINT))),
                                            address(scope.need(branchKey(BACKUP))),
                                            production(scope)),
                                    options(scope),
                                    application(scope),
                                    LockRetry.of(world.bounds()).timeout(),
                                    inside);
            if (!replayed.written()) {
                throw refused(
                        "conflict",
                        replayed.conflicts().stream()
                                .map(Conflict::sentence)
                                .collect(Collectors.joining(" ")));
            }
            return new Receipt(Map.of("xid", inside.xid, "rows", "" + replayed.rows()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    new Failure.Busy(Provider.POSTGRES, "interrupted before COMMIT"), e);
        }
    }

    /// A run that was taken over after its fence was raised has the fence of its former holder. A higher
    /// one is never lowered.
    private void fence(StepScope scope) {
        var ours = epoch(scope);
        try (var session = postgres.open(production(scope), Postgres.Session.reading("slipway"))) {
            var at = Fence.read(session, environment(scope));
            if (at.isPresent() && at.getAsLong() < ours) {
                Fence.raise(session, environment(scope), ours);
            }
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    /// What this step does in the transaction beside the rows.
    private static final class Inside implements RowReplay.Around {
        private final StepScope scope;
        private final Sending sending;
        private String xid = "";

        Inside(StepScope scope, Sending sending) {
            this.scope = scope;
            this.sending = sending;
        }

        @Override
        public void begins(Connection transaction) throws SQLException {
            Fence.check(transaction, environment(scope), epoch(scope));
        }

        @Override
        public void committing(Connection transaction, Replayed replayed) throws SQLException {
            var planned = scope.step().parameter("rows");
            if (!rows(replayed).equals(planned)) {
                throw refused(
                        "changed",
                        "production was written to since the rehearsal, and other rows would come back"
                                + " than planned: "
                                + replayed.rows()
                                + " in all. Everything was rolled back; make a new plan");
            }
            ReplayMark.write(transaction, scope.mark(), replayed.rows());
            try (var statement = transaction.createStatement();
                    var row = statement.executeQuery("select pg_current_xact_id()")) {
                row.next();
                xid = row.getString(1);
            }
            sending.aboutToSend(
                    "SQL", "COMMIT {xid}", CanonicalJson.sha256(planned), Map.of("xid", xid));
        }
    }

    private static FailureException refused(String code, String sentence) {
        return new FailureException(
                new Failure.Refused(Provider.POSTGRES, 0, code, sentence, Optional.empty()));
    }

    private static String application(StepScope scope) {
        return "slipway " + scope.plan().brief() + " " + KEY;
    }

    private static String environment(StepScope scope) {
        return scope.plan().pins().getOrDefault("environment", "production");
    }

    private static long epoch(StepScope scope) {
        return scope.epoch().orElse(0L);
    }

    private PostgresAddress production(StepScope scope) {
        return address(scope.step().parameter("branch"));
    }

    private PostgresAddress address(String branch) {
        return PostgresAddress.of(connection.apply(branch));
    }
}
