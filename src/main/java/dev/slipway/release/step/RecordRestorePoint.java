package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.operation.Observation;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Notes where production is before anything changes: its position in the write-ahead log, the
/// server's time, and that the live versions still are the planned ones.
///
/// @param connection the direct connection string of a branch, by id
public record RecordRestorePoint(
        Cloudflare cloudflare, Postgres postgres, Function<String, Secret> connection)
        implements StepWork {
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
            outputs.put("record-restore-point.lsn", row.getString(1));
            outputs.put("record-restore-point.time", row.getString(2));
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.BadAnswer(Provider.POSTGRES, "its log position cannot be read"), e);
        }
        evidence.putAll(outputs);
        return new Observation.Done(outputs, evidence);
    }
}
