package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitEntry;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubToken.Access;
import dev.slipway.sandbox.world.GitPerson;
import dev.slipway.sandbox.world.GitTag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/git`: objects and refs as Git has them.
final class GitHubGitRoutes {
    private static final String READ = "contents=read";
    private static final String WRITE = "contents=write";

    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/git/trees/{sha...}", READ, GitHubGitRoutes::tree)
                .on("POST", "/git/trees", WRITE, GitHubGitRoutes::newTree)
                .on("GET", "/git/blobs/{sha}", READ, GitHubGitRoutes::blob)
                .on("POST", "/git/blobs", WRITE, GitHubGitRoutes::newBlob)
                .on("GET", "/git/commits/{sha}", READ, GitHubGitRoutes::commit)
                .on("POST", "/git/commits", WRITE, GitHubGitRoutes::newCommit)
                .on("GET", "/git/tags/{sha}", READ, GitHubGitRoutes::tag)
                .on("POST", "/git/tags", WRITE, GitHubGitRoutes::newTag)
                .on("GET", "/git/ref/{ref...}", READ, GitHubGitRoutes::ref)
                .on("GET", "/git/matching-refs/{ref...}", READ, GitHubGitRoutes::matching)
                .on("POST", "/git/refs", WRITE, GitHubGitRoutes::newRef)
                .on("PATCH", "/git/refs/{ref...}", WRITE, GitHubGitRoutes::moveRef)
                .on("DELETE", "/git/refs/{ref...}", WRITE, GitHubGitRoutes::deleteRef);
    }

    // ---- trees and blobs

    private static Response tree(GitHubCall call) {
        var git = call.world().git();
        var name = call.variable("sha");
        var id =
                git.treeOf(name)
                        .or(() -> git.resolve(name).flatMap(c -> git.treeOf(c.value())))
                        .orElseThrow(GitHubRefusal::notFound);
        var recursive = call.request().query("recursive").isPresent();
        return Response.json(200, tree(call, id, recursive));
    }

    private static ObjectNode tree(GitHubCall call, String id, boolean recursive) {
        var views = call.views();
        var view = GitHubCall.object().put("sha", id).put("url", views.api("/git/trees/" + id));
        var entries = view.putArray("tree");
        for (var entry : call.world().git().tree(id, recursive)) {
            var line =
                    entries.addObject()
                            .put("path", entry.path())
                            .put("mode", entry.mode())
                            .put("type", entry.type())
                            .put("sha", entry.sha());
            if (entry.type().equals("blob")) {
                line.put("size", entry.size());
            }
            line.put("url", views.api("/git/" + entry.type() + "s/" + entry.sha()));
        }
        return view.put("truncated", false);
    }

    private static Response newTree(GitHubCall call) {
        var git = call.world().git();
        var base =
                call.text("base_tree").map(b -> git.treeOf(b).orElseThrow(GitHubRefusal::notFound));
        var given = call.body().path("tree");
        if (!given.isArray()) {
            throw GitHubCall.missing("tree");
        }
        var entries = new LinkedHashMap<String, Optional<GitEntry>>();
        for (var line : given) {
            var path = line.path("path").asString("");
            var mode = line.path("mode").asString("100644");
            if (path.isEmpty() || path.startsWith("/") || path.contains("//")) {
                throw new GitHubRefusal(422, "tree.path contains a malformed path component");
            }
            entries.put(path, entry(call, path, mode, line));
        }
        return Response.json(201, tree(call, git.writer().tree(base, entries), false));
    }

    private static Optional<GitEntry> entry(
            GitHubCall call, String path, String mode, JsonNode line) {
        var git = call.world().git();
        var type =
                switch (mode) {
                    case "040000" -> "tree";
                    case "160000" -> "commit";
                    case "100644", "100755", "120000" -> "blob";
                    default ->
                            throw new GitHubRefusal(
                                    422,
                                    "Must supply a valid tree.mode: 100644, 100755, 040000, 160000"
                                            + " or 120000");
                };
        if (line.path("content").isString()) {
            var bytes = line.path("content").stringValue().getBytes(StandardCharsets.UTF_8);
            return Optional.of(
                    new GitEntry(path, mode, "blob", git.writer().blob(bytes), bytes.length));
        }
        if (line.path("sha").isNull()) {
            return Optional.empty();
        }
        var sha = line.path("sha").asString("");
        if (!type.equals("commit") && !git.type(sha).equals(Optional.of(type))) {
            throw new GitHubRefusal(422, "tree.sha " + sha + " is not a valid " + type);
        }
        return Optional.of(new GitEntry(path, mode, type, sha, -1));
    }

    private static Response blob(GitHubCall call) {
        var sha = call.variable("sha");
        var bytes = call.world().git().blob(sha).orElseThrow(GitHubRefusal::notFound);
        if (call.accepts(".raw")) {
            return new Response(
                    200,
                    java.util.List.of(
                            java.util.Map.entry("Content-Type", "application/vnd.github.raw")),
                    bytes);
        }
        return Response.json(
                200,
                GitHubCall.object()
                        .put("sha", sha)
                        .put("node_id", GitHubViews.nodeId("Blob", sha.hashCode()))
                        .put("size", bytes.length)
                        .put("url", call.views().api("/git/blobs/" + sha))
                        .put("content", GitHubContentRoutes.base64(bytes))
                        .put("encoding", "base64"));
    }

    private static Response newBlob(GitHubCall call) {
        var content = call.required("content");
        byte[] bytes;
        try {
            bytes =
                    call.text("encoding").orElse("utf-8").equals("base64")
                            ? Base64.getMimeDecoder().decode(content)
                            : content.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GitHubRefusal(422, "content is not valid Base64");
        }
        var sha = call.world().git().writer().blob(bytes);
        var url = call.views().api("/git/blobs/" + sha);
        return Response.json(201, GitHubCall.object().put("sha", sha).put("url", url))
                .header("Location", url);
    }

    // ---- commits and tags

    private static Response commit(GitHubCall call) {
        var sha = call.variable("sha");
        if (!CommitSha.isOne(sha)) {
            throw GitHubRefusal.notFound();
        }
        var commit =
                call.world().git().commit(new CommitSha(sha)).orElseThrow(GitHubRefusal::notFound);
        return Response.json(200, call.views().gitCommit(commit));
    }

    private static Response newCommit(GitHubCall call) {
        var git = call.world().git();
        var tree = call.required("tree");
        if (!git.type(tree).equals(Optional.of("tree"))) {
            throw new GitHubRefusal(422, "Tree SHA does not exist");
        }
        var parents = new ArrayList<CommitSha>();
        for (var parent : call.texts("parents").orElse(java.util.List.of())) {
            if (!CommitSha.isOne(parent) || git.commit(new CommitSha(parent)).isEmpty()) {
                throw new GitHubRefusal(422, "Parent SHA does not exist or is not a commit object");
            }
            parents.add(new CommitSha(parent));
        }
        var message = call.required("message");
        var author = call.body().path("author");
        var committer = call.body().path("committer");
        var sha =
                git.writer()
                        .commit(
                                tree,
                                parents,
                                message,
                                person(call, author),
                                moment(call, author),
                                person(call, committer.isObject() ? committer : author),
                                moment(call, committer.isObject() ? committer : author));
        return Response.json(201, call.views().gitCommit(git.commit(sha).orElseThrow()))
                .header("Location", call.views().api("/git/commits/" + sha));
    }

    private static GitPerson person(GitHubCall call, JsonNode given) {
        var own = call.world().accounts().person(call.login()).person();
        return given.isObject()
                ? new GitPerson(
                        given.path("name").asString(own.name()),
                        given.path("email").asString(own.email()))
                : own;
    }

    private static Instant moment(GitHubCall call, JsonNode given) {
        var text = given.path("date").asString("");
        try {
            return text.isEmpty() ? call.world().now() : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new GitHubRefusal(
                    422, "Invalid request.\n\n\"" + text + "\" is not a valid date-time.");
        }
    }

    private static Response tag(GitHubCall call) {
        return Response.json(
                200,
                tag(
                        call,
                        call.world()
                                .git()
                                .tag(call.variable("sha"))
                                .orElseThrow(GitHubRefusal::notFound)));
    }

    private static ObjectNode tag(GitHubCall call, GitTag tag) {
        var views = call.views();
        var view =
                GitHubCall.object()
                        .put("node_id", GitHubViews.nodeId("Tag", tag.id().hashCode()))
                        .put("sha", tag.id())
                        .put("url", views.api("/git/tags/" + tag.id()))
                        .put("tag", tag.name())
                        .put("message", tag.message());
        tag.tagger()
                .ifPresent(t ->
                        view.set(
                                "tagger",
                                GitHubViews.person(t, tag.taggedAt().orElse(Instant.EPOCH))));
        view.putObject("object")
                .put("sha", tag.target())
                .put("type", tag.type())
                .put("url", views.api("/git/" + tag.type() + "s/" + tag.target()));
        view.putObject("verification").put("verified", false).put("reason", "unsigned");
        return view;
    }

    private static Response newTag(GitHubCall call) {
        var git = call.world().git();
        var object = call.required("object");
        var type = call.required("type");
        var name = call.required("tag");
        var message = call.required("message");
        if (!git.type(object).equals(Optional.of(type))) {
            throw new GitHubRefusal(422, "Object " + object + " is not a " + type);
        }
        var tagger = call.body().path("tagger");
        var id =
                git.writer().tag(name, message, object, person(call, tagger), moment(call, tagger));
        return Response.json(201, tag(call, git.tag(id).orElseThrow()))
                .header("Location", call.views().api("/git/tags/" + id));
    }

    // ---- refs

    private static Response ref(GitHubCall call) {
        var name = "refs/" + call.variable("ref");
        var id = call.world().git().ref(name).orElseThrow(GitHubRefusal::notFound);
        return Response.json(200, ref(call, name, id));
    }

    private static ObjectNode ref(GitHubCall call, String name, String id) {
        var type = call.world().git().type(id).orElse("commit");
        var view =
                GitHubCall.object()
                        .put("ref", name)
                        .put("node_id", GitHubViews.nodeId("Ref", name.hashCode()))
                        .put("url", call.views().api("/git/" + name));
        view.putObject("object")
                .put("sha", id)
                .put("type", type)
                .put("url", call.views().api("/git/" + type + "s/" + id));
        return view;
    }

    private static Response matching(GitHubCall call) {
        var found =
                call.world().git().refs("refs/" + call.variable("ref")).entrySet().stream()
                        .filter(e -> !e.getKey().startsWith("refs/forks/"))
                        .toList();
        return call.page(found, e -> ref(call, e.getKey(), e.getValue()));
    }

    private static Response newRef(GitHubCall call) {
        var name = call.required("ref");
        var sha = call.required("sha");
        mayTouchWorkflows(call, sha);
        call.world().refs().create(name, sha, call.login());
        return Response.json(201, ref(call, name, sha))
                .header("Location", call.views().api("/git/" + name));
    }

    private static Response moveRef(GitHubCall call) {
        var name = "refs/" + call.variable("ref");
        var sha = call.required("sha");
        mayTouchWorkflows(call, sha);
        call.world().refs().update(name, sha, call.flag("force", false), call.login());
        return Response.json(200, ref(call, name, sha));
    }

    private static Response deleteRef(GitHubCall call) {
        call.world().refs().delete("refs/" + call.variable("ref"), call.login());
        return Response.empty(204);
    }

    /// Workflows that no branch has yet need a permission of their own.
    private static void mayTouchWorkflows(GitHubCall call, String id) {
        if (call.token().allows("workflows", Access.WRITE)) {
            return;
        }
        var git = call.world().git();
        var folder = ".github/workflows";
        var wanted = git.resolve(id).flatMap(c -> git.at(c, folder)).map(GitEntry::sha);
        var known =
                wanted.isEmpty()
                        || git.refs("refs/heads/").values().stream()
                                .map(CommitSha::new)
                                .anyMatch(tip ->
                                        git.at(tip, folder).map(GitEntry::sha).equals(wanted));
        if (!known) {
            throw new GitHubRefusal(403, GitHubRoutes.inaccessible(call.token()));
        }
    }
}
