package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.operation.PlanStep;
import dev.slipway.production.Fit;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A migration that breaks the code that is live waits until the code it was made for is live.
class CodeFirstTest {
    private static Proposal propose(WorldSession session, Target target) {
        return session.promotions().propose(target, RehearsalListener.SILENT);
    }

    private static void promote(WorldSession session, Proposal proposal) {
        assertThat(proposal.refusals()).isEmpty();
        var end =
                session.promotions()
                        .start(
                                proposal,
                                proposal.phrase(),
                                Permit.forOne(session.login(), "a test"),
                                List.of())
                        .await();
        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void theCodeGoesFirstAndTheMigrationGetsAPlanOfItsOwn(@TempDir Path home) {
        var sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        try (var session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox)) {
            var first = propose(session, new Target.OfPullRequest(new PullRequestNumber(471)));
            assertThat(first.migrations()).isEmpty();
            assertThat(first.waiting()).containsExactly("0043_drop_legacy_id");

            promote(session, first);

            var between = session.production().read(Wake.ALLOWED);
            assertThat(between.release()).contains("r42");
            assertThat(between.fit()).isEqualTo(Fit.YES);
            assertThat(between.schema().state().orElseThrow().pending())
                    .extracting(migration -> migration.tag())
                    .containsExactly("0043_drop_legacy_id");

            var second = propose(session, new Target.OfCommit(between.commit().orElseThrow()));
            assertThat(second.migrations()).containsExactly("0043_drop_legacy_id");
            assertThat(second.waiting()).isEmpty();
            assertThat(second.plan().steps().stream().map(PlanStep::group).distinct())
                    .containsExactly(
                            "claim-lock",
                            "record-restore-point",
                            "rehearse",
                            "migrate",
                            "check-live",
                            "settle",
                            "tag",
                            "discard-rehearsal",
                            "release-lock");
            assertThat(second.plan().steps())
                    .filteredOn(PlanStep::pointOfNoReturn)
                    .extracting(PlanStep::key)
                    .containsExactly("migrate.apply");

            promote(session, second);

            var after = session.production().read(Wake.ALLOWED);
            assertThat(after.release()).contains("r43");
            assertThat(after.commit()).isEqualTo(between.commit());
            assertThat(after.fit()).isEqualTo(Fit.YES);
            assertThat(after.schema().state().orElseThrow().pending()).isEmpty();
        }
    }
}
