package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.GitHubGraphQlFetchers.call;
import static dev.slipway.sandbox.server.GitHubGraphQlFetchers.require;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.server.GitHubGraphQlFetchers.Fields;
import dev.slipway.sandbox.world.GitCommit;
import dev.slipway.sandbox.world.GitEntry;
import dev.slipway.sandbox.world.GitPerson;
import dev.slipway.sandbox.world.GitTag;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where refs and Git objects get their values in GitHub's GraphQL schema.
final class GitHubGraphQlObjects {
    private GitHubGraphQlObjects() {}

    /// What a ref is in a query.
    record RefView(String name, String id) {}

    /// What a tree is in a query.
    record TreeView(String id) {}

    /// What a blob is in a query.
    record BlobView(String id) {}

    /// The ref of this full name.
    static Optional<RefView> ref(DataFetchingEnvironment env, String name) {
        return name.startsWith("refs/")
                ? call(env).world().git().ref(name).map(id -> new RefView(name, id))
                : Optional.empty();
    }

    /// The refs the query asks for.
    static Map<String, @Nullable Object> refs(DataFetchingEnvironment env) {
        require(env, "contents=read");
        String prefix = Objects.requireNonNull(env.getArgument("refPrefix"));
        if (!prefix.startsWith("refs/")) {
            throw new GitHubGraphQlRefusal("UNPROCESSABLE", "refPrefix must start with `refs/`.");
        }
        String query = env.getArgument("query");
        var found =
                call(env).world().git().refs(prefix).entrySet().stream()
                        .filter(e -> !e.getKey().startsWith("refs/forks/"))
                        .filter(e -> query == null || e.getKey().contains(query))
                        .map(e -> new RefView(e.getKey(), e.getValue()))
                        .toList();
        return GitHubGraphQlConnection.of(env, found, RefView::name);
    }

    /// What the query names by id or by expression.
    static @Nullable Object object(DataFetchingEnvironment env) {
        require(env, "contents=read");
        var git = call(env).world().git();
        String oid = env.getArgument("oid");
        if (oid != null) {
            return object(env, oid);
        }
        String expression = env.getArgument("expression");
        if (expression == null) {
            throw new GitHubGraphQlRefusal(
                    "UNPROCESSABLE", "Must provide either an `oid` or an `expression`.");
        }
        var colon = expression.indexOf(':');
        var commit = git.resolve(colon < 0 ? expression : expression.substring(0, colon));
        if (commit.isEmpty()) {
            return null;
        }
        var path = colon < 0 ? "" : expression.substring(colon + 1).replaceFirst("/$", "");
        if (colon < 0) {
            return object(env, commit.get().value());
        }
        return path.isEmpty()
                ? git.treeOf(commit.get().value()).map(TreeView::new).orElse(null)
                : git.at(commit.get(), path).map(e -> object(env, e.sha())).orElse(null);
    }

    static @Nullable Object object(DataFetchingEnvironment env, String id) {
        var git = call(env).world().git();
        return switch (git.type(id).orElse("")) {
            case "commit" -> git.commit(new CommitSha(id)).orElse(null);
            case "tree" -> new TreeView(id);
            case "blob" -> new BlobView(id);
            case "tag" -> git.tag(id).orElse(null);
            default -> null;
        };
    }

