package dev.slipway.sandbox.server;

import dev.slipway.sandbox.server.GitHubGraphQlObjects.BlobView;
import dev.slipway.sandbox.server.GitHubGraphQlObjects.TreeView;
import dev.slipway.sandbox.world.GitCommit;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Where the fields of GitHub's GraphQL schema get their values: the repository, people, and moving refs.
final class GitHubGraphQlFetchers {
    private static final String HEX40 = "[0-9a-fA-F]{40}";

    private GitHubGraphQlFetchers() {}

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
        GitHubGraphQlObjects.addTo(wiring);
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
                .with(
                        "defaultBranchRef",
                        (s, env) ->
                                GitHubGraphQlObjects.ref(env, "refs/heads/" + s.defaultBranch()))
                .with(
                        "ref",
                        (_, env) -> {
                            String name = Objects.requireNonNull(env.getArgument("qualifiedName"));
                            return GitHubGraphQlObjects.ref(env, name)
                                    .or(() -> GitHubGraphQlObjects.ref(env, "refs/heads/" + name))
                                    .or(() -> GitHubGraphQlObjects.ref(env, "refs/tags/" + name));
                        })
                .with("refs", (_, env) -> GitHubGraphQlObjects.refs(env))
                .with("object", (_, env) -> GitHubGraphQlObjects.object(env))
                .with("mergeQueue", (_, _) -> null)
                .with("pullRequest", (_, env) -> GitHubGraphQlPulls.one(env))
                .with("pullRequests", (_, env) -> GitHubGraphQlPulls.some(env))
                .addTo(wiring);
    }
}
