package dev.slipway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a running sandbox counts itself: requests that arrived, computes that were woken. It also
/// moves a pull request as somebody else would.
public final class Backstage {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode world;

    /// @param line the first line the sandbox printed
    public Backstage(String line) {
        world = JSON.readTree(line);
    }

    /// Requests that arrived so far, by service.
    public Map<String, Integer> calls() {
        var result = new TreeMap<String, Integer>();
        state().path("calls").forEachEntry((name, count) -> result.put(name, count.asInt()));
        return result;
    }

    /// Requests since `before`, by service, DNS packets among them.
    public Map<String, Integer> since(Map<String, Integer> before) {
        var result = calls();
        before.forEach((name, count) -> result.merge(name, -count, Integer::sum));
        return result;
    }

    /// All that are not DNS packets.
    public static int requests(Map<String, Integer> calls) {
        return calls.entrySet().stream()
                .filter(e -> !e.getKey().equals("dns"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /// How often any compute was woken so far.
    public int wakeUps() {
        return state().path("computes")
                .valueStream()
                .mapToInt(c -> c.path("wakeUps").asInt())
                .sum();
    }

    /// How many computes are awake.
    public int awake() {
        return (int)
                state().path("computes")
                        .valueStream()
                        .filter(c -> !c.path("state").asString().equals("idle"))
                        .count();
    }

    /// Lets visitors come or stay away.
    public void traffic(boolean on) {
        send(
                HttpRequest.newBuilder(URI.create(world.path("control").asString() + "traffic"))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"on\": " + on + "}")));
    }

    /// Gives a pull request another title, as a person does.
    public void rename(int pullRequest, String title) {
        send(
                HttpRequest.newBuilder(
                                URI.create(
                                        world.path("github").asString()
                                                + "/repos/"
                                                + world.path("repository").asString()
                                                + "/pulls/"
                                                + pullRequest))
                        .header(
                                "Authorization",
                                "Bearer " + world.path("tokens").path("github").asString())
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("title", title)))));
    }

    private JsonNode state() {
        return JSON.readTree(
                send(
                        HttpRequest.newBuilder(
                                URI.create(world.path("control").asString() + "state"))));
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer =
                    http.send(
                            request.header("User-Agent", "bench").build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
