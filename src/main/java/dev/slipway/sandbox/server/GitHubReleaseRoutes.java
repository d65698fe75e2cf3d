package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubIssues.Release;
import dev.slipway.sandbox.world.GitHubRefusal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `/releases`.
final class GitHubReleaseRoutes {
    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/releases", "contents=read", GitHubReleaseRoutes::releases)
                .on(
                        "POST",
                        "/releases",
                        "contents=write",
                        call -> save(call, Optional.empty(), 201))
                .on("GET", "/releases/latest", "contents=read", GitHubReleaseRoutes::latest)
                .on(
                        "GET",
                        "/releases/tags/{tag...}",
                        "contents=read",
                        call ->
                                Response.json(
                                        200,
                                        release(
                                                call,
                                                call.world().issues().releases().stream()
                                                        .filter(r ->
                                                                r.tag()
                                                                        .equals(
                                                                                call.variable(
                                                                                        "tag")))
                                                        .findFirst()
                                                        .orElseThrow(GitHubRefusal::notFound))))
                .on(
                        "PATCH",
                        "/releases/{id}",
                        "contents=write",
                        call -> save(call, Optional.of(release(call)), 200));
    }

    private static Response releases(GitHubCall call) {
        return call.page(call.world().issues().releases(), r -> release(call, r));
    }

    private static Response latest(GitHubCall call) {
        return Response.json(
                200,
                release(
                        call,
                        call.world().issues().releases().stream()
                                .filter(r -> !r.draft() && !r.prerelease())
                                .findFirst()
                                .orElseThrow(GitHubRefusal::notFound)));
    }

    private static Release release(GitHubCall call) {
        var id = call.number("id");
        return call.world().issues().releases().stream()
                .filter(r -> r.id() == id)
                .findFirst()
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static Response save(GitHubCall call, Optional<Release> old, int status) {
        var tag = call.text("tag_name").or(() -> old.map(Release::tag));
        var name = tag.orElseThrow(() -> GitHubCall.missing("tag_name"));
        var target =
                call.text("target_commitish")
                        .or(() -> old.map(Release::target))
                        .orElse(call.world().settings().defaultBranch());
        var draft = call.flag("draft", old.map(Release::draft).orElse(false));
        if (!draft && call.world().git().ref("refs/tags/" + name).isEmpty()) {
            var sha =
                    call.world()
                            .git()
                            .resolve(target)
                            .orElseThrow(() ->
                                    GitHubRefusal.invalid(
                                            "Release", "target_commitish", "invalid"));
            call.world().refs().create("refs/tags/" + name, sha.value(), call.login());
        }
        var release =
                call.world()
                        .issues()
                        .release(
                                old.map(Release::id),
                                name,
                                target,
                                call.text("name").or(() -> old.map(Release::name)).orElse(name),
                                call.text("body").or(() -> old.map(Release::body)).orElse(""),
                                draft,
                                call.flag("prerelease", old.map(Release::prerelease).orElse(false)),
                                call.login());
        return Response.json(status, release(call, release))
                .header("Location", call.views().api("/releases/" + release.id()));
    }

    private static ObjectNode release(GitHubCall call, Release release) {
        var views = call.views();
        var view =
                GitHubCall.object()
                        .put("url", views.api("/releases/" + release.id()))
                        .put("html_url", views.html("/releases/tag/" + release.tag()))
                        .put("id", release.id())
                        .put("node_id", GitHubViews.nodeId("Release", release.id()))
                        .put("tag_name", release.tag())
                        .put("target_commitish", release.target())
                        .put("name", release.name())
                        .put("body", release.body())
                        .put("draft", release.draft())
                        .put("prerelease", release.prerelease())
                        .put("created_at", release.createdAt().toString())
                        .put("published_at", GitHubViews.time(release.publishedAt()));
        view.set("author", views.user(release.author()));
        view.putArray("assets");
        return view;
    }
}
