package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.CloudflareAccount;
import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.WorkerUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Cloudflare on loopback with a clock of its own, and the clients that talk to it.
final class CloudflareSandbox implements AutoCloseable {
    static final String FULL = "full-token";
    static final String READ_ONLY = "read-only-token";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    final Faults faults = new Faults();
    final CloudflareWorld world;
    final CloudflareServer api;
    final EdgeServer edge;
    final DnsServer dns;
    private final OkHttpClient http =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

    /// What came back.
    record Answer(int status, String text, okhttp3.Headers headers) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        JsonNode result() {
            return json().path("result");
        }

        int code() {
            return json().path("errors").path(0).path("code").asInt(0);
        }
    }

    CloudflareSandbox(Path home, Delays delays) {
        this(home, delays, new Pace(1));
    }

    CloudflareSandbox(Path home, Delays delays, Pace pace) {
        InstantSource clock = now::get;
        world =
                CloudflareWorld.open(
                        home,
                        CloudflareAccount.of("Codex", "codex", "codex.test").with(delays),
                        pace,
                        clock);
        world.admit(CloudflareToken.full(FULL));
        world.admit(CloudflareToken.readOnly(READ_ONLY));
        api = new CloudflareServer(world, faults, 0);
        edge = new EdgeServer(world, faults, 0, new Random(7));
        dns = new DnsServer(world, faults, 0);
    }

    void pass(java.time.Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    String workers() {
        return "/accounts/" + world.account().id() + "/workers";
    }

    String script(String name) {
        return workers() + "/scripts/" + name;
    }

    String records() {
        return "/zones/" + world.account().zoneId() + "/dns_records";
    }

    Answer get(String path) {
        return call("GET", path, FULL, null);
    }

    Answer send(String method, String path, Object body) {
        return call(method, path, FULL, json(body));
    }

    Answer send(String method, String path) {
        return call(method, path, FULL, RequestBody.create(new byte[0]));
    }

    Answer sendAs(String token, String method, String path, Object body) {
        return call(method, path, token, method.equals("GET") ? null : json(body));
    }

    /// Uploads as wrangler does.
    Answer upload(String method, String path, Map<String, Object> metadata, String behaviour) {
        var form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        form.addFormDataPart("metadata", JSON.writeValueAsString(metadata));
        form.addFormDataPart(
                "index.js",
                "index.js",
                RequestBody.create(
                        "export default {}", MediaType.get("application/javascript+module")));
        if (!behaviour.isEmpty()) {
            form.addFormDataPart(
                    "sandbox-worker.json",
                    "sandbox-worker.json",
                    RequestBody.create(behaviour, MediaType.get("application/json")));
        }
        return call(method, path, FULL, form.build());
    }

    /// Metadata with a tag and bindings.
    static Map<String, Object> metadata(String tag) {
        var map = new LinkedHashMap<String, Object>();
        map.put("main_module", "index.js");
        map.put("compatibility_date", "2026-11-01");
        map.put("annotations", Map.of("workers/tag", tag));
        map.put("keep_bindings", java.util.List.of("secret_text"));
        return map;
    }

    /// A Worker on a custom domain with one version.
    String live(String name, String tag) {
        var id =
                world.workers()
                        .deploy(
                                name,
                                WorkerUpload.of("export default {}", "{}")
                                        .annotate("workers/tag", tag))
                        .id();
        world.domains().attach(name + ".codex.test", name, false, false);
        return id;
    }

    /// Asks the edge for a path of a hostname.
    Answer visit(String host, String path, String... headers) {
        var request =
                new okhttp3.Request.Builder()
                        .url(edge.address().resolve(path).toString())
                        .header("Host", host);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return execute(request.build());
    }

    Answer call(
            String method,
            String path,
            String token,
            @org.jspecify.annotations.Nullable RequestBody body) {
        var request =
                new okhttp3.Request.Builder()
                        .url(api.address() + path)
                        .method(method, body)
                        .header("Authorization", "Bearer " + token);
        return execute(request.build());
    }

    private Answer execute(okhttp3.Request request) {
        try (var response = http.newCall(request).execute()) {
            return new Answer(response.code(), response.body().string(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestBody json(Object body) {
        return RequestBody.create(
                JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8),
                MediaType.get("application/json"));
    }

    @Override
    public void close() {
        edge.close();
        dns.close();
        api.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    /// Names of the DNS records `query` finds.
    List<String> names(String query) {
        var answer = get(records() + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().valueStream().map(n -> n.path("name").asString()).toList();
    }

    /// Adds a DNS record and gives its id.
    String record(Map<String, Object> record) {
        var answer = send("POST", records(), record);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path("id").asString();
    }
}
