package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitCommit;
import dev.slipway.sandbox.world.GitEntry;
import dev.slipway.sandbox.world.GitHubPulls.Method;
import dev.slipway.sandbox.world.GitHubQuota.Window;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubSettings;
import dev.slipway.sandbox.world.GitHubToken.Access;
import dev.slipway.sandbox.world.GitHubUser;
import dev.slipway.sandbox.world.GitRefChange;
import dev.slipway.sandbox.world.GitTag;
import graphql.TypeResolutionEnvironment;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Where the fields of GitHub's GraphQL schema get their values: the repository, its refs and
/// objects, people, and moving refs.
final class GitHubGraphQlFetchers {
    private static final String HEX40 = "[0-9a-fA-F]{40}";

    private GitHubGraphQlFetchers() {}

    /// What a ref is in a query.
    record RefView(String name, String id) {}

    /// What a tree is in a query.
    record TreeView(String id) {}

    /// What a blob is in a query.
    record BlobView(String id) {}

    /// One field's value from the thing it belongs to.
    interface Field<S> extends BiFunction<S, DataFetchingEnvironment, @Nullable Object> {}

    /// The fields of a type by name.
    static final class Fields<S> {
        private final TypeRuntimeWiring.Builder wiring;

        Fields(String type) {
            wiring = TypeRuntimeWiring.newTypeWiring(type);
        }

        Fields<S> with(String name, Field<S> field) {
            wiring.dataFetcher(
                    name,
                    environment -> {
                        var value = field.apply(environment.<S>getSource(), environment);
                        return value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
                    });
            return this;
        }

        void addTo(RuntimeWiring.Builder all) {
            all.type(wiring);
        }
    }

