package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.DnsRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The filters of a record list: dotted query keys such as `name.startswith`, joined by `match`.
final class CloudflareDnsFilter {
    private CloudflareDnsFilter() {}

    static Predicate<DnsRecord> of(Request request) {
        var filters = new ArrayList<Predicate<DnsRecord>>();
        request.query("type").ifPresent(t -> filters.add(r -> r.type().equalsIgnoreCase(t)));
        request.query("proxied")
                .ifPresent(p -> filters.add(r -> String.valueOf(r.proxied()).equals(p)));
        text(request, "name", DnsRecord::name, filters);
        text(request, "content", DnsRecord::content, filters);
        text(request, "comment", DnsRecord::comment, filters);
        present(request, "comment.present")
                .ifPresent(_ -> filters.add(r -> !r.comment().isEmpty()));
        present(request, "comment.absent").ifPresent(_ -> filters.add(r -> r.comment().isEmpty()));
        request.query("search")
                .ifPresent(s ->
                        filters.add(r ->
                                (r.name() + " " + r.content() + " " + r.comment()).contains(s)));
        var tags = tags(request);
        if (!tags.isEmpty()) {
            filters.add(joined(tags, request.query("tag_match")));
        }
        return joined(filters, request.query("match"));
    }

    private static void text(
            Request request,
            String key,
            Function<DnsRecord, String> of,
            List<Predicate<DnsRecord>> filters) {
        for (var how : List.of("", ".exact", ".contains", ".startswith", ".endswith")) {
            request.query(key + how)
                    .map(v -> v.toLowerCase(Locale.ROOT))
                    .ifPresent(wanted ->
                            filters.add(r ->
                                    matches(of.apply(r).toLowerCase(Locale.ROOT), how, wanted)));
        }
    }

    private static boolean matches(String value, String how, String wanted) {
        return switch (how) {
            case ".contains" -> value.contains(wanted);
            case ".startswith" -> value.startsWith(wanted);
            case ".endswith" -> value.endsWith(wanted);
            default -> value.equals(wanted);
        };
    }

    private static Optional<String> present(Request request, String key) {
        return request.query(key).filter(v -> !v.equals("false"));
    }

    private static List<Predicate<DnsRecord>> tags(Request request) {
        var filters = new ArrayList<Predicate<DnsRecord>>();
        request.query("tag").ifPresent(t -> filters.add(r -> r.tags().contains(t)));
        request.query("tag.exact").ifPresent(t -> filters.add(r -> r.tags().contains(t)));
        request.query("tag.present").ifPresent(t -> filters.add(r -> named(r, t)));
        request.query("tag.absent").ifPresent(t -> filters.add(r -> !named(r, t)));
        request.query("tag.contains")
                .ifPresent(t -> filters.add(r -> r.tags().stream().anyMatch(x -> x.contains(t))));
        request.query("tag.startswith")
                .ifPresent(t -> filters.add(r -> r.tags().stream().anyMatch(x -> x.startsWith(t))));
        request.query("tag.endswith")
                .ifPresent(t -> filters.add(r -> r.tags().stream().anyMatch(x -> x.endsWith(t))));
        return filters;
    }

    private static boolean named(DnsRecord record, String tag) {
        return record.tags().stream().anyMatch(t -> t.equals(tag) || t.startsWith(tag + ":"));
    }

    private static Predicate<DnsRecord> joined(
            List<Predicate<DnsRecord>> filters, Optional<String> match) {
        if (filters.isEmpty()) {
            return _ -> true;
        }
        return match.equals(Optional.of("any"))
                ? r -> filters.stream().anyMatch(f -> f.test(r))
                : r -> filters.stream().allMatch(f -> f.test(r));
    }
}
