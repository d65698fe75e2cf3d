package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.http.Call;
import dev.slipway.http.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Records of what was deployed where.
record Deployments(GitHubApi api) {
    List<Deployment> of(String environment, Optional<CommitSha> sha) {
        var call =
                api.conditional("/deployments")
                        .with("environment", environment)
                        .with("per_page", GitHubApi.PAGE);
        return api.transport()
                .read(
                        sha.map(s -> call.with("sha", s)).orElse(call),
                        a -> GitHubApi.items(a).stream().map(Deployments::deployment).toList());
    }

    Deployment create(
            CommitSha sha,
            String environment,
            String description,
            Map<String, String> payload,
            boolean production) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ref", sha.value());
        body.put("environment", environment);
        body.put("description", description);
        body.put("payload", payload);
        body.put("production_environment", production);
        // By default GitHub merges the default branch into the ref first.
        body.put("auto_merge", false);
        body.put("required_contexts", List.of());
        return api.transport()
                .change(api.call("POST", "/deployments").body(body), a -> deployment(a.json()));
    }

    List<DeploymentStatus> statuses(long deployment) {
        Call call =
                api.conditional("/deployments/{deployment}/statuses", deployment)
                        .with("per_page", GitHubApi.PAGE);
        return api.transport()
                .pages(call, a -> GitHubApi.items(a).stream().map(Deployments::status).toList());
    }

    DeploymentStatus createStatus(
            long deployment,
            DeploymentStatus.State state,
            String description,
            Optional<URI> log,
            Optional<URI> environment) {
        var body = new LinkedHashMap<String, Object>();
        body.put("state", state.key());
        body.put("description", description);
        log.ifPresent(u -> body.put("log_url", u.toString()));
        environment.ifPresent(u -> body.put("environment_url", u.toString()));
        return api.transport()
                .change(
                        api.call("POST", "/deployments/{deployment}/statuses", deployment)
                                .body(body),
                        a -> status(a.json()));
    }

    private static Deployment deployment(Json json) {
        return new Deployment(
                json.number("id"),
                json.sha("sha"),
                json.text("ref"),
                json.text("environment"),
                json.maybeText("description").orElse(""),
                json.find("payload").map(Deployments::payload).orElse(Map.of()),
                PullRequests.login(json, "creator"),
                json.time("created_at"));
    }

    /// An object, or an object written as text, which is how older clients send it.
    private static Map<String, String> payload(Json payload) {
        if (payload.isObject()) {
            return payload.asTexts();
        }
        try {
            var inner = Json.parse(payload.word().getBytes(StandardCharsets.UTF_8));
            return inner.isObject() ? inner.asTexts() : Map.of();
        } catch (Json.Unreadable e) {
            return Map.of();
        }
    }

    private static DeploymentStatus status(Json json) {
        return new DeploymentStatus(
                json.number("id"),
                state(json.text("state")),
                json.maybeText("description").orElse(""),
                json.maybeUri("log_url"),
                json.maybeUri("environment_url"),
                json.time("created_at"));
    }

    private static DeploymentStatus.State state(String word) {
        try {
            return DeploymentStatus.State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Json.Unreadable("a deployment status has a state GitHub does not document");
        }
    }
}
