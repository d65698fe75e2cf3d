package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.Secret;
import dev.slipway.operation.Action;
import dev.slipway.operation.Event;
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
import dev.slipway.sandbox.world.GitHubToken;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.stack.StackFile;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/// Others change production without the lock while a promotion runs: it pauses and says who.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BystandersTest {
    private static final String STRIPE = "stripe-webhook-handler-production";

    @TempDir static Path home;

    private static Sandbox sandbox;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        () -> {});
    }

    @AfterAll
    static void end() {
        session.close();
        sandbox.close();
    }

    private static Proposal propose(int number) {
        var proposal =
                session.promotions()
                        .propose(
                                new Target.OfPullRequest(new PullRequestNumber(number)),
                                RehearsalListener.SILENT);
        assertThat(proposal.refusals()).isEmpty();
        return proposal;
    }

    /// Promotes, and lets somebody act when `step` begins.
    private static Action.End promote(Proposal proposal, String step, Runnable somebody) {
        Happening.Listener beside =
                happening -> {
                    if (happening instanceof Happening.StepStarted(var begun, _, _)
                            && begun.key().equals(step)) {
                        somebody.run();
                    }
                };
        return session.promotions()
                .start(
                        proposal,
                        proposal.phrase(),
                        Permit.forOne(session.login(), "a test"),
                        List.of(beside))
                .await();
    }

    private static Action.End resume(Proposal proposal, Event.Decision decision) {
        return session.promotions()
                .resume(
                        proposal.plan(),
                        decision,
                        Permit.forOne(session.login(), "looked at it"),
                        List.of())
                .await();
    }

    @Test
    @Order(1)
    void aDeploymentFromTheDashboardPausesBeforeTheMerge() {
        var workers = sandbox.cloudflare().workers();
        var live = workers.script(STRIPE).orElseThrow().active().orElseThrow().versions();
        var proposal = propose(487);
        var main = sandbox.github().git().resolve("refs/heads/main").orElseThrow();

        var end =
                promote(
                        proposal,
                        "merge",
                        () -> {
                            workers.deploy(STRIPE, live, Map.of(), true, "dash");
                            // Cloudflare lists a deployment a moment after it was made.
                            await().until(() ->
                                    workers.seen(STRIPE)
                                            .flatMap(WorkerScript::active)
                                            .map(WorkerDeployment::source)
                                            .equals(Optional.of("dash")));
                        });

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason())
                .contains(
                        STRIPE + " was deployed by ",
                        "@",
                        "(dash)",
                        "Nothing of it was overwritten");
        assertThat(sandbox.github().git().resolve("refs/heads/main")).contains(main);

        var left = resume(proposal, Event.Decision.LEAVE);

        assertThat(left.state()).as(left.reason()).isEqualTo(OperationState.STOPPED_SAFE);
        assertThat(session.lock().sentence()).isEqualTo("free");
        assertThat(workers.script(STRIPE).orElseThrow().active().map(WorkerDeployment::source))
                .contains("dash");
    }

    @Test
    @Order(2)
    void aPushToTheBaseBranchPausesWithItsAuthor() {
        var proposal = propose(487);
        var person = sandbox.github().accounts().person("kim").person();

        var end =
                promote(
                        proposal,
                        "merge",
                        () ->
                                sandbox.github()
                                        .push(
                                                "main",
                                                "kim",
                                                GitChange.of("Hotfix", person, Instant.now())
                                                        .with("HOTFIX.md", "hot\n")));

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).contains("main was pushed to by ", "Hotfix");
        assertThat(resume(proposal, Event.Decision.LEAVE).state())
                .isEqualTo(OperationState.STOPPED_SAFE);
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        sandbox.github().actions().runs().stream()
                                .filter(r -> r.branch().equals("main"))
                                .allMatch(r -> r.status() == GitHubRun.Status.COMPLETED));
    }

    /// The person is given another token and connects it; nothing is started anew.
    @Test
    @Order(3)
    void aTokenThatIsTakenAwayPausesAndAnotherOneGoesOn() {
        var accounts = sandbox.github().accounts();
        var old = session.world().tokens().get(Provider.GITHUB);
        var other = Secret.of("ghp_another0one0123456789012345678901234");
        var login = session.login();
        accounts.grant(other, GitHubToken.classic(login));
        var proposal = propose(484);

        var end = promote(proposal, "check-live", () -> accounts.revoke(old));

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason()).contains("GitHub", "token");
        new TokenFile(new Home(home).tokens(session.world())).store(Provider.GITHUB, other);

        var done = resume(proposal, Event.Decision.CONTINUE);

        assertThat(done.state()).as(done.reason()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    @Order(4)
    void aForeignRowInTheLedgerPausesBeforeTheTrafficAndAPersonGoesOn() {
        var proposal = propose(487);

        var end = promote(proposal, "check-live", BystandersTest::migrate);

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.PAUSED);
        assertThat(end.reason())
                .contains(
                        "The migration ledger was changed by somebody else", "1 rows came, 0 went");

        var done = resume(proposal, Event.Decision.CONTINUE);

        assertThat(done.state()).as(done.reason()).isEqualTo(OperationState.SUCCEEDED);
    }

    private static void migrate() {
        try (var connection = production();
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into drizzle.__drizzle_migrations(hash, created_at) values ('by hand',"
                            + " 1)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection production() throws SQLException {
        var uri =
                sandbox.neon()
                        .connectionUri(
                                sandbox.worldFile().project(),
                                "production",
                                session.stack().neon().database(),
                                session.stack().neon().role(),
                                false)
                        .reveal();
        var parts = URI.create(uri);
        var user = parts.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + parts.getHost() + ":" + parts.getPort() + parts.getPath(),
                user[0],
                user[1]);
    }
}
