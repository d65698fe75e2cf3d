package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Secret;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubPulls;
import dev.slipway.sandbox.world.GitHubSettings;
import dev.slipway.sandbox.world.GitHubToken;
import dev.slipway.sandbox.world.GitHubWorld;
import dev.slipway.sandbox.world.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small repository `acme/shop` behind a real server, and a plain HTTP client to it.
final class GitHubFixture implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /// Test merges take two seconds at GitHub; here they take two milliseconds.
    static final Pace FAST = new Pace(1000);

    private final HttpClient client = HttpClient.newHttpClient();
    final GitHubWorld world;
    final GitHubServer server;
    final Faults faults = new Faults();

    record Answer(int status, java.net.http.HttpHeaders headers, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    GitHubFixture(Path home) {
        this(home, FAST);
    }

    GitHubFixture(Path home, Pace pace) {
        world =
                GitHubWorld.open(
                        home, GitHubSettings.of("acme", "shop", "main"), pace, Clock.systemUTC());
        world.accounts().grant(Secret.of("full"), GitHubToken.classic("mona"));
        world.accounts().grant(Secret.of("releases"), GitHubToken.releases("mona"));
        world.accounts().grant(Secret.of("reader"), GitHubToken.readOnly("hubot"));
        if (world.git().branch("main").isEmpty()) {
            world.push(
                    "main",
                    "mona",
                    change("first").with("README.md", "# Shop\n").with("src/a.txt", "1\n2\n3\n"));
        }
        server = new GitHubServer(world, 0, faults);
    }

    GitChange change(String message) {
        return GitChange.of(
                message, world.accounts().person("mona").person(), Clock.systemUTC().instant());
    }

    /// Opens a pull request with one new file.
    GitHubPull pull(String branch, String path, String text) {
        world.push(branch, "mona", change("add " + path).with(path, text));
        return world.pulls()
                .open(new GitHubPulls.Opening("Add " + path, "why", "mona", branch, "main", false));
    }

    CommitSha main() {
        return world.git().branch("main").orElseThrow();
    }

    Answer send(String token, String method, String path, Object body, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("User-Agent", "test");
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String... headers) {
        return send("full", "GET", path, null, headers);
    }

    Answer post(String path, Object body) {
        return send("full", "POST", path, body);
    }

    Answer graphql(String token, String query, Map<String, Object> variables) {
        return send(token, "POST", "/graphql", Map.of("query", query, "variables", variables));
    }

    @Override
    public void close() {
        server.close();
        world.close();
        client.close();
    }
}
