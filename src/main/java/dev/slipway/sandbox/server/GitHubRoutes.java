package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubQuota.Resource;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubToken;
import dev.slipway.sandbox.world.GitHubToken.Access;
import dev.slipway.sandbox.world.GitHubWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The endpoints of GitHub's REST API with the permission each one asks for.
final class GitHubRoutes {
    /// What everybody may read.
    static final String METADATA = "metadata=read";

    private static final String REPOSITORY = "/repos/{owner}/{repo}";

    /// Endpoints that people are told of, counted by the limit on content.
    private static final Set<String> TELLING =
            Set.of("/pulls", "/comments", "/issues", "/releases");

    private final GitHubWorld world;
    private final List<LoopbackServer.Route> routes = new ArrayList<>();

    GitHubRoutes(GitHubWorld world) {
        this.world = world;
    }

    List<LoopbackServer.Route> all() {
        return routes;
    }

    /// An endpoint below the repository.
    ///
    /// @param permission as GitHub prints it: `contents=write`, `,` for and, `;` for or
    GitHubRoutes on(
            String method, String path, String permission, Function<GitHubCall, Response> handler) {
        return root(
                method,
                REPOSITORY + path,
                permission,
                call -> {
                    var settings = call.world().settings();
                    if (!settings.owner().equalsIgnoreCase(call.variable("owner"))
                            || !settings.name().equalsIgnoreCase(call.variable("repo"))) {
                        throw GitHubRefusal.notFound();
                    }
                    return handler.apply(call);
                });
    }

    /// An endpoint outside any repository.
    GitHubRoutes root(
            String method, String path, String permission, Function<GitHubCall, Response> handler) {
        routes.add(
                new LoopbackServer.Route(
                        method,
                        path,
                        request -> answer(method, path, permission, handler, request)));
        return this;
    }

    private Response answer(
            String method,
            String path,
            String permission,
            Function<GitHubCall, Response> handler,
            Request request) {
        var grant = world.accounts().grant(request.token().orElse("")).orElseThrow();
        var reading = method.equals("GET");
        var telling = method.equals("POST") && TELLING.stream().anyMatch(path::endsWith);
        var wait =
                world.quota()
                        .hurry(
                                grant.getKey(),
                                method + " " + path,
                                Resource.CORE,
                                reading ? 1 : 5,
                                telling);
        if (wait.isPresent()) {
            return hurried(wait.get());
        }
        if (!allowed(grant.getValue(), permission)) {
            return GitHubServer.refused(new GitHubRefusal(403, inaccessible(grant.getValue())))
                    .header("X-Accepted-GitHub-Permissions", permission);
        }
        return handler.apply(new GitHubCall(request, grant.getValue(), world));
    }

    /// The answer of the secondary limit.
    static Response hurried(Duration wait) {
        var seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return GitHubServer.refused(
                        new GitHubRefusal(
                                403,
                                "You have exceeded a secondary rate limit. Please wait a few"
                                        + " minutes before you try again."))
                .header("Retry-After", String.valueOf(seconds));
    }

    static String inaccessible(GitHubToken token) {
        return switch (token.kind()) {
            case APP -> "Resource not accessible by integration";
            case CLASSIC, FINE_GRAINED -> "Resource not accessible by personal access token";
        };
    }

    static boolean allowed(GitHubToken token, String permission) {
        return Arrays.stream(permission.split(";"))
                .anyMatch(any ->
                        Arrays.stream(any.split(","))
                                .map(String::strip)
                                .map(one -> one.split("="))
                                .map(one -> Map.entry(one[0], one[1]))
                                .allMatch(one ->
                                        token.allows(
                                                one.getKey(),
                                                Access.valueOf(
                                                        one.getValue().toUpperCase(Locale.ROOT)))));
    }
}
