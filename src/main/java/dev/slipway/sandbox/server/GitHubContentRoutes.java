package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitEntry;
import dev.slipway.sandbox.world.GitHubRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/contents`: files and folders of a commit.
final class GitHubContentRoutes {
    private static final int LONGEST_INLINE = 1024 * 1024;

    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/contents", "contents=read", call -> get(call, ""))
                .on(
                        "GET",
                        "/contents/{path...}",
                        "contents=read",
                        call -> get(call, call.variable("path")))
                .on("PUT", "/contents/{path...}", "contents=write", GitHubContentRoutes::put);
    }

    static String base64(byte[] bytes) {
        return Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(bytes)
                + (bytes.length == 0 ? "" : "\n");
    }

    private static Response get(GitHubCall call, String path) {
        var git = call.world().git();
        var ref =
                call.request()
                        .query("ref")
                        .orElseGet(() -> call.world().settings().defaultBranch());
        var commit =
                git.resolve(ref)
                        .orElseThrow(
                                () -> new GitHubRefusal(404, "No commit found for the ref " + ref));
        if (path.isEmpty()) {
            return folder(call, "", git.treeOf(commit.value()).orElseThrow(), ref);
        }
        var entry = git.at(commit, path).orElseThrow(GitHubRefusal::notFound);
        if (entry.type().equals("tree")) {
            return folder(call, path, entry.sha(), ref);
        }
        var bytes = git.blob(entry.sha()).orElse(new byte[0]);
        if (call.accepts(".raw")) {
            return new Response(
                    200,
                    List.of(Map.entry("Content-Type", "application/vnd.github.raw+json")),
                    bytes);
        }
        var view = entry(call, path, entry, ref);
        var inline = bytes.length <= LONGEST_INLINE;
        return Response.json(
                200,
                view.put("content", inline ? base64(bytes) : "")
                        .put("encoding", inline ? "base64" : "none"));
    }

    private static Response folder(GitHubCall call, String path, String tree, String ref) {
        var entries = JsonNodeFactory.instance.arrayNode();
        for (var entry : call.world().git().tree(tree, false)) {
            var full = path.isEmpty() ? entry.path() : path + "/" + entry.path();
            entries.add(entry(call, full, entry, ref));
        }
        if (!call.accepts(".object")) {
            return Response.json(200, entries);
        }
        var view =
                GitHubCall.object()
                        .put("type", "dir")
                        .put("name", path.substring(path.lastIndexOf('/') + 1))
                        .put("path", path)
                        .put("sha", tree)
                        .put("size", 0);
        view.set("entries", entries);
        return Response.json(200, view);
    }

    private static ObjectNode entry(GitHubCall call, String path, GitEntry entry, String ref) {
        var views = call.views();
        var type =
                switch (entry.type()) {
                    case "tree" -> "dir";
                    case "commit" -> "submodule";
                    default -> entry.mode().equals("120000") ? "symlink" : "file";
                };
        var url =
                views.api("/contents/" + GitHubViews.encoded(path).replace("%2F", "/"))
                        + "?ref="
                        + GitHubViews.encoded(ref);
        return GitHubCall.object()
                .put("name", entry.name())
                .put("path", path)
                .put("sha", entry.sha())
                .put("size", Math.max(0, entry.size()))
                .put("url", url)
                .put("html_url", views.html("/blob/" + ref + "/" + path))
                .put("git_url", views.api("/git/" + entry.type() + "s/" + entry.sha()))
                .putNull("download_url")
                .put("type", type);
    }

    private static Response put(GitHubCall call) {
        var world = call.world();
        var path = call.variable("path");
        var branch = call.text("branch").orElse(world.settings().defaultBranch());
        var tip = world.git().branch(branch);
        var old = tip.flatMap(t -> world.git().at(t, path));
        var expected = call.text("sha");
        if (old.isPresent() && expected.isEmpty()) {
            throw new GitHubRefusal(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
        }
        if (old.isPresent() && !old.get().sha().equals(expected.get())) {
            throw new GitHubRefusal(409, path + " does not match " + expected.get());
        }
        var bytes =
                Base64.getMimeDecoder()
                        .decode(call.required("content").getBytes(StandardCharsets.US_ASCII));
        var change =
                GitChange.of(
                                call.required("message"),
                                world.accounts().person(call.login()).person(),
                                call.world().now())
                        .with(path, bytes);
        var sha = world.push(branch, call.login(), change);
        return Response.json(old.isPresent() ? 200 : 201, written(call, sha, path, branch));
    }

    private static ObjectNode written(GitHubCall call, CommitSha sha, String path, String branch) {
        var git = call.world().git();
        var view = GitHubCall.object();
        Optional<GitEntry> entry = git.at(sha, path);
        view.set("content", entry(call, path, entry.orElseThrow(), branch));
        view.set("commit", call.views().gitCommit(git.commit(sha).orElseThrow()));
        return view;
    }
}
