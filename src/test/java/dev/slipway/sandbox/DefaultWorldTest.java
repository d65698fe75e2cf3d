package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.postgres.PostgresForTests;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The default world as its APIs show it, and what its continuous integration does for real.
class DefaultWorldTest {
    private static final String REPOSITORY = "/repos/codex/codex";
    private static final String MIGRATIONS = "packages/database/src/migrations/";
    private static final Duration LONG = Duration.ofSeconds(40);

    private static Sandbox sandbox;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        visitor = new Visitor(sandbox.worldFile());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void twelvePullRequestsAreOpenInTheStatesPeopleMeet() {
        var pulls = visitor.github(REPOSITORY + "/pulls?state=open&per_page=100");

        assertThat(numbers(pulls))
                .contains(466, 471, 476, 479, 482, 483, 484, 485, 486, 487, 488, 490);
        assertThat(pull(490).path("draft").asBoolean()).isTrue();
        assertThat(pull(483).path("head").path("repo").path("full_name").asString())
                .isNotEqualTo("codex/codex");
        assertThat(pull(466).path("mergeable").asBoolean(true)).isFalse();
        assertThat(pull(482).path("mergeable").asBoolean()).isTrue();
        assertThat(checks(482)).hasSize(9).allMatch("success"::equals);
        assertThat(checks(485)).hasSize(9).containsOnlyOnce("failure");
        assertThat(checks(488)).hasSize(9).contains("in_progress", "queued");
        assertThat(checks(486)).hasSize(4);
        assertThat(checks(483)).hasSize(3);
    }

    @Test
    void previewsAreAsHealthyAsTheirCode() {
        for (var host : List.of("codex.test", "auth.codex.test", "webhooks.codex.test")) {
            assertThat(visitor.health(host).status()).as(host).isEqualTo(200);
        }
        assertThat(visitor.health("codex-preview-482.codex.test").status()).isEqualTo(200);
        assertThat(visitor.health("codex-preview-487.codex.test").status()).isEqualTo(200);
        assertThat(visitor.health("codex-preview-471.codex.test").status()).isEqualTo(200);
        assertThat(visitor.health("auth-preview-479.codex.test").status()).isEqualTo(500);
        assertThat(visitor.health("codex-preview-479.codex.test").status()).isEqualTo(200);
        assertThat(visitor.health("codex-preview-476.codex.test").status()).isEqualTo(200);
        assertThat(visitor.health("auth-preview-484.codex.test").status()).isNotEqualTo(200);
    }

    @Test
    void aSkippedMigrationIsNotInItsBranchAndAnExpandingOneIs() throws Exception {
        assertThat(ledger("pr-476")).isEqualTo(7);
        assertThat(ledger("pr-485")).isEqualTo(7);
        assertThat(ledger("pr-482")).isEqualTo(8);
        assertThat(ledger("production")).isEqualTo(7);
    }

    @Test
    void sixThingsAreLeftBehind() {
        var scripts =
                names(
                        visitor.cloudflare(
                                        "/accounts/"
                                                + sandbox.worldFile().account()
                                                + "/workers/scripts")
                                .path("result"),
                        "id");
        var records = sandbox.cloudflare().zone().records().stream().map(r -> r.name()).toList();

        assertThat(scripts)
                .contains(
                        "auth-worker-preview-431",
                        "stripe-webhook-handler-preview-418",
                        "web-worker-preview-440");
        assertThat(records)
                .contains("codex-preview-431.codex.test", "codex-preview-old.codex.test");
        assertThat(
                        names(
                                visitor.neon(
                                                "/projects/"
                                                        + sandbox.worldFile().project()
                                                        + "/branches")
                                        .path("branches"),
                                "name"))
                .contains("pr-431", "production");
    }

    @Test
    void aPushToMainUploadsVersionsAndDeploysNothing() {
        var before = sandbox.cloudflare().workers().script("web-worker-production").orElseThrow();

        var head =
                visitor.control(
                                "POST",
                                "push",
                                """
                                {"author": "kim", "files": {"docs/news.md": "new"}}
                                """)
                        .path("head")
                        .asString();

        for (var script :
                List.of(
                        "web-worker-production",
                        "auth-worker-production",
                        "stripe-webhook-handler-production")) {
            await().atMost(LONG)
                    .until(() ->
                            sandbox.cloudflare()
                                    .workers()
                                    .script(script)
                                    .orElseThrow()
                                    .newest()
                                    .orElseThrow()
                                    .annotation("workers/commit_sha")
                                    .orElse("")
                                    .equals(head));
        }
        assertThat(
                        sandbox.cloudflare()
                                .workers()
                                .script("web-worker-production")
                                .orElseThrow()
                                .deployments())
                .isEqualTo(before.deployments());
    }

