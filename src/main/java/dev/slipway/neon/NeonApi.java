package dev.slipway.neon;

import dev.slipway.domain.Provider;
import dev.slipway.http.Call;
import dev.slipway.http.Json;
import dev.slipway.http.Purpose;
import dev.slipway.http.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Calls to one project, and the lists it gives page by page.
record NeonApi(Transport transport, String project, Purpose purpose) {
    private static final int MOST_PAGES = 200;

    /// A call below `/projects/{project}`.
    Call call(String method, String template, Object... ids) {
        var all = Stream.concat(Stream.of(project), Stream.of(ids)).toArray();
        return Call.of(Provider.NEON, method, "/projects/{project}" + template, all).as(purpose);
    }

    Call get(String template, Object... ids) {
        return call("GET", template, ids).cached(Call.Caching.ETAG);
    }

    /// One page and where the next one begins.
    record Page<T>(List<T> items, Optional<String> cursor) {}

    /// Follows a cursor to the end of a list.
    <T> List<T> pages(Call first, int most, Function<Json, Page<T>> reader) {
        var result = new ArrayList<T>();
        var call = first;
        for (int page = 1; ; page++) {
            var read = transport.read(call, a -> reader.apply(a.json()));
            result.addAll(read.items());
            if (read.cursor().isEmpty()
                    || read.items().isEmpty()
                    || page == Math.min(most, MOST_PAGES)) {
                return List.copyOf(result);
            }
            call = first.with("cursor", read.cursor().get());
        }
    }
}
