package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubToken;
import dev.slipway.sandbox.world.GitHubWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request to GitHub's REST API with who sends it and what it is about.
record GitHubCall(Request request, GitHubToken token, GitHubWorld world) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /// Scheme and authority the client used.
    String base() {
        return "http://" + request.header("Host").orElse("127.0.0.1");
    }

    GitHubViews views() {
        return new GitHubViews(world, base());
    }

    String login() {
        return token.login();
    }

    String variable(String name) {
        return request.variable(name);
    }

    /// A number in the path; anything else is not found.
    long number(String name) {
        try {
            return Long.parseLong(variable(name));
        } catch (NumberFormatException e) {
            throw GitHubRefusal.notFound();
        }
    }

    /// The commit a `{name}` part or parameter means.
    CommitSha commit(String ref) {
        return world.git()
                .resolve(ref)
                .orElseThrow(() -> new GitHubRefusal(422, "No commit found for SHA: " + ref));
    }

    boolean accepts(String media) {
        return request.header("Accept").map(a -> a.contains(media)).orElse(false);
    }

    // ---- body

    /// The body as an object; none counts as an empty one.
    JsonNode body() {
        if (request.text().isBlank()) {
            return object();
        }
        JsonNode body;
        try {
            body = JSON.readTree(request.body());
        } catch (JacksonException e) {
            throw new GitHubRefusal(400, "Problems parsing JSON");
        }
        if (!body.isObject()) {
            throw new GitHubRefusal(400, "Body should be a JSON object");
        }
        return body;
    }

    /// A text in the body that must be there.
    String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    static GitHubRefusal missing(String name) {
        return new GitHubRefusal(422, "Invalid request.\n\n\"" + name + "\" wasn't supplied.");
    }

    Optional<String> text(String name) {
        var value = body().path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrong(name, value, "a string");
        }
        return Optional.of(value.stringValue());
    }

    boolean flag(String name, boolean otherwise) {
        var value = body().path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "a boolean");
        }
        return value.booleanValue();
    }

    /// A list of texts; an entry may also be an object with a `name`.
    Optional<List<String>> texts(String name) {
        var value = body().path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            throw wrong(name, value, "an array");
        }
        var result = new ArrayList<String>();
        value.forEach(v -> result.add(v.isObject() ? v.path("name").asString("") : v.asString("")));
        return Optional.of(result);
    }

    private static GitHubRefusal wrong(String name, JsonNode value, String wanted) {
        return new GitHubRefusal(
                422,
                "Invalid request.\n\nFor 'properties/"
                        + name
                        + "', "
                        + value
                        + " is not "
                        + wanted
                        + ".");
    }

    // ---- lists

    /// One page of a list, with links to the others.
    <T> Response page(List<T> all, Function<T, ? extends JsonNode> view) {
        var array = JsonNodeFactory.instance.arrayNode();
        slice(all).forEach(item -> array.add(view.apply(item)));
        return linked(Response.json(200, array), all.size());
    }

    /// One page of a list inside an object with `total_count`.
    <T> Response page(String key, List<T> all, Function<T, ? extends JsonNode> view) {
        var whole = object().put("total_count", all.size());
        var array = whole.putArray(key);
        slice(all).forEach(item -> array.add(view.apply(item)));
        return linked(Response.json(200, whole), all.size());
    }

    private <T> List<T> slice(List<T> all) {
        var from = Math.min((long) (page() - 1) * perPage(), all.size());
        return all.subList((int) from, (int) Math.min(from + perPage(), all.size()));
    }

    private int perPage() {
        return Math.clamp(whole("per_page", 30), 1, 100);
    }

    private int page() {
        return Math.max(1, whole("page", 1));
    }

    private int whole(String name, int otherwise) {
        try {
            return request.query(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private Response linked(Response response, int size) {
        var last = Math.max(1, (size + perPage() - 1) / perPage());
        var links = new ArrayList<String>();
        if (page() > 1) {
            links.add(link(Math.min(page() - 1, last), "prev"));
        }
        if (page() < last) {
            links.add(link(page() + 1, "next"));
            links.add(link(last, "last"));
        }
        if (page() > 1) {
            links.add(link(1, "first"));
        }
        return links.isEmpty() ? response : response.header("Link", String.join(", ", links));
    }

    /// Links name the repository by its number, as GitHub's do: they are to be followed, not built.
    private String link(int page, String relation) {
        var settings = world.settings();
        var own = "/repos/" + settings.owner() + "/" + settings.name() + "/";
        var path =
                request.path().regionMatches(true, 0, own, 0, own.length())
                        ? "/repositories/"
                                + settings.id()
                                + "/"
                                + request.path().substring(own.length())
                        : request.path();
        var query = new StringBuilder();
        request.query()
                .forEach((name, values) -> {
                    if (!name.equals("page")) {
                        values.forEach(v ->
                                query.append(GitHubViews.encoded(name))
                                        .append('=')
                                        .append(GitHubViews.encoded(v))
                                        .append('&'));
                    }
                });
        return "<" + base() + path + "?" + query + "page=" + page + ">; rel=\"" + relation + "\"";
    }
}
