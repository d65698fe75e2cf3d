package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.neon.HttpNeon;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.postgres.JdbcPostgres;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.Databases;
import dev.slipway.production.Fit;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody has a transaction open in production that reads what a migration changes.
class LocksOfProductionTest {
    private static final Target CHECKOUT = new Target.OfPullRequest(new PullRequestNumber(482));

    @Test
    void aReportIsNamedBeforeAndStopsTheMigrationSafely(@TempDir Path home) throws Exception {
        var sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        try (var session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox)) {
            try (var report = report(session)) {
                assertThat(report.isClosed()).isFalse();
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> locks(propose(session)).state() == Gate.State.FAIL);
                assertThat(locks(propose(session)).evidence())
                        .contains(
                                "\"nightly report\" (process ",
                                "idle in transaction",
                                "holds AccessShareLock on orders.",
                                "longer than a migration waits",
                                "Nothing was changed.");
            }
            var proposal = propose(session);
            assertThat(locks(proposal).state()).isEqualTo(Gate.State.PASS);
            assertThat(proposal.refusals()).isEmpty();
            assertThat(proposal.plan().steps())
                    .filteredOn(step -> step.key().equals("migrate.apply"))
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.ifFails()).contains("at most 12 tries", "500 ms", "r41");
                        assertThat(step.parameters().get("locks"))
                                .contains("orders AccessExclusiveLock");
                    });

            try (var report = report(session)) {
                assertThat(report.isClosed()).isFalse();
                var end =
                        session.promotions()
                                .start(
                                        proposal,
                                        proposal.phrase(),
                                        Permit.forOne(session.login(), "a test"),
                                        List.of())
                                .await();

                assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.STOPPED_SAFE);
                assertThat(end.reason())
                        .contains(
                                "\"nightly report\" (process ",
                                "AccessShareLock on orders",
                                "everything was rolled back",
                                "given up after 1 try");
            }
            var now = session.production().read(Wake.ALLOWED);
            assertThat(now.release()).contains("r41");
            assertThat(now.fit()).isEqualTo(Fit.YES);
        }
    }

    private static Proposal propose(WorldSession session) {
        return session.promotions().propose(CHECKOUT, RehearsalListener.SILENT);
    }

    private static Gate locks(Proposal proposal) {
        return proposal.gates().stream()
                .filter(gate -> gate.id().equals("locks"))
                .findFirst()
                .orElseThrow();
    }

    private static Connection report(WorldSession session) throws SQLException {
        var world = session.world();
        var neon = new HttpNeon(session.transport(), session.stack().neon().project());
        var databases = new Databases(neon, session.stack());
        var connection =
                new JdbcPostgres(world.transport(), world.bounds())
                        .open(
                                PostgresAddress.of(
                                        databases.connection(
                                                databases.production(neon.branches()).id())),
                                Postgres.Session.reading("nightly report"));
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select count(*) from orders");
        }
        return connection;
    }
}