    static GitHubCall call(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().get(GitHubGraphQl.CALL));
    }

    static void require(DataFetchingEnvironment environment, String permission) {
        var token = call(environment).token();
        if (!GitHubRoutes.allowed(token, permission)) {
            throw new GitHubRefusal(403, GitHubRoutes.inaccessible(token));
        }
    }

    static void addTo(RuntimeWiring.Builder wiring) {
        wiring.scalar(GitHubGraphQlScalar.of("DateTime", ".+"))
                .scalar(GitHubGraphQlScalar.of("URI", ".+"))
                .scalar(GitHubGraphQlScalar.of("GitObjectID", HEX40))
                .scalar(GitHubGraphQlScalar.of("GitRefname", ".+"));
        for (var type :
                List.of(
                        "Node",
                        "Actor",
                        "RepositoryOwner",
                        "GitObject",
                        "StatusCheckRollupContext")) {
            wiring.type(
                    TypeRuntimeWiring.newTypeWiring(type)
                            .typeResolver(GitHubGraphQlFetchers::typeOf));
        }
        root(wiring);
        people(wiring);
        repository(wiring);
        objects(wiring);
        GitHubGraphQlPulls.addTo(wiring);
        GitHubGraphQlStatus.addTo(wiring);
    }

    private static GraphQLObjectType typeOf(TypeResolutionEnvironment environment) {
        Object value = Objects.requireNonNull(environment.getObject());
        var name =
                switch (value) {
                    case GitHubUser user -> user.bot() ? "Bot" : "User";
                    case GitHubSettings _ -> "Repository";
                    case GitCommit _ -> "Commit";
                    case TreeView _ -> "Tree";
                    case BlobView _ -> "Blob";
                    case GitTag _ -> "Tag";
                    default -> GitHubGraphQlPulls.typeOf(value);
                };
        return Objects.requireNonNull(environment.getSchema().getObjectType(name));
    }

    // ---- roots

    private static void root(RuntimeWiring.Builder wiring) {
        new Fields<Object>("Query")
                .with("viewer", (_, env) -> call(env).world().accounts().person(call(env).login()))
                .with("rateLimit", (_, env) -> rateLimit(env))
                .with("repository", (_, env) -> repository(env))
                .with("node", (_, env) -> node(env))
                .addTo(wiring);
        new Fields<Object>("Mutation")
                .with("updateRefs", (_, env) -> updateRefs(env))
                .addTo(wiring);
    }

    private static Map<String, Object> rateLimit(DataFetchingEnvironment env) {
        Window window = Objects.requireNonNull(env.getGraphQlContext().get(Window.class));
        GitHubGraphQlCost cost =
                Objects.requireNonNull(env.getGraphQlContext().get(GitHubGraphQl.COST));
        return Map.of(
                "cost", cost.points(),
                "limit", window.limit(),
                "nodeCount", cost.nodes(),
                "remaining", window.remaining(),
                "resetAt", window.reset().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                "used", window.used());
    }

    private static GitHubSettings repository(DataFetchingEnvironment env) {
        var settings = call(env).world().settings();
        var wanted = env.<String>getArgument("owner") + "/" + env.<String>getArgument("name");
        if (!settings.fullName().equalsIgnoreCase(wanted)) {
            throw new GitHubGraphQlRefusal(
                    "NOT_FOUND",
                    "Could not resolve to a Repository with the name '" + wanted + "'.");
        }
        return settings;
    }

    private static Object node(DataFetchingEnvironment env) {
        var world = call(env).world();
        String id = Objects.requireNonNull(env.getArgument("id"));
        if (id.equals(repositoryId(world.settings()))) {
            return world.settings();
        }
        return world.pulls().all().stream()
                .filter(p -> GitHubViews.nodeId("PullRequest", p.number()).equals(id))
                .findFirst()
                .orElseThrow(() -> unresolved(id));
    }

    private static GitHubGraphQlRefusal unresolved(String id) {
        return new GitHubGraphQlRefusal(
                "NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'");
    }

    private static Map<String, @Nullable Object> updateRefs(DataFetchingEnvironment env) {
        require(env, "contents=write");
        Map<String, Object> input = Objects.requireNonNull(env.getArgument("input"));
        var world = call(env).world();
        var repository = String.valueOf(input.get("repositoryId"));
        if (!repository.equals(repositoryId(world.settings()))) {
            throw unresolved(repository);
        }
        var changes = new ArrayList<GitRefChange>();
        if (input.get("refUpdates") instanceof List<?> updates) {
            for (var update : updates) {
                if (update instanceof Map<?, ?> map) {
                    changes.add(
                            new GitRefChange(
                                    String.valueOf(map.get("name")),
                                    Optional.ofNullable(map.get("beforeOid")).map(Object::toString),
                                    String.valueOf(map.get("afterOid")),
                                    Boolean.TRUE.equals(map.get("force"))));
                }
            }
        }
        world.refs().updateAll(changes, call(env).login());
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("clientMutationId", input.get("clientMutationId"));
        return payload;
    }

    static String repositoryId(GitHubSettings settings) {
        return GitHubViews.nodeId("Repository", settings.id());
    }

    // ---- people

    private static void people(RuntimeWiring.Builder wiring) {
        for (var type : List.of("User", "Bot")) {
            var fields =
                    new Fields<GitHubUser>(type)
                            .with("id", (u, _) -> GitHubViews.nodeId("User", u.id()))
                            .with("databaseId", (u, _) -> short32(u.id()))
                            .with("login", (u, _) -> u.login())
                            .with("avatarUrl", (u, env) -> call(env).views().avatar(u.login()))
                            .with("url", (u, env) -> call(env).base() + "/" + u.login());
            if (type.equals("User")) {
                fields.with("name", (u, _) -> u.name());
            }
            fields.addTo(wiring);
        }
    }

    /// GraphQL's whole numbers end at 31 bits; ids beyond are null here.
    static @Nullable Integer short32(long id) {
        return id <= Integer.MAX_VALUE ? (Integer) (int) id : null;
    }

    // ---- repository

    private static void repository(RuntimeWiring.Builder wiring) {
        new Fields<GitHubSettings>("Repository")
                .with("id", (s, _) -> repositoryId(s))
                .with("databaseId", (s, _) -> short32(s.id()))
                .with("name", (s, _) -> s.name())
                .with("nameWithOwner", (s, _) -> s.fullName())
                .with("owner", (s, env) -> call(env).world().accounts().person(s.owner()))
                .with("url", (_, env) -> call(env).views().html(""))
                .with("isPrivate", (s, _) -> s.hidden())
                .with("isArchived", (_, _) -> false)
                .with(
                        "viewerPermission",
                        (_, env) ->
                                call(env).token().allows("contents", Access.WRITE)
                                        ? "WRITE"
                                        : "READ")
                .with("mergeCommitAllowed", (s, _) -> s.merges().contains(Method.MERGE))
                .with("squashMergeAllowed", (s, _) -> s.merges().contains(Method.SQUASH))
                .with("rebaseMergeAllowed", (s, _) -> s.merges().contains(Method.REBASE))
                .with("deleteBranchOnMerge", (s, _) -> s.deletesHead())
                .with("defaultBranchRef", (s, env) -> ref(env, "refs/heads/" + s.defaultBranch()))
                .with(
                        "ref",
                        (_, env) -> {
                            String name = Objects.requireNonNull(env.getArgument("qualifiedName"));
                            return ref(env, name)
                                    .or(() -> ref(env, "refs/heads/" + name))
                                    .or(() -> ref(env, "refs/tags/" + name));
                        })
                .with("refs", (_, env) -> refs(env))
                .with("object", (_, env) -> object(env))
                .with("mergeQueue", (_, _) -> null)
                .with("pullRequest", (_, env) -> GitHubGraphQlPulls.one(env))
                .with("pullRequests", (_, env) -> GitHubGraphQlPulls.some(env))
                .addTo(wiring);
    }

    static Optional<RefView> ref(DataFetchingEnvironment env, String name) {
        return name.startsWith("refs/")
                ? call(env).world().git().ref(name).map(id -> new RefView(name, id))
                : Optional.empty();
    }

    private static Map<String, @Nullable Object> refs(DataFetchingEnvironment env) {
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

    // ---- objects

    private static @Nullable Object object(DataFetchingEnvironment env) {
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

    private static void objects(RuntimeWiring.Builder wiring) {
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

    private static Map<String, Object> actor(
            dev.slipway.sandbox.world.GitPerson person, java.time.Instant at) {
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
