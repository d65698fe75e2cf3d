package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Resource;
import dev.slipway.cloudflare.VersionDetail.Binding;
import dev.slipway.release.Situation.Reading;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What versions are bound to, and whether that is still there: Cloudflare does not go back to a version
/// with a binding that leads nowhere. Pure.
///
/// @param bound the bindings of a version, by its id
/// @param live what the versions that serve lead to
/// @param there whether a resource is there; those nobody looked for are absent
record Bindings(
        Map<String, Reading<List<Binding>>> bound,
        Set<Resource> live,
        Map<Resource, Reading<Boolean>> there) {
    Bindings {
        bound = Map.copyOf(bound);
        live = Set.copyOf(live);
        there = Map.copyOf(there);
    }

    /// Nothing of these releases is bound to anything.
    static Bindings none(Reading<List<PastRelease>> releases) {
        var bound = new LinkedHashMap<String, Reading<List<Binding>>>();
        releases.value().stream()
                .flatMap(List::stream)
                .flatMap(r -> r.versions().values().stream())
                .forEach(id -> bound.put(id, Reading.of(List.of(), releases.asOf())));
        return new Bindings(bound, Set.of(), Map.of());
    }

    /// What the versions lead to.
    static Set<Resource> resources(Iterable<Reading<List<Binding>>> versions) {
        var all = new HashSet<Resource>();
        versions.forEach(reading ->
                reading.value().stream()
                        .flatMap(List::stream)
                        .flatMap(b -> b.resource().stream())
                        .forEach(all::add));
        return all;
    }

    /// Why a Worker cannot return to a version, one or more sentences; empty when it can. What serves leads
    /// to as well is taken to be there unless somebody saw that it is not.
    ///
    /// @param of the release the version belongs to, in a word
    Optional<String> obstacle(String worker, String version, String of) {
        var reading = bound.get(version);
        if (reading == null || reading.value().isEmpty()) {
            return Optional.of(
                    worker
                            + ": what its version "
                            + Returning.brief(version)
                            + " of "
                            + of
                            + " is bound to is not known"
                            + (reading == null ? "." : ": " + reading.doubt()));
        }
        var sentences =
                reading.value().get().stream()
                        .flatMap(b -> b.resource().flatMap(r -> obstacle(b, r)).stream())
                        .collect(Collectors.joining(" "));
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        worker
                                + ": its version "
                                + Returning.brief(version)
                                + " of "
                                + of
                                + " cannot return. "
                                + sentences);
    }

    private Optional<String> obstacle(Binding binding, Resource resource) {
        var seen = Optional.ofNullable(there.get(resource));
        var answer = seen.flatMap(Reading::value);
        if (answer.isPresent()) {
            return answer.get() ? Optional.empty() : Optional.of(gone(binding, resource));
        }
        return live.contains(resource)
                ? Optional.empty()
                : Optional.of(
                        "Whether the "
                                + resource
                                + ", its binding "
                                + binding.name()
                                + ", is still there is not known: "
                                + seen.map(Reading::doubt).orElse("nobody looked.")
                                + " A token needs \""
                                + resource.kind().permission()
                                + "\" to see it.");
    }

    private static String gone(Binding binding, Resource resource) {
        return "Its binding "
                + binding.name()
                + " leads to the "
                + resource
                + ", which is gone, and Cloudflare deploys no version with a binding that leads nowhere."
                + (resource.kind().named()
                        ? " Make it again under that name, or choose another release."
                        : " A new one has another id, so choose another release.");
    }
}
