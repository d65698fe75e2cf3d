package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.Happening;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubRun;
import dev.slipway.stack.StackFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What happens between a proposal and its end is looked at again.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MeanwhileTest {
    private static final String AUTH = "auth-worker-production";

    @TempDir static Path home;

    private static Sandbox sandbox;
    private static WorldSession session;
    private static final LaterClock CLOCK = new LaterClock();

    /// The system's clock, or one that is ahead of it.
    private static final class LaterClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        var tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        var text =
                Files.readString(sandbox.stack())
                        + "\nfreeze:\n  zone: UTC\n  windows:\n    - {from: "
                        + tomorrow
                        + ", to: "
                        + tomorrow.plusDays(3)
                        + ", reason: Moving house.}\n";
        var person = sandbox.github().accounts().person("kim").person();
        sandbox.github()
                .push(
                        "main",
                        "kim",
                        GitChange.of("Freeze", person, Instant.now()).with("slipway.yaml", text));
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        sandbox.github().actions().runs().stream()
                                .filter(r -> r.branch().equals("main"))
                                .allMatch(r -> r.status() == GitHubRun.Status.COMPLETED));
        session =
                new WorldSession(
                        CLOCK,
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read("slipway.yaml", text.getBytes(StandardCharsets.UTF_8)),
                        () -> {});
        session.claimHome();
    }

    @AfterAll
    static void end() {
        session.close();
        sandbox.close();
    }

    private static Proposal propose() {
        return session.promotions()
                .propose(
                        new Target.OfPullRequest(new PullRequestNumber(487)),
                        RehearsalListener.SILENT);
    }

    @Test
    @Order(1)
    void aFreezeThatBeganMeanwhileStartsNothing() {
        var proposal = propose();
        assertThat(proposal.refusals()).isEmpty();
        CLOCK.ahead = Duration.ofDays(2);

        assertThatThrownBy(() ->
                        session.promotions()
                                .start(
                                        proposal,
                                        proposal.phrase(),
                                        Permit.forOne("kim", "a test"),
                                        List.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Production is frozen until ")
                .hasMessageContaining("Moving house.")
                .hasMessageContaining("Nothing was changed.");
        assertThat(session.operations().list()).isEmpty();
        CLOCK.ahead = Duration.ZERO;
    }

    /// Nobody hands secrets on to a first version, so what CI uploads is looked at.
    @Test
    @Order(2)
    void aFirstVersionThatLacksASecretIsNotDeployed() {
        var workers = sandbox.cloudflare().workers();
        workers.withdraw(AUTH);
        var web = workers.script("web-worker-production").orElseThrow().live();
        var proposal = propose();
        assertThat(proposal.refusals()).isEmpty();
        Happening.Listener forgetful =
                happening -> {
                    if (happening instanceof Happening.StepStarted(var step, _, _)
                            && step.key().equals("merge")) {
                        workers.secretVersion(
                                AUTH, Map.of("SESSION_KEY", Optional.empty()), Map.of(), "dash");
                    }
                };

        var end =
                session.promotions()
                        .start(
                                proposal,
                                proposal.phrase(),
                                Permit.forOne(session.login(), "a test"),
                                List.of(forgetful))
                        .await();

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(end.step()).isEqualTo("await-versions");
        assertThat(end.reason())
                .contains(
                        "The first version of auth, ",
                        ", lacks SESSION_KEY.",
                        "It was not deployed.",
                        "Upload a version with its secrets, then promote the commit.");
        assertThat(workers.script(AUTH).orElseThrow().deployments()).isEmpty();
        assertThat(workers.script("web-worker-production").orElseThrow().live()).isEqualTo(web);
        assertThat(session.lock().sentence()).isEqualTo("free");
    }
}
