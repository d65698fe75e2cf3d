package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a world from outside, as anybody would.
final class Visitor {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType TYPE = MediaType.get("application/json");
    private final OkHttpClient http =
            new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(30)).build();
    private final WorldFile world;

    Visitor(WorldFile world) {
        this.world = world;
    }

    /// An answer; `json` is missing where the body is no JSON.
    record Answer(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    Answer health(String host) {
        return send(
                new Request.Builder()
                        .url(world.edge().resolve("/health").toString())
                        .header("Host", host)
                        .build());
    }

    JsonNode github(String path) {
        return get(world.github() + path, "github");
    }

    JsonNode neon(String path) {
        return get(world.neon() + path, "neon");
    }

    JsonNode cloudflare(String path) {
        return get(world.cloudflare() + path, "cloudflare");
    }

    JsonNode control(String method, String path, String body) {
        var answer =
                send(
                        new Request.Builder()
                                .url(world.control() + path)
                                .method(
                                        method,
                                        method.equals("GET")
                                                ? null
                                                : RequestBody.create(body, TYPE))
                                .build());
        if (answer.status() >= 300) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    private JsonNode get(String url, String provider) {
        var answer =
                send(
                        new Request.Builder()
                                .url(url)
                                .header("Authorization", "Bearer " + world.tokens().get(provider))
                                .build());
        if (answer.status() != 200) {
            throw new AssertionError(url + ": " + answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    private Answer send(Request request) {
        try (var response = http.newCall(request).execute()) {
            return new Answer(response.code(), response.body().string());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
