package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Resource;
import dev.slipway.cloudflare.Script;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.cloudflare.VersionDetail.Binding;
import dev.slipway.operation.Questions;
import dev.slipway.release.Asking;
import dev.slipway.release.Situation.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads what versions are bound to. A version never changes, so only what it leads to is asked again.
record BindingReader(Cloudflare cloudflare, Asking asking) {
    /// Reads.
    ///
    /// @param wanted the script of each version one may return to, by the version's id
    /// @param live likewise of what serves
    /// @param all whether what is live leads to as well is looked for, too
    Bindings of(Map<String, String> wanted, Map<String, String> live, boolean all) {
        var versions = new TreeMap<>(wanted);
        versions.putAll(live);
        try (var questions = new Questions()) {
            var details = new LinkedHashMap<String, Supplier<Reading<List<Binding>>>>();
            versions.forEach((id, script) ->
                    details.put(id, questions.ask(() -> asking.of(() -> bindings(script, id)))));
            var bound = waited(details);
            var serving = Bindings.resources(live.keySet().stream().map(bound::get).toList());
            var sought = Bindings.resources(bound.values());
            if (!all) {
                sought.removeAll(serving);
            }
            return new Bindings(bound, serving, there(sought, questions));
        }
    }

    private List<Binding> bindings(String script, String id) {
        return cloudflare
                .version(script, id)
                .map(VersionDetail::bindings)
                .orElseThrow(() ->
                        new dev.slipway.domain.RefusedException(
                                "Cloudflare does not show it any more."));
    }

    /// All Workers come in one list.
    private Map<Resource, Reading<Boolean>> there(Set<Resource> sought, Questions questions) {
        var there = new LinkedHashMap<Resource, Supplier<Reading<Boolean>>>();
        var scripts = questions.ask(() -> asking.of(() -> scripts(sought)));
        for (var resource : sought) {
            there.put(
                    resource,
                    resource.kind() == Resource.Kind.SERVICE
                            ? () -> in(scripts.get(), resource)
                            : questions.ask(() -> asking.of(() -> cloudflare.has(resource))));
        }
        return waited(there);
    }

    private Set<String> scripts(Set<Resource> sought) {
        return sought.stream().anyMatch(r -> r.kind() == Resource.Kind.SERVICE)
                ? cloudflare.scripts().stream().map(Script::name).collect(Collectors.toSet())
                : Set.of();
    }

    private static Reading<Boolean> in(Reading<Set<String>> scripts, Resource resource) {
        return new Reading<>(
                scripts.value().map(names -> names.contains(resource.id())),
                scripts.doubt(),
                scripts.asOf());
    }

    private static <K, V> Map<K, V> waited(Map<K, Supplier<V>> asked) {
        var answers = new LinkedHashMap<K, V>();
        asked.forEach((key, answer) -> answers.put(key, answer.get()));
        return answers;
    }
}
