package dev.slipway.release.step;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerReader;
import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Waits until the restored database answers, and sees that its migration ledger is the one that was
/// read when the restore was planned.
///
/// @param connection the direct connection string of a branch, by id
public record AwaitRestored(Postgres postgres, Function<String, Secret> connection)
        implements StepWork {
    /// Key of the step.
    public static final String KEY = "await-restored";

    /// The step.
    ///
    /// @param ledger the digest of the ledger that is expected
    public static PlanStep step(String branch, String schema, String table, String ledger) {
        return PlanStep.waiting(
                        KEY,
                        Map.of(
                                "branch", branch,
                                "schema", schema,
                                "table", table,
                                "ledger", ledger))
                .asking(Provider.POSTGRES);
    }

    /// What two ledgers have in common only when they say the same.
    public static String digest(Ledger ledger) {
        return CanonicalJson.sha256(
                ledger.rows().stream()
                        .map(row -> row.id() + " " + row.hash())
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public Observation observe(StepScope scope) {
        var step = scope.step();
        try (var session =
                postgres.open(
                        PostgresAddress.of(connection.apply(step.parameter("branch"))),
                        Postgres.Session.reading("slipway"))) {
            var ledger = LedgerReader.read(session, Migrate.table(scope));
            var evidence = Map.of("migrations", "" + ledger.rows().size());
            return digest(ledger).equals(step.parameter("ledger"))
                    ? Observation.Done.seen(evidence)
                    : new Observation.Foreign(
                            "The restored database has another migration ledger ("
                                    + ledger.rows().size()
                                    + " rows) than the one that was read at this point before. No"
                                    + " Worker was changed.",
                            evidence);
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }
}
