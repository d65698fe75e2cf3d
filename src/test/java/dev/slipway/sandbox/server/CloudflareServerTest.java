package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareSandbox.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.sandbox.server.CloudflareSandbox.Answer;
import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerUpload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CloudflareServerTest {
    @TempDir Path home;
    private CloudflareSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = new CloudflareSandbox(home, Delays.NONE);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void everyAnswerHasTheEnvelope() {
        var ok = sandbox.get("/user/tokens/verify").json();
        assertThat(ok.path("success").asBoolean()).isTrue();
        assertThat(ok.path("errors").isArray()).isTrue();
        assertThat(ok.path("messages").isArray()).isTrue();
        assertThat(ok.at("/result/status").asString()).isEqualTo("active");

        var refused = sandbox.get(sandbox.script("nobody") + "/settings");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json().path("success").asBoolean(true)).isFalse();
        assertThat(refused.code()).isEqualTo(10007);
        assertThat(refused.json().get("result").isNull()).isTrue();
        assertThat(sandbox.get("/no/such/thing").code()).isEqualTo(7003);
        assertThat(sandbox.get("/accounts/nonsense/workers/scripts").code()).isEqualTo(7003);
        assertThat(sandbox.get("/accounts/" + "0".repeat(32) + "/workers/scripts").code())
                .isEqualTo(10000);
    }

    @Test
    void aTokenMayOnlyWhatItsRightsSay() {
        sandbox.live("web", "v1");
        var readOnly = CloudflareSandbox.READ_ONLY;

        assertThat(sandbox.sendAs(readOnly, "GET", sandbox.workers() + "/scripts", "").status())
                .isEqualTo(200);
        var put =
                sandbox.sendAs(
                        readOnly,
                        "PUT",
                        sandbox.script("web") + "/secrets",
                        Map.of("name", "A", "text", "x", "type", "secret_text"));
        assertThat(put.status()).isEqualTo(403);
        assertThat(put.code()).isEqualTo(10000);
        assertThat(sandbox.sendAs(readOnly, "POST", sandbox.records(), Map.of()).code())
                .isEqualTo(10000);
        assertThat(sandbox.sendAs("stranger", "GET", "/zones", "").code()).isEqualTo(9109);
        assertThat(sandbox.sendAs("stranger", "GET", "/user/tokens/verify", "").code())
                .isEqualTo(1000);
    }

    @Test
    void whoAsksTooMuchIsShutOutForAWindow() {
        Answer last = sandbox.get("/accounts");
        assertThat(last.headers().get("Ratelimit")).isEqualTo("\"default\";r=1199;t=300");
        assertThat(last.headers().get("Ratelimit-Policy")).isEqualTo("\"default\";q=1200;w=300");
        for (int i = 0; i < 1_199; i++) {
            last = sandbox.get("/accounts");
        }
        assertThat(last.status()).isEqualTo(200);

        sandbox.pass(Duration.ofMinutes(4));
        var blocked = sandbox.get("/accounts");
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.headers().get("Retry-After")).isEqualTo("300");
        sandbox.pass(Duration.ofSeconds(299));
        assertThat(sandbox.get("/accounts").status()).isEqualTo(429);
        assertThat(sandbox.sendAs(CloudflareSandbox.READ_ONLY, "GET", "/accounts", "").status())
                .isEqualTo(200);
        sandbox.pass(Duration.ofSeconds(1));
        assertThat(sandbox.get("/accounts").status()).isEqualTo(200);
    }

    @Test
    void anUploadBecomesAVersionThatCanBeReadAfterAMoment(@TempDir Path elsewhere) {
        try (var slow =
                new CloudflareSandbox(
                        elsewhere,
                        new Delays(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO))) {
            slow.live("web", "v1");
            slow.pass(Duration.ofSeconds(1));
            var metadata = metadata("v2");
            metadata.put(
                    "annotations",
                    Map.of("workers/tag", "v2", "workers/commit_sha", "a".repeat(40)));
            var path = slow.script("web") + "/versions";
            var uploaded = slow.upload("POST", path, metadata, "").result();
            var id = uploaded.path("id").asString();

            assertThat(slow.get(path + "/" + id).status()).isEqualTo(404);
            assertThat(slow.get(path).result().path("items").size()).isEqualTo(1);
            slow.pass(Duration.ofSeconds(1));

            var read = slow.get(path + "/" + id).result();
            assertThat(read.path("number").asInt()).isEqualTo(2);
            assertThat(read.at("/annotations").path("workers/commit_sha").asString())
                    .isEqualTo("a".repeat(40));
            var list = slow.get(path + "?deployable=true&per_page=1");
            assertThat(list.result().at("/items/0/id").asString()).isEqualTo(id);
            assertThat(list.json().at("/result_info/total_count").asInt()).isEqualTo(2);
            assertThat(slow.get(path + "?page=9").result().path("items").size()).isZero();
        }
    }

    @Test
    void theFirstPutCreatesAWorkerAndNamesItsVersionWithoutDashes() {
        var answer = sandbox.upload("PUT", sandbox.script("fresh"), metadata("v1"), "").result();

        var version =
                sandbox.get(sandbox.script("fresh") + "/deployments")
                        .result()
                        .at("/deployments/0/versions/0");
        assertThat(version.path("percentage").asInt()).isEqualTo(100);
        assertThat(version.path("version_id").asString().replace("-", ""))
                .isEqualTo(answer.path("deployment_id").asString());
    }

    @Test
    void aVersionOfAnUnknownWorkerAndABehaviourThatIsWrongAreRefused() {
        assertThat(
                        sandbox.upload(
                                        "POST",
                                        sandbox.script("nobody") + "/versions",
                                        metadata("v1"),
                                        "")
                                .code())
                .isEqualTo(10007);
        var wrong =
                sandbox.upload("PUT", sandbox.script("web"), metadata("v1"), "{\"errorRate\":7}");
        assertThat(wrong.code()).isEqualTo(10021);
        assertThat(wrong.text()).contains("errorRate must be a number from 0 to 1");
        assertThat(sandbox.get(sandbox.workers() + "/scripts").result().size()).isZero();
    }

    @Test
    void bindingsAreInheritedKeptAndTheirSecretsNeverShown() {
        var first = metadata("v1");
        first.put(
                "bindings",
                List.of(
                        Map.of("type", "plain_text", "name", "MODE", "text", "blue"),
                        Map.of("type", "secret_text", "name", "KEY", "text", "hush-hush")));
        sandbox.upload("PUT", sandbox.script("web"), first, "");
        var second = metadata("v2");
        second.put("bindings", List.of(Map.of("type", "inherit", "name", "MODE")));

        var version = sandbox.upload("POST", sandbox.script("web") + "/versions", second, "");

        assertThat(version.result().at("/resources/bindings").toString())
                .contains("blue", "KEY")
                .doesNotContain("hush");
        second.put("bindings", List.of(Map.of("type", "inherit", "name", "GONE")));
        assertThat(sandbox.upload("POST", sandbox.script("web") + "/versions", second, "").code())
                .isEqualTo(10057);
        assertThat(sandbox.get(sandbox.script("web") + "/secrets").text())
                .contains("KEY")
                .doesNotContain("hush");
    }

    @Test
    void theSdksBracketedFormIsUnderstood() {
        sandbox.live("web", "v1");
        var form =
                new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart("metadata[main_module]", "index.js")
                        .addFormDataPart("metadata[annotations][workers/tag]", "v2")
                        .addFormDataPart("metadata[bindings][][type]", "plain_text")
                        .addFormDataPart("metadata[bindings][][name]", "A")
                        .addFormDataPart("metadata[bindings][][text]", "1")
                        .addFormDataPart("metadata[bindings][][type]", "plain_text")
                        .addFormDataPart("metadata[bindings][][name]", "B")
                        .addFormDataPart("metadata[bindings][][text]", "2")
                        .addFormDataPart(
                                "files[]",
                                "index.js",
                                RequestBody.create("export default {}".getBytes()))
                        .build();

        var answer =
                sandbox.call(
                        "POST", sandbox.script("web") + "/versions", CloudflareSandbox.FULL, form);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.result().at("/annotations").path("workers/tag").asString())
                .isEqualTo("v2");
        assertThat(answer.result().at("/resources/bindings").toString())
                .contains("\"A\"", "\"B\"", "\"1\"", "\"2\"");
    }

    @Test
    void sharesMustMakeAHundredOfVersionsThatExist() {
        var id = sandbox.live("web", "v1");

        assertThat(share("web", Map.of(id, 90)).code()).isEqualTo(10021);
        assertThat(share("web", Map.of("00000000-0000-0000-0000-000000000000", 100)).code())
                .isEqualTo(100146);
        assertThat(
                        sandbox.get(sandbox.script("web") + "/deployments")
                                .result()
                                .path("deployments")
                                .size())
                .isEqualTo(1);
    }

    @Test
    void aSecretMakesAVersionThatIsLiveAtOnceUnlessTheNewestIsNot() {
        var first = sandbox.live("web", "v1");

        assertThat(secret("A", "1").status()).isEqualTo(200);

        var live = active("web");
        assertThat(live.at("/versions/0/version_id").asString()).isNotEqualTo(first);
        assertThat(live.at("/versions/0/percentage").asInt()).isEqualTo(100);
        sandbox.upload("POST", sandbox.script("web") + "/versions", metadata("v2"), "");
        var refused = secret("A", "2");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(10215);
    }

    @Test
    void goingBackPastAChangedSecretNeedsForce() {
        var first = sandbox.live("web", "v1");
        secret("A", "1");
        secret("B", "2");

        var refused = share("web", Map.of(first, 100));

        assertThat(refused.code()).isEqualTo(10220);
        assertThat(refused.json().at("/errors/0/message").asString())
                .endsWith("The following secrets have changed: A, B");
        var forced =
                sandbox.send(
                        "POST",
                        sandbox.script("web") + "/deployments?force=true",
                        deployment(Map.of(first, 100)));
        assertThat(forced.status()).isEqualTo(200);
        assertThat(active("web").at("/versions/0/version_id").asString()).isEqualTo(first);
    }

    @Test
    void secretsGoInBulkAndIntoAVersionThatIsNotDeployed() {
        sandbox.live("web", "v1");
        secret("OLD", "1");
        var changes = new java.util.LinkedHashMap<String, Object>();
        changes.put("A", Map.of("name", "A", "text", "a", "type", "secret_text"));
        changes.put("OLD", null);

        sandbox.send("PATCH", sandbox.script("web") + "/secrets-bulk", Map.of("secrets", changes));

        assertThat(sandbox.get(sandbox.script("web") + "/secrets").result().size()).isEqualTo(1);
        var live = active("web");
        var staged =
                sandbox.send(
                        "PATCH",
                        sandbox.workers() + "/workers/web/versions/latest",
                        Map.of("env", Map.of("B", Map.of("type", "secret_text", "text", "b"))));
        assertThat(staged.result().at("/resources/bindings").size()).isEqualTo(2);
        assertThat(active("web")).isEqualTo(live);
        assertThat(sandbox.send("DELETE", sandbox.script("web") + "/secrets/NONE").code())
                .isEqualTo(10215);
    }

    @Test
    void onlyTheHundredNewestVersionsCanBeDeployed() {
        var first = sandbox.live("web", "v1");
        for (int i = 0; i < 100; i++) {
            sandbox.world.workers().upload("web", WorkerUpload.of("export default {}", "{}"));
        }

        assertThat(share("web", Map.of(first, 100)).code()).isEqualTo(100146);
    }

    /// What a version is bound to is no part of it.
    @Test
    void aVersionBoundToWhatWasDeletedIsNotDeployedAgain() {
        var account = "/accounts/" + sandbox.world.account().id();
        var namespaces = account + "/storage/kv/namespaces";
        var made = sandbox.send("POST", namespaces, Map.of("title", "cache")).result();
        var id = made.path("id").asString();
        sandbox.send("POST", account + "/r2/buckets", Map.of("name", "files"));
        assertThat(sandbox.get(account + "/r2/buckets").result().path("buckets").size()).isOne();
        var bound =
                sandbox.world
                        .workers()
                        .deploy(
                                "web",
                                WorkerUpload.of("export default {}", "{}")
                                        .bind(
                                                new WorkerBinding(
                                                        "kv_namespace",
                                                        "CACHE",
                                                        Map.of("namespace_id", id)),
                                                new WorkerBinding(
                                                        "queue",
                                                        "MAIL",
                                                        Map.of("queue_name", "mail"))))
                        .id();
        // Named for the first time, it is there.
        assertThat(sandbox.get(account + "/queues?name=mail").result().size()).isOne();
        var plain = WorkerUpload.of("export default {}", "{}");
        sandbox.world.workers().deploy("web", plain);
        assertThat(share("web", Map.of(bound, 100)).status()).isEqualTo(200);
        sandbox.world.workers().deploy("web", plain);

        assertThat(sandbox.send("DELETE", namespaces + "/" + id).status()).isEqualTo(200);

        assertThat(sandbox.get(namespaces + "/" + id).status()).isEqualTo(404);
        assertThat(sandbox.get(namespaces).result().size()).isZero();
        var refused = share("web", Map.of(bound, 100));
        assertThat(refused.code()).isEqualTo(10041);
        assertThat(refused.json().at("/errors/0/message").asString()).contains(id);
        assertThatThrownBy(() ->
                        sandbox.world
                                .workers()
                                .upload(
                                        "web",
                                        WorkerUpload.of("export default {}", "{}")
                                                .bind(
                                                        new WorkerBinding(
                                                                "kv_namespace",
                                                                "CACHE",
                                                                Map.of("namespace_id", id)))))
                .isInstanceOf(CloudflareRefusal.class)
                .hasMessageContaining(id);
    }

    @Test
    void aWorldReopensAsItWas() {
        var id = sandbox.live("web", "v1");
        secret("A", "1");
        sandbox.record(Map.of("type", "A", "name", "a", "content", "192.0.2.1"));
        sandbox.world.domains().addRoute("a.codex.test/*", java.util.Optional.of("web"));
        var account = sandbox.world.account();
        var scripts = sandbox.get(sandbox.workers() + "/scripts").result();
        sandbox.close();

        sandbox = new CloudflareSandbox(home, Delays.NONE);

        assertThat(sandbox.world.account()).isEqualTo(account);
        assertThat(sandbox.get(sandbox.workers() + "/scripts").result()).isEqualTo(scripts);
        assertThat(sandbox.get(sandbox.script("web") + "/versions/" + id).status()).isEqualTo(200);
        assertThat(sandbox.get(sandbox.script("web") + "/versions/" + id).text()).contains("v1");
        assertThat(sandbox.visit("web.codex.test", "/health").status()).isEqualTo(200);
        assertThat(sandbox.names("")).containsExactlyInAnyOrder("web.codex.test", "a.codex.test");
        assertThat(sandbox.get(sandbox.script("web")).text()).contains("export default {}");
    }

    private Answer secret(String name, String text) {
        return sandbox.send(
                "PUT",
                sandbox.script("web") + "/secrets",
                Map.of("name", name, "text", text, "type", "secret_text"));
    }

    private JsonNode active(String name) {
        return sandbox.get(sandbox.script(name) + "/deployments").result().at("/deployments/0");
    }

    private Answer share(String name, Map<String, Integer> shares) {
        return sandbox.send("POST", sandbox.script(name) + "/deployments", deployment(shares));
    }

    private static Map<String, Object> deployment(Map<String, Integer> shares) {
        return Map.of(
                "strategy",
                "percentage",
                "versions",
                shares.entrySet().stream()
                        .map(e -> Map.of("version_id", e.getKey(), "percentage", e.getValue()))
                        .toList());
    }
}
