package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.Fault;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers of providers that are not what they should be, each the real one with one thing changed, and
/// the sentence a person reads. Nothing is changed by any of them. The rows are those of
/// docs/bad-input.md.
class BadAnswersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PULL = "487";

    private static TestWorld world;
    private static String repository;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        repository = "/repos/" + world.sandbox().worldFile().repository();
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        world.close();
    }

    @AfterEach
    void everythingWorksAgainAndNothingWasChanged() {
        world.sandbox().faults().clear();
        assertThat(world.run("operations", "--json").document().path("operations")).isEmpty();
    }

    private static URI base(String service) {
        var file = world.sandbox().worldFile();
        return switch (service) {
            case "github" -> file.github();
            case "neon" -> file.neon();
            default -> file.cloudflare();
        };
    }

    /// From now on `path` is answered as it is now, but changed.
    private static void changed(String service, String path, Consumer<JsonNode> change)
            throws Exception {
        var token = world.sandbox().worldFile().tokens().get(service);
        var request =
                HttpRequest.newBuilder(URI.create(base(service) + path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var tree = JSON.readTree(answer.body());
        change.accept(tree);
        assertThat(tree).isNotEqualTo(JSON.readTree(answer.body()));
        answered(service, path, JSON.writeValueAsString(tree));
    }

    private static void answered(String service, String path, String body) {
        world.sandbox()
                .faults()
                .add(
                        new Fault.Answer(
                                new Fault.Target(
                                        service,
                                        Optional.of("GET"),
                                        Pattern.compile(Pattern.quote(path) + "(\\?|$)"),
                                        0),
                                200,
                                body,
                                Optional.empty()));
    }

    private static ObjectNode object(JsonNode node) {
        return (ObjectNode) node;
    }

    /// What a gate says of the promotion.
    private static JsonNode gate(String id) {
        var run = world.run("promote", PULL, "--plan-only", "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document()
                .path("gates")
                .valueStream()
                .filter(gate -> gate.path("id").stringValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void closed(String id, String state, String... words) {
        var gate = gate(id);
        assertThat(gate.path("evidence").stringValue()).contains(words);
        assertThat(gate.path("state").stringValue()).isEqualTo(state);
    }

    private static void refused(String... words) {
        var run = world.run("promote", PULL, "--plan-only");
        assertThat(run.err()).contains(words).doesNotContain("SW-");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.REFUSED);
        assertThat(run.out()).isEmpty();
    }

    // GitHub

    @Test
    void aPageInsteadOfAPullRequest() {
        answered("github", repository + "/pulls/" + PULL, "<html>Sign in</html>");

        refused("GitHub", "JSON");
    }

    @Test
    void aNumberThatIsText() throws Exception {
        changed(
                "github",
                repository + "/pulls/" + PULL,
                pull -> object(pull).put("number", "four hundred"));

        refused("GitHub", "number");
    }

    @Test
    void aPullRequestWhoseTestMergeIsNotComputed() throws Exception {
        changed("github", repository + "/pulls/" + PULL, pull -> object(pull).putNull("mergeable"));

        closed("mergeable", "unknown", "GitHub has not computed the test merge of #487 yet");
    }

    @Test
    void aBaseBranchThatWasRenamed() {
        world.sandbox()
                .faults()
                .add(
                        new Fault.Answer(
                                Fault.Target.next(0, "github", "GET", "/git/ref/heads.*main"),
                                404,
                                "{\"message\":\"Not Found\"}",
                                Optional.empty()));

        refused("has no branch main. Nothing was changed.");
    }

    @Test
    void aRepositoryThatIsArchived() throws Exception {
        changed("github", repository, answer -> object(answer).put("archived", true));

        closed("tokens", "fail", "is archived, so GitHub takes no change");
    }

    @Test
    void aRepositoryThatWasRenamed() throws Exception {
        changed("github", repository, answer -> object(answer).put("full_name", "acme/other"));

        closed("tokens", "fail", "is called acme/other now");
    }

    @Test
    void aBranchThatTakesOnlyItsQueue() {
        answered("github", repository + "/rules/branches/main", "[{\"type\":\"merge_queue\"}]");

        closed("mergeable", "fail", "main takes pull requests only through its merge queue");
    }

    // Neon

    private static String project() {
        return "/projects/" + world.sandbox().worldFile().project();
    }

    @Test
    void aListOfBranchesThatIsEmpty() throws Exception {
        changed(
                "neon",
                project() + "/branches",
                list -> ((ArrayNode) list.path("branches")).removeAll());

        closed("branch-slot", "unknown", "Neon", "branch production");
    }

    @Test
    void aProductionThatOnlyBeginsLikeProduction() throws Exception {
        changed(
                "neon",
                project() + "/branches",
                list ->
                        list.path("branches")
                                .forEach(branch -> {
                                    if (branch.path("name").stringValue().equals("production")) {
                                        object(branch).put("name", "production-old");
                                    }
                                }));

        closed("branch-slot", "unknown", "Neon", "branch production");
    }

    @Test
    void twoDefaultBranches() throws Exception {
        changed(
                "neon",
                project() + "/branches",
                list -> list.path("branches").forEach(b -> object(b).put("default", true)));

        // Production is the branch of its exact name, whoever else is called the default.
        assertThat(gate("branch-slot").path("state").stringValue()).isEqualTo("pass");
    }

    @Test
    void aStateAndASizeNobodyKnows() throws Exception {
        changed(
                "neon",
                project() + "/branches",
                list ->
                        list.path("branches")
                                .forEach(branch -> {
                                    object(branch).put("current_state", "hibernating");
                                    object(branch).put("logical_size", -1);
                                }));

        var run = world.run("previews", "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.document().path("previews")).isNotEmpty();
        assertThat(run.document().at("/providers/neon/state").stringValue()).isEqualTo("live");
    }

    @Test
    void aTimeWithoutItsZone() throws Exception {
        changed(
                "neon",
                project() + "/branches",
                list -> object(list.at("/branches/0")).put("created_at", "2026-11-28T05:00:00"));

        closed("branch-slot", "unknown", "Neon", "created_at");
    }

    @Test
    void aHistoryThatIsShorterThanTheWatch() throws Exception {
        changed(
                "neon",
                project(),
                answer -> object(answer.path("project")).put("history_retention_seconds", 0));

        closed(
                "history-window",
                "fail",
                "History reaches back 0 min, less than the time all traffic is watched");
    }

    @Test
    void aProjectThatIsFull() throws Exception {
        changed(
                "neon",
                project(),
                answer ->
                        object(answer.path("project")).putObject("owner").put("branches_limit", 1));

        closed("branch-slot", "fail", "of 1 branches are used", "Remove some first");
    }

    // Cloudflare

    private static String account() {
        return "/accounts/" + world.sandbox().worldFile().account();
    }

    private static String deployments() {
        return account() + "/workers/scripts/web-worker-production/deployments";
    }

    @Test
    void aFailureWithStatus200() {
        answered(
                "cloudflare",
                deployments(),
                "{\"success\":false,\"errors\":[{\"code\":10013,\"message\":\"strange\"}],"
                        + "\"messages\":[],\"result\":null}");

        closed("live", "unknown", "Cloudflare", "strange");
    }

    @Test
    void noDeploymentOfAWorkerThatAnswers() throws Exception {
        changed(
                "cloudflare",
                deployments(),
                answer -> ((ArrayNode) answer.at("/result/deployments")).removeAll());

        closed(
                "live",
                "unknown",
                "Cloudflare lists no deployment of web-worker-production, and yet version ",
                " answers at ");
    }

    @Test
    void aSplitThatIsNotOurs() throws Exception {
        changed(
                "cloudflare",
                deployments(),
                answer -> {
                    var all = answer.at("/result/deployments");
                    var versions = (ArrayNode) all.get(0).path("versions");
                    object(versions.get(0)).put("percentage", 50);
                    versions.addObject()
                            .put("version_id", "11111111-2222-4333-8444-555555555555")
                            .put("percentage", 50);
                });

        closed("live", "fail", "Traffic is split: web ", " 50 % + 11111111 50 %", "Finish or undo");
    }

    @Test
    void aDeploymentFromASourceNobodyKnows() throws Exception {
        changed(
                "cloudflare",
                deployments(),
                answer ->
                        object(answer.at("/result/deployments/0")).put("source", "carrier-pigeon"));

        var run = world.run("production", "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.document().at("/workers/0/state").stringValue()).isEqualTo("live");
    }

    @Test
    void aTokenThatEndsTooSoon() throws Exception {
        changed(
                "cloudflare",
                "/user/tokens/verify",
                answer ->
                        object(answer.path("result"))
                                .put("expires_on", Instant.now().plusSeconds(60).toString()));

        closed("tokens", "fail", "The Cloudflare token ends at ", "before a promotion is sure");
    }

    // what people write

    @Test
    void aTitleThatWouldRewriteTheTerminal() throws Exception {
        var hostile = "Fix \u001b[2J\u0007\u0000 \u202Eevil\u202C =1+1 " + "x".repeat(1_000);
        world.sandbox().github().pulls().edit(487, hostile, "", List.of());

        var list = world.run("previews");
        var one = world.run("previews", PULL, "--json");

        assertThat(list.out()).doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E]");
        assertThat(one.out()).doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]");
        assertThat(one.document().at("/previews/0/title").stringValue()).startsWith("Fix ");
    }

    // tokens

    @Test
    void whatIsNoTokenOrAnotherProvidersIsNotSentAnywhere() {
        var asked =
                Map.of("neon", "ghp_" + "a1".repeat(18), "cloudflare", "napi_" + "a1".repeat(20));
        asked.forEach((provider, token) -> {
            var run = connect(provider, token);
            assertThat(run.err()).contains("looks like a token of ", "Nothing was sent or stored");
            assertThat(run.code()).isEqualTo(Exit.INPUT);
            assertThat(run.err() + run.out()).doesNotContain(token);
        });
        for (var wrong : new String[] {"", "  ", "two words", "\"quoted\"", "ghp_\u00e9"}) {
            var run = connect("github", wrong);
            assertThat(run.err()).contains("Nothing was stored");
            assertThat(run.code()).isEqualTo(Exit.INPUT);
        }
    }

    private static CommandRun connect(String provider, String token) {
        var in = System.in;
        System.setIn(new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8)));
        try {
            return world.run("connect", provider);
        } finally {
            System.setIn(in);
        }
    }
}
