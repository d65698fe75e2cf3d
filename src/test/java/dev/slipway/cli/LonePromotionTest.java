package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.TestWorld.Added;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubRun;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Migrations that run in no transaction, from a pull request to production, by the command line and
/// looked at from outside.
class LonePromotionTest {
    private static final String INDEX = "0043_orders_created";
    private static final String ONCE = "0044_titles_once";
    private static final String BRANCH = "feat/indexes";

    /// The workflow of the preview migrates as drizzle-kit does, in one transaction, which PostgreSQL
    /// refuses; who writes such a migration knows.
    private static final String KNOWN = "checks=drizzle-kit runs no CONCURRENTLY";

    /// Code that writes a title twice fails afterwards, which a probe shows and is what is wanted.
    private static final String WANTED = "verdict=no title may be there twice";

    private static TestWorld world;
    private static String stack;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        var text =
                Files.readString(world.sandbox().stack())
                        + "\npolicy: {waivable: [checks, verdict]}\n";
        stack = world.write("used.yaml", text).toString();
        world.sandbox()
                .github()
                .push(
                        "main",
                        "kim",
                        GitChange.of("Let checks be waived", world.kim(), Instant.now())
                                .with("slipway.yaml", text));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /// The index goes before the code. What may break live code gets a plan of its own, and there it
    /// fails: a row that somebody writes meanwhile is there twice.
    @Test
    void anIndexIsBuiltBesideTheCodeAndOneThatFailsLeavesNothing() throws Exception {
        var number =
                world.pull(
                        BRANCH,
                        world.migrating(
                                "Index what is asked for",
                                List.of(
                                        new Added(
                                                INDEX,
                                                1_999_999_999_000L,
                                                "CREATE INDEX CONCURRENTLY \"orders_created_idx\" ON"
                                                        + " \"orders\" (\"created_at\");"),
                                        new Added(
                                                ONCE,
                                                1_999_999_999_001L,
                                                "CREATE UNIQUE INDEX CONCURRENTLY \"titles_once_idx\" ON"
                                                        + " \"products\" (\"title\");"))));
        var approved =
                world.sandbox()
                        .github()
                        .pulls()
                        .review(number, "ana", GitHubPull.Verdict.APPROVED, "");
        assertThat(approved).isNotNull();
        var rows = ledger();

        var first = open("" + number, KNOWN);
        assertThat(first.path("plan").path("migrations").toString())
                .isEqualTo("[\"" + INDEX + "\"]");
        assertThat(first.path("plan").path("waiting").toString()).isEqualTo("[\"" + ONCE + "\"]");
        var released = promote("" + number, first, KNOWN);
        assertThat(released.code()).as(released.err()).isEqualTo(Exit.DONE);

        assertThat(valid("orders_created_idx")).containsExactly("t");
        assertThat(ledger()).hasSize(rows.size() + 1).containsAll(rows);
        var live = released.document().path("production");

        failing(live.path("commit").stringValue(), live.path("workers"), ledger());
    }

    private static void failing(String commit, JsonNode live, List<String> rows) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var writer = world.production();
                var writing = writer.createStatement()) {
            var plan = open(commit, WANTED);
            writer.setAutoCommit(false);
            writing.execute(
                    "insert into products (slug, title, price_cents) select 'twice', title, 1 from"
                            + " products limit 1");
            var promotion = threads.submit(() -> promote(commit, plan, WANTED));
            await().atMost(Duration.ofMinutes(5))
                    .until(() ->
                            promotion.isDone()
                                    || !rows("select 1 from pg_stat_activity where query ilike"
                                                    + " 'create unique index concurrently%' and"
                                                    + " wait_event_type = 'Lock'")
                                            .isEmpty());
            writer.commit();

            var run = promotion.get();
            assertThat(run.code()).as(run.out() + run.err()).isEqualTo(Exit.STOPPED);
            assertThat(run.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
            assertThat(run.document().path("reason").stringValue())
                    .contains(ONCE + ", statement 1 of 1", "could not create unique index");
        }
        assertThat(valid("titles_once_idx")).isEmpty();
        assertThat(rows("select indexrelid::regclass::text from pg_index where not indisvalid"))
                .isEmpty();
        assertThat(ledger()).isEqualTo(rows);
        var now = world.run("production", "--json");
        assertThat(now.code()).as(now.err()).isEqualTo(Exit.DONE);
        assertThat(now.document().path("workers")).isEqualTo(live);
        assertThat(world.run("lock").out()).contains("free");
    }

    /// The plan of `target` when the workflows have run and every gate is open.
    private static JsonNode open(String target, String waiver) {
        await().atMost(Duration.ofMinutes(5))
                .until(() ->
                        world.sandbox().github().actions().runs().stream()
                                .filter(run ->
                                        run.branch().equals("main") || run.branch().equals(BRANCH))
                                .allMatch(run -> run.status() == GitHubRun.Status.COMPLETED));
        // Each look asks GitHub, which lets nobody ask without end.
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(10))
                .atMost(Duration.ofMinutes(5))
                .until(
                        () ->
                                world.run(
                                                "promote",
                                                target,
                                                "--plan-only",
                                                "--json",
                                                "--stack",
                                                stack,
                                                "--waive",
                                                waiver)
                                        .document(),
                        plan ->
                                plan.path("gates")
                                        .valueStream()
                                        .map(gate -> gate.path("state").stringValue())
                                        .allMatch(Set.of("pass", "waived")::contains));
    }

    private static CommandRun promote(String target, JsonNode plan, String waiver) {
        return world.run(
                "promote",
                target,
                "--plan",
                plan.path("plan").path("hash").stringValue(),
                "--confirm",
                plan.path("confirm").stringValue(),
                "--reason",
                "test",
                "--json",
                "--stack",
                stack,
                "--waive",
                waiver);
    }

    private static List<String> valid(String index) throws SQLException {
        return rows(
                        "select indisvalid::text from pg_index where indexrelid = to_regclass('"
                                + index
                                + "')")
                .stream()
                .map(each -> each.substring(0, 1))
                .toList();
    }

    private static List<String> ledger() throws SQLException {
        return rows("select hash from drizzle.__drizzle_migrations order by id");
    }

    private static List<String> rows(String sql) throws SQLException {
        try (var connection = world.production();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }
}