    @Test
    void aPullRequestGetsItsPreviewAndLosesItWhenItIsClosed() throws Exception {
        var number =
                open(
                        "feat/notes",
                        "0043_notes",
                        "CREATE TABLE \\\"notes\\\" (\\\"id\\\" serial PRIMARY KEY NOT NULL)");

        await().atMost(LONG).until(() -> checks(number).size() == 9 && done(number));

        assertThat(checks(number)).allMatch("success"::equals);
        assertThat(ledger("pr-" + number)).isEqualTo(8);
        assertThat(visitor.health("auth-preview-" + number + ".codex.test").status())
                .isEqualTo(200);

        visitor.control("POST", "pulls/" + number + "/close", "{}");

        await().atMost(LONG)
                .until(() ->
                        sandbox.neon()
                                        .branch(sandbox.worldFile().project(), "pr-" + number)
                                        .isEmpty()
                                && sandbox.cloudflare()
                                        .workers()
                                        .script("auth-worker-preview-" + number)
                                        .isEmpty());
        assertThat(sandbox.cloudflare().zone().records())
                .noneMatch(r -> r.name().contains("preview-" + number));
    }

    @Test
    void aMigrationThatDoesNotRunFailsItsCheckForReal() throws Exception {
        var number =
                open("feat/broken", "0043_broken", "ALTER TABLE \\\"nowhere\\\" ADD COLUMN a int");

        await().atMost(LONG).until(() -> checks(number).size() == 9 && done(number));

        assertThat(checks(number)).containsOnlyOnce("failure");
        assertThat(ledger("pr-" + number)).isEqualTo(7);
    }

    private static int open(String branch, String tag, String sql) {
        var journal =
                sandbox.github()
                        .git()
                        .file(
                                sandbox.github().git().branch("main").orElseThrow(),
                                MIGRATIONS + "meta/_journal.json")
                        .map(b -> new String(b, java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow();
        var entry =
                ", {\"idx\": 43, \"version\": \"7\", \"when\": %d, \"tag\": \"%s\", \"breakpoints\": true} ]"
                        .formatted(System.currentTimeMillis(), tag);
        var changed = journal.replaceFirst("\\s*\\]\\s*\\}\\s*$", entry + "}");
        return visitor.control(
                        "POST",
                        "pulls",
                        """
                        {"title": "%s", "author": "ana", "branch": "%s", "files": {
                          "%s%s.sql": "%s",
                          "%smeta/_journal.json": %s}}
                        """
                                .formatted(
                                        tag,
                                        branch,
                                        MIGRATIONS,
                                        tag,
                                        sql,
                                        MIGRATIONS,
                                        tools.jackson.databind.json.JsonMapper.builder()
                                                .build()
                                                .writeValueAsString(changed)))
                .path("number")
                .asInt();
    }

    private static long ledger(String branch) throws Exception {
        var project = sandbox.worldFile().project();
        var id = sandbox.neon().branch(project, branch).orElseThrow().id();
        return sandbox.neon()
                .asOwner(
                        project,
                        id,
                        "codex",
                        connection -> {
                            try (var statement = connection.createStatement();
                                    var rows =
                                            statement.executeQuery(
                                                    "select count(*) from"
                                                            + " drizzle.__drizzle_migrations")) {
                                rows.next();
                                return rows.getLong(1);
                            }
                        });
    }

    private static JsonNode pull(int number) {
        return visitor.github(REPOSITORY + "/pulls/" + number);
    }

    private static boolean done(int number) {
        return checks(number).stream().allMatch(List.of("success", "failure")::contains);
    }

    /// The conclusions of a pull request's checks, or how far they are.
    private static List<String> checks(int number) {
        var sha = pull(number).path("head").path("sha").asString();
        var runs =
                visitor.github(REPOSITORY + "/commits/" + sha + "/check-runs?per_page=100")
                        .path("check_runs");
        return StreamSupport.stream(runs.spliterator(), false)
                .map(run ->
                        run.path("conclusion").isNull()
                                ? run.path("status").asString()
                                : run.path("conclusion").asString())
                .toList();
    }

    private static List<Integer> numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path("number").asInt())
                .toList();
    }

    private static List<String> names(JsonNode list, String key) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(key).asString())
                .toList();
    }
}
