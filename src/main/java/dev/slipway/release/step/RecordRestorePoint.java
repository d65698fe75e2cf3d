package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.operation.Observation;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.operation.Together;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Notes where production is before anything changes: its position in the write-ahead log, the
/// server's time, and that the live versions still are the planned ones. The position is proved:
/// the schema Neon reads there is the one it reads now.
///
/// @param connection the direct connection string of a branch, by id
public record RecordRestorePoint(
        Cloudflare cloudflare,
        Neon neon,
        Postgres postgres,
        Function<String, Secret> connection,
        Together together)
        implements StepWork {
    private static final String LSN = "record-restore-point.lsn";
    private static final String TIME = "record-restore-point.time";

    @Override
    public Observation observe(StepScope scope) {
        var evidence = new LinkedHashMap<String, String>();
        for (var step : scope.plan().steps()) {
            var from = step.parameters().get("from");
            if (step.group().equals("stage") && from != null) {
                var script = step.parameter("script");
                var live = Deployments.of(cloudflare, script).stream().findFirst();
                if (live.isEmpty() || !live.get().only().map(from::equals).orElse(false)) {
                    return new Observation.Failed(
                            script
                                    + " does not run the version the plan was made for any more: "
                                    + live.map(d -> "deployed by " + Deployments.author(d))
                                            .orElse("it has no deployment")
                                    + ".",
                            Map.of("planned", from));
                }
                evidence.put(script, from);
            }
        }
        var outputs = new LinkedHashMap<String, String>();
        var address = PostgresAddress.of(connection.apply(scope.step().parameter("branch")));
        try (var session = postgres.open(address, Postgres.Session.reading("slipway"));
                var statement = session.createStatement();
                var row =
                        statement.executeQuery(
                                "select pg_current_wal_lsn(), to_char(now() at time zone 'utc',"
                                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")) {
            if (!row.next()) {
                throw new FailureException(
                        new Failure.BadAnswer(Provider.POSTGRES, "no position in its log"));
            }
            outputs.put(LSN, row.getString(1));
            outputs.put(TIME, row.getString(2));
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.BadAnswer(Provider.POSTGRES, "its log position cannot be read"), e);
        }
        evidence.putAll(outputs);
        return proved(scope, outputs, evidence);
    }

    private Observation proved(
            StepScope scope, Map<String, String> outputs, Map<String, String> evidence) {
        var branch = scope.step().parameter("branch");
        var database = scope.step().parameter("database");
        var there = new NewBranch.Point.Lsn(outputs.getOrDefault(LSN, ""));
        var schemas = schemas(branch, database, List.of(there, new NewBranch.Point.Head()));
        var schema = schemas.getFirst();
        if (!schema.equals(schemas.getLast())) {
            return new Observation.Failed(
                    "The schema Neon reads at the restore point "
                            + there.lsn()
                            + " is not the one production has now. Somebody changes it at the same"
                            + " time.",
                    evidence);
        }
        var proof = schema.lines().count() + " lines of schema";
        evidence.put("proof", proof + ", the same there as now");
        scope.log(
                StepScope.Level.INFO,
                "Restore point "
                        + there.lsn()
                        + " at "
                        + outputs.get(TIME)
                        + ", proved: Neon reads the schema there as it is now ("
                        + proof
                        + ")");
        return new Observation.Done(outputs, evidence);
    }

    /// Both in one look: each is a compute Neon starts for the answer.
    private List<String> schemas(String branch, String database, List<NewBranch.Point> points) {
        return together.ask(
                points.stream()
                        .<Supplier<String>>map(p -> () -> neon.schema(branch, database, p))
                        .toList());
    }
}
