package dev.slipway.sandbox.server;

import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A list in pages as GraphQL has them: the nodes between two cursors, the first or last of them.
final class GitHubGraphQlConnection {
    private GitHubGraphQlConnection() {}

    /// The page that the arguments of a field ask for.
    ///
    /// @param key what a cursor says about an item; unique in the list
    /// @throws GitHubGraphQlRefusal when the arguments name no page
    static <T> Map<String, @Nullable Object> of(
            DataFetchingEnvironment environment, List<T> all, Function<T, String> key) {
        var cursors = all.stream().map(item -> cursor(key.apply(item))).toList();
        var from = 0;
        var to = all.size();
        String after = environment.getArgument("after");
        String before = environment.getArgument("before");
        if (after != null) {
            from = position(cursors, after) + 1;
        }
        if (before != null) {
            to = Math.max(from, position(cursors, before));
        }
        Integer first = size(environment, "first");
        Integer last = size(environment, "last");
        if (first == null && last == null) {
            var field = environment.getField().getName();
            throw new GitHubGraphQlRefusal(
                    "MISSING_PAGINATION_BOUNDARIES",
                    "You must provide a `first` or `last` value to properly paginate the `"
                            + field
                            + "` connection.");
        }
        if (first != null) {
            to = Math.min(to, from + first);
        }
        if (last != null) {
            from = Math.max(from, to - last);
        }
        var nodes = all.subList(from, to);
        var start = from;
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("totalCount", all.size());
        result.put("nodes", nodes);
        result.put(
                "edges",
                IntStream.range(0, nodes.size())
                        .mapToObj(
                                i -> Map.of("cursor", cursors.get(start + i), "node", nodes.get(i)))
                        .toList());
        var page = new LinkedHashMap<String, @Nullable Object>();
        page.put("hasNextPage", to < all.size());
        page.put("hasPreviousPage", from > 0);
        page.put("startCursor", nodes.isEmpty() ? null : cursors.get(from));
        page.put("endCursor", nodes.isEmpty() ? null : cursors.get(to - 1));
        result.put("pageInfo", page);
        return result;
    }

    private static @Nullable Integer size(DataFetchingEnvironment environment, String name) {
        Integer size = environment.getArgument(name);
        if (size == null || (size >= 1 && size <= 100)) {
            return size;
        }
        throw new GitHubGraphQlRefusal(
                size > 100 ? "EXCESSIVE_PAGINATION" : "ARGUMENT_LIMIT",
                "Requesting "
                        + size
                        + " records on the `"
                        + environment.getField().getName()
                        + "` connection is not possible; `"
                        + name
                        + "` goes from 1 to 100.");
    }

    private static String cursor(String key) {
        return Base64.getEncoder()
                .encodeToString(("cursor:v2:" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(List<String> cursors, String cursor) {
        var position = cursors.indexOf(Objects.requireNonNull(cursor));
        if (position < 0) {
            throw new GitHubGraphQlRefusal(
                    "INVALID_CURSOR_ARGUMENTS",
                    "`" + cursor + "` does not appear to be a valid cursor.");
        }
        return position;
    }
}