    static void addTo(RuntimeWiring.Builder wiring) {
        new Fields<RefView>("Ref")
                .with("id", (r, _) -> GitHubViews.nodeId("Ref", r.name().hashCode()))
                .with("name", (r, _) -> r.name().substring(prefix(r.name()).length()))
                .with("prefix", (r, _) -> prefix(r.name()))
                .with("target", (r, env) -> object(env, r.id()))
                .addTo(wiring);
        new Fields<GitCommit>("Commit")
                .with("id", (c, _) -> GitHubViews.nodeId("Commit", c.sha().value().hashCode()))
                .with("oid", (c, _) -> c.sha().value())
                .with("abbreviatedOid", (c, _) -> c.sha().brief())
                .with("message", (c, _) -> c.message())
                .with("messageHeadline", (c, _) -> c.title())
                .with("authoredDate", (c, _) -> c.authoredAt())
                .with("committedDate", (c, _) -> c.committedAt())
                .with("author", (c, _) -> actor(c.author(), c.authoredAt()))
                .with("committer", (c, _) -> actor(c.committer(), c.committedAt()))
                .with("tree", (c, _) -> new TreeView(c.tree()))
                .with(
                        "file",
                        (c, env) -> {
                            require(env, "contents=read");
                            String path = Objects.requireNonNull(env.getArgument("path"));
                            return call(env).world().git().at(c.sha(), path);
                        })
                .with("url", (c, env) -> call(env).views().html("/commit/" + c.sha()))
                .with(
                        "parents",
                        (c, env) ->
                                GitHubGraphQlConnection.of(
                                        env,
                                        c.parents().stream()
                                                .flatMap(p ->
                                                        call(env).world().git().commit(p).stream())
                                                .toList(),
                                        p -> p.sha().value()))
                .with("statusCheckRollup", (c, env) -> GitHubGraphQlPulls.rollup(env, c.sha()))
                .with("status", (c, env) -> GitHubGraphQlStatus.of(env, c.sha()))
                .addTo(wiring);
        new Fields<TreeView>("Tree")
                .with("id", (t, _) -> GitHubViews.nodeId("Tree", t.id().hashCode()))
                .with("oid", (t, _) -> t.id())
                .with("abbreviatedOid", (t, _) -> t.id().substring(0, 7))
                .with("entries", (t, env) -> call(env).world().git().tree(t.id(), false))
                .addTo(wiring);
        new Fields<GitEntry>("TreeEntry")
                .with("name", (e, _) -> e.name())
                .with("path", (e, _) -> e.path())
                .with("type", (e, _) -> e.type())
                .with("mode", (e, _) -> Integer.parseInt(e.mode(), 8))
                .with("oid", (e, _) -> e.sha())
                .with("size", (e, _) -> (int) Math.max(0, e.size()))
                .with("object", (e, env) -> object(env, e.sha()))
                .addTo(wiring);
        new Fields<BlobView>("Blob")
                .with("id", (b, _) -> GitHubViews.nodeId("Blob", b.id().hashCode()))
                .with("oid", (b, _) -> b.id())
                .with("abbreviatedOid", (b, _) -> b.id().substring(0, 7))
                .with("byteSize", (b, env) -> bytes(b, env).length)
                .with("isBinary", (b, env) -> binary(bytes(b, env)))
                .with("isTruncated", (_, _) -> false)
                .with(
                        "text",
                        (b, env) -> {
                            var bytes = bytes(b, env);
                            return binary(bytes) ? null : new String(bytes, StandardCharsets.UTF_8);
                        })
                .addTo(wiring);
        new Fields<GitTag>("Tag")
                .with("id", (t, _) -> GitHubViews.nodeId("Tag", t.id().hashCode()))
                .with("oid", (t, _) -> t.id())
                .with("abbreviatedOid", (t, _) -> t.id().substring(0, 7))
                .with("name", (t, _) -> t.name())
                .with("message", (t, _) -> t.message())
                .with("target", (t, env) -> object(env, t.target()))
                .addTo(wiring);
    }

    private static String prefix(String ref) {
        var second = ref.indexOf('/', "refs/".length());
        return ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/")
                ? ref.substring(0, second + 1)
                : "refs/";
    }

    private static Map<String, Object> actor(GitPerson person, Instant at) {
        return Map.of("name", person.name(), "email", person.email(), "date", at);
    }

    private static byte[] bytes(BlobView blob, DataFetchingEnvironment env) {
        return call(env).world().git().blob(blob.id()).orElse(new byte[0]);
    }

    private static boolean binary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 8000); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
