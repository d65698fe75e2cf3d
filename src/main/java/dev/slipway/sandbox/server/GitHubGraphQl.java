package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubQuota.Resource;
import dev.slipway.sandbox.world.GitHubQuota.Window;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubWorld;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// GitHub's GraphQL API: a real executor over a part of GitHub's schema. It charges points by the
/// shape of the query and answers with partial data and typed errors, status 200 in any case.
final class GitHubGraphQl implements DataFetcherExceptionHandler {
    /// Keys in the context of a query.
    static final String CALL = "call";

    static final String COST = "cost";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final GitHubWorld world;
    private final GraphQL graphql;

    GitHubGraphQl(GitHubWorld world) {
        this.world = world;
        var wiring = RuntimeWiring.newRuntimeWiring();
        GitHubGraphQlFetchers.addTo(wiring);
        var schema =
                new SchemaGenerator()
                        .makeExecutableSchema(new SchemaParser().parse(schema()), wiring.build());
        graphql = GraphQL.newGraphQL(schema).defaultDataFetcherExceptionHandler(this).build();
    }

    private static String schema() {
        try (var in = GitHubGraphQl.class.getResourceAsStream("github.graphqls")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(GitHubRoutes routes) {
        routes.all().add(new LoopbackServer.Route("POST", "/graphql", this::answer));
    }

    private Response answer(Request request) {
        var grant = world.accounts().grant(request.token().orElse("")).orElseThrow();
        var call = new GitHubCall(request, grant.getValue(), world);
        var query = call.body().path("query").asString("");
        if (query.isEmpty()) {
            throw new GitHubRefusal(
                    400, "A query attribute must be specified and must be a string.");
        }
        var given = call.body().path("variables");
        Map<String, Object> variables =
                given.isObject() ? JSON.convertValue(given, OBJECT) : Map.of();
        var operation = call.body().path("operationName").asString("");
        var name = operation.isEmpty() ? null : operation;
        GitHubGraphQlCost cost;
        boolean mutation;
        try {
            var document = Parser.parse(query);
            cost = GitHubGraphQlCost.of(document, name, variables);
            mutation =
                    document.getDefinitionsOfType(OperationDefinition.class).stream()
                            .anyMatch(o -> o.getOperation() == Operation.MUTATION);
        } catch (InvalidSyntaxException e) {
            return failed(null, "Parse error: " + e.getMessage());
        }
        if (cost.nodes() > GitHubGraphQlCost.MOST_NODES) {
            return failed(
                    "MAX_NODE_LIMIT_EXCEEDED",
                    "This query requests up to "
                            + cost.nodes()
                            + " possible nodes which exceeds the maximum limit of "
                            + GitHubGraphQlCost.MOST_NODES
                            + ".");
        }
        var wait =
                world.quota()
                        .hurry(
                                grant.getKey(),
                                "graphql",
                                Resource.GRAPHQL,
                                mutation ? 5 : 1,
                                false);
        if (wait.isPresent()) {
            return GitHubRoutes.hurried(wait.get());
        }
        if (window(grant.getKey()).remaining() < cost.points()) {
            return failed(
                    "RATE_LIMITED", "API rate limit exceeded for token " + grant.getKey() + ".");
        }
        world.quota().use(grant.getKey(), Resource.GRAPHQL, cost.points());
        var input =
                ExecutionInput.newExecutionInput(query)
                        .operationName(name)
                        .variables(variables)
                        .graphQLContext(
                                Map.of(
                                        CALL,
                                        call,
                                        COST,
                                        cost,
                                        Window.class,
                                        window(grant.getKey())))
                        .build();
        return Response.json(200, body(graphql.execute(input)));
    }

    private Window window(long token) {
        return world.quota().look(token, Resource.GRAPHQL);
    }

    private static Response failed(@Nullable String type, String message) {
        var error = new LinkedHashMap<String, Object>();
        if (type != null) {
            error.put("type", type);
        }
        error.put("message", message);
        return Response.json(200, Map.of("errors", List.of(error)));
    }

    private static Map<String, @Nullable Object> body(ExecutionResult result) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        if (!result.getErrors().isEmpty()) {
            body.put("errors", result.getErrors().stream().map(GitHubGraphQl::error).toList());
        }
        return body;
    }

    private static Map<String, Object> error(GraphQLError error) {
        var view = new LinkedHashMap<String, Object>();
        var extensions = error.getExtensions();
        if (extensions != null && extensions.get("type") instanceof String type) {
            view.put("type", type);
        }
        if (error.getPath() != null) {
            view.put("path", error.getPath());
        }
        if (error.getLocations() != null) {
            view.put(
                    "locations",
                    error.getLocations().stream()
                            .map(l -> Map.of("line", l.getLine(), "column", l.getColumn()))
                            .toList());
        }
        view.put("message", error.getMessage());
        return view;
    }

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        var problem = parameters.getException();
        var type =
                switch (problem) {
                    case GitHubGraphQlRefusal refusal -> refusal.type();
                    case GitHubRefusal refusal ->
                            switch (refusal.status()) {
                                case 403 -> "FORBIDDEN";
                                case 404 -> "NOT_FOUND";
                                default -> "UNPROCESSABLE";
                            };
                    case null, default -> "SERVICE_UNAVAILABLE";
                };
        var error =
                GraphqlErrorBuilder.newError()
                        .message("%s", String.valueOf(problem.getMessage()))
                        .path(parameters.getPath())
                        .location(parameters.getSourceLocation())
                        .extensions(Map.of("type", type))
                        .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }
}
