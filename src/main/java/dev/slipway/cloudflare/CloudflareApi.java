package dev.slipway.cloudflare;

import dev.slipway.domain.Provider;
import dev.slipway.http.Answer;
import dev.slipway.http.Call;
import dev.slipway.http.Json;
import dev.slipway.http.Purpose;
import dev.slipway.http.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Calls to one account, and the envelope every answer comes in.
record CloudflareApi(Transport transport, String account, Purpose purpose) {
    private static final int MOST_PAGES = 200;

    /// A call below `/accounts/{account}/workers`.
    Call workers(String method, String template, Object... ids) {
        var all = Stream.concat(Stream.of(account), Stream.of(ids)).toArray();
        return anywhere(
                Call.of(
                        Provider.CLOUDFLARE,
                        method,
                        "/accounts/{account}/workers" + template,
                        all));
    }

    Call get(String template, Object... ids) {
        return workers("GET", template, ids).cached(Call.Caching.ETAG);
    }

    Call anywhere(Call call) {
        return call.as(purpose);
    }

    /// What is inside an answer's envelope.
    static Json result(Answer answer) {
        var json = answer.json();
        if (!json.flag("success")) {
            throw new Json.Unreadable("success is not true");
        }
        return json.get("result");
    }

    /// Every item of a list that comes in numbered pages.
    ///
    /// @param items finds the list in a page's result
    <T> List<T> pages(
            Call call,
            int perPage,
            int most,
            Function<Json, List<Json>> items,
            Function<Json, T> reader) {
        var result = new ArrayList<T>();
        for (int number = 1; number <= MOST_PAGES && result.size() < most; number++) {
            var page =
                    transport.read(
                            call.with("page", number).with("per_page", perPage),
                            a -> page(a, items, reader));
            result.addAll(page.items());
            if (page.last() || page.items().isEmpty()) {
                break;
            }
        }
        return List.copyOf(result.size() > most ? result.subList(0, most) : result);
    }

    private record Page<T>(List<T> items, boolean last) {}

    private static <T> Page<T> page(
            Answer answer, Function<Json, List<Json>> items, Function<Json, T> reader) {
        var list = items.apply(result(answer)).stream().map(reader).toList();
        var info = answer.json().find("result_info");
        var last =
                info.map(
                                i -> {
                                    var pages = i.maybeNumber("total_pages");
                                    var total = i.maybeNumber("total_count");
                                    long page = i.maybeNumber("page").orElse(1);
                                    if (pages.isPresent()) {
                                        return page >= pages.getAsLong();
                                    }
                                    return total.isPresent()
                                            && page * i.maybeNumber("per_page").orElse(list.size())
                                                    >= total.getAsLong();
                                })
                        .orElse(false);
        return new Page<>(list, last);
    }
}
