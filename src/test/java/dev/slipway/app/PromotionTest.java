package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
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
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Promotions of the default world, from proposal to end, looked at from outside. The tests follow
/// each other, as releases do.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromotionTest {
    @TempDir static Path home;

    private static Sandbox sandbox;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        var world = WorldFile.parse(sandbox.worldFile().line());
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        world,
                        StackFile.read(sandbox.stack()),
                        sandbox);
    }

    @AfterAll
    static void end() {
        session.close();
    }

    private static Proposal propose(int number) {
        return session.promotions()
                .propose(
                        new Target.OfPullRequest(new PullRequestNumber(number)),
                        RehearsalListener.SILENT);
    }

    private static Set<String> closed(Proposal proposal) {
        return proposal.gates().stream()
                .filter(gate -> !gate.open())
                .map(Gate::id)
                .collect(Collectors.toSet());
    }

    private static dev.slipway.operation.Action.End promote(Proposal proposal) {
        return session.promotions()
                .start(
                        proposal,
                        proposal.phrase(),
                        Permit.forOne(session.login(), "a test"),
                        List.of())
                .await();
    }

    @Test
    @Order(1)
    void whatMustNotGoIsRefusedByTheGateThatKnowsWhy() {
        assertThat(closed(propose(485))).contains("checks", "verdict");
        assertThat(closed(propose(476))).containsExactly("ledger");
        assertThat(closed(propose(488))).containsExactly("checks");
        assertThat(closed(propose(490))).contains("pr-not-draft");
        assertThat(closed(propose(483))).contains("pr-not-fork");
        assertThat(closed(propose(466))).contains("mergeable");

        var draft = propose(490);
        assertThatThrownBy(() ->
                        session.promotions()
                                .start(
                                        draft,
                                        draft.phrase(),
                                        Permit.forOne("kim", "a test"),
                                        List.of()))
                .isInstanceOf(RefusedException.class);
        assertThat(session.operations().list()).isEmpty();
    }

    @Test
    @Order(2)
    void theSameSituationGivesTheSamePlanAndAWrongPhraseStartsNothing() {
        var first = propose(482);
        var second = propose(482);

        assertThat(first.plan().hash()).isEqualTo(second.plan().hash());
        assertThat(first.plan().id()).isNotEqualTo(second.plan().id());
        assertThat(closed(first)).isEmpty();
        assertThatThrownBy(() ->
                        session.promotions()
                                .start(
                                        first,
                                        "promote r41",
                                        Permit.forOne("kim", "a test"),
                                        List.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("promote r42");
        assertThat(session.operations().list()).isEmpty();
    }

    @Test
    @Order(3)
    void aPullRequestWithAMigrationThatAddsGoesToProduction() throws Exception {
        var proposal = propose(482);
        var pending =
                proposal.situation().ledger().value().orElseThrow().pending().stream()
                        .map(m -> m.hash())
                        .toList();
        var before = hashes();

        var end = promote(proposal);

        assertThat(end.state()).as(end.reason()).isEqualTo(OperationState.SUCCEEDED);
        var after = hashes();
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after.subList(before.size(), after.size())).isEqualTo(pending);
        var production = session.production().read(Wake.ALLOWED);
        assertThat(production.release()).contains("r42");
        assertThat(production.fit()).isEqualTo(Fit.YES);
        var tag = sandbox.github().git().ref("refs/tags/production-r42");
        assertThat(tag).isPresent();
        var merged = sandbox.github().git().ref("refs/heads/main").orElseThrow();
        assertThat(production.commit().orElseThrow().value()).isEqualTo(merged);
        for (var worker : production.workers()) {
            assertThat(worker.only()).isPresent();
            assertThat(worker.only().orElseThrow().commit()).contains(merged);
        }
        assertThat(production.probes())
                .allSatisfy(probe -> {
                    assertThat(probe.healthy()).isTrue();
                    assertThat(probe.answer().orElseThrow().versionId())
                            .isEqualTo(live(production, probe.worker()));
                });
        var restorePoint =
                session.operations().one(proposal.plan().id()).orElseThrow().lines().stream()
                        .filter(line -> line.step().equals("record-restore-point"))
                        .map(line -> line.payload())
                        .toList();
        assertThat(restorePoint)
                .anySatisfy(payload ->
                        assertThat(payload)
                                .contains("record-restore-point.lsn", "the same there as now"));
        assertThat(session.lock().sentence()).contains("free");
        assertThat(branches()).noneMatch(name -> name.endsWith("/rehearsal"));
    }

    private static java.util.Optional<String> live(
            dev.slipway.production.ProductionState production, String worker) {
        return production.workers().stream()
                .filter(w -> w.name().equals(worker))
                .findFirst()
                .flatMap(w -> w.only())
                .map(v -> v.id());
    }

    @Test
    @Order(4)
    void brokenCodeEndsWithTheOldVersionsAtAllTraffic() {
        var before = session.production().read(Wake.ALLOWED);

        var end = promote(propose(479));

        assertThat(end.state()).isEqualTo(OperationState.ROLLED_BACK);
        assertThat(end.reason()).contains("auth");
        var after = session.production().read(Wake.ALLOWED);
        assertThat(after.workers().stream().map(w -> w.only().orElseThrow().id()).toList())
                .isEqualTo(
                        before.workers().stream().map(w -> w.only().orElseThrow().id()).toList());
        assertThat(after.release()).contains("r42");
        assertThat(session.lock().sentence()).contains("free");
    }

    private static List<String> branches() {
        return sandbox.neon().branches(sandbox.worldFile().project()).stream()
                .map(branch -> branch.name())
                .toList();
    }

    private static List<String> hashes() throws Exception {
        var uri =
                sandbox.neon()
                        .connectionUri(
                                sandbox.worldFile().project(),
                                "production",
                                session.stack().neon().database(),
                                session.stack().neon().role(),
                                false)
                        .reveal();
        var parts = java.net.URI.create(uri);
        var user = parts.getUserInfo().split(":", 2);
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://"
                                        + parts.getHost()
                                        + ":"
                                        + parts.getPort()
                                        + parts.getPath(),
                                user[0],
                                user[1]);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select hash from drizzle.__drizzle_migrations order by id")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
