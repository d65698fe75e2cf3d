package dev.slipway.sandbox.server;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What GitHub charges for a query before it runs: every connection costs one request for each node
/// above it, a hundred requests are one point.
///
/// @param requests requests of all connections
/// @param nodes how many nodes there can be at most
record GitHubGraphQlCost(long requests, long nodes) {
    /// More nodes than this are refused.
    static final long MOST_NODES = 500_000;

    /// The price in points, one at least.
    int points() {
        return (int) Math.max(1, Math.round(requests / 100.0));
    }

    static GitHubGraphQlCost of(
            Document document, @Nullable String operation, Map<String, Object> variables) {
        var fragments = new HashMap<String, FragmentDefinition>();
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(f -> fragments.put(f.getName(), f));
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(o -> operation == null || operation.equals(o.getName()))
                .findFirst()
                .map(o -> of(o.getSelectionSet(), 1, fragments, variables))
                .orElse(new GitHubGraphQlCost(0, 0));
    }

    private static GitHubGraphQlCost of(
            @Nullable SelectionSet selections,
            long above,
            Map<String, FragmentDefinition> fragments,
            Map<String, Object> variables) {
        var sum = new GitHubGraphQlCost(0, 0);
        if (selections == null || above > MOST_NODES) {
            return sum;
        }
        for (Selection<?> selection : selections.getSelections()) {
            sum =
                    sum.plus(
                            switch (selection) {
                                case Field field -> of(field, above, fragments, variables);
                                case InlineFragment inline ->
                                        of(inline.getSelectionSet(), above, fragments, variables);
                                case FragmentSpread spread ->
                                        Optional.ofNullable(fragments.get(spread.getName()))
                                                .map(f ->
                                                        of(
                                                                f.getSelectionSet(),
                                                                above,
                                                                fragments,
                                                                variables))
                                                .orElse(new GitHubGraphQlCost(0, 0));
                                default -> new GitHubGraphQlCost(0, 0);
                            });
        }
        return sum;
    }

    private static GitHubGraphQlCost of(
            Field field,
            long above,
            Map<String, FragmentDefinition> fragments,
            Map<String, Object> variables) {
        var size =
                field.getArguments().stream()
                        .filter(a -> a.getName().equals("first") || a.getName().equals("last"))
                        .mapToLong(a -> number(a, variables))
                        .filter(n -> n > 0)
                        .findFirst();
        if (size.isEmpty()) {
            return of(field.getSelectionSet(), above, fragments, variables);
        }
        var nodes = above * size.getAsLong();
        return of(field.getSelectionSet(), nodes, fragments, variables)
                .plus(new GitHubGraphQlCost(above, nodes));
    }

    private static long number(Argument argument, Map<String, Object> variables) {
        return switch (argument.getValue()) {
            case IntValue value -> value.getValue().longValue();
            case VariableReference variable
                    when variables.get(variable.getName()) instanceof Number number ->
                    number.longValue();
            default -> 0;
        };
    }

    private GitHubGraphQlCost plus(GitHubGraphQlCost other) {
        return new GitHubGraphQlCost(requests + other.requests, nodes + other.nodes);
    }
}
