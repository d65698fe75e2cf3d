package dev.slipway.sandbox.world;

import dev.slipway.sandbox.world.WorkerDeployment.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What Cloudflare allows for versions and deployments of one script. Pure.
final class WorkerRules {
    private WorkerRules() {}

    /// The number of the next version.
    static int number(WorkerScript script) {
        return script.newest().map(WorkerVersion::number).orElse(0) + 1;
    }

    /// The bindings with those of type `inherit` replaced by what they stand for.
    static List<WorkerBinding> inherited(WorkerScript script, List<WorkerBinding> given) {
        return given.stream()
                .map(b -> b.type().equals("inherit") ? inherit(script, b) : b)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static WorkerBinding inherit(WorkerScript script, WorkerBinding wanted) {
        var from = String.valueOf(wanted.fields().getOrDefault("old_name", wanted.name()));
        var id = Optional.ofNullable(wanted.fields().get("version_id")).map(String::valueOf);
        return id.filter(i -> !i.equals("latest"))
                .map(script::version)
                .orElseGet(script::newest)
                .flatMap(v -> v.binding(from))
                .map(b -> new WorkerBinding(b.type(), wanted.name(), b.fields()))
                .orElseThrow(() ->
                        new CloudflareRefusal(
                                400,
                                10057,
                                "Binding '%s' cannot be inherited: there is none."
                                        .formatted(from)));
    }

    /// Refuses shares that do not make a hundred, and versions that cannot be deployed.
    static void check(WorkerScript script, List<Share> shares) {
        var sum = shares.stream().mapToDouble(Share::percentage).sum();
        var ids = new HashSet<String>();
        if (shares.isEmpty()
                || Math.abs(sum - 100) > 0.001
                || shares.stream().anyMatch(s -> s.percentage() < 0)
                || !shares.stream().allMatch(s -> ids.add(s.version()))) {
            throw CloudflareRefusal.invalid(
                    "Percentages of different versions must add up to 100, not " + sum + ".");
        }
        var deployable =
                script.deployable().stream().map(WorkerVersion::id).collect(Collectors.toSet());
        for (var share : shares) {
            if (!deployable.contains(share.version())) {
                throw CloudflareRefusal.noVersion(share.version());
            }
        }
    }

    /// Names of secrets that differ between an older version that comes back and what is live.
    static SortedSet<String> changedSecrets(WorkerScript script, List<Share> shares) {
        var changed = new TreeSet<String>();
        var active = script.active().orElse(null);
        if (active == null) {
            return changed;
        }
        var live =
                active.versions().stream()
                        .map(s -> script.version(s.version()).orElse(null))
                        .filter(Objects::nonNull)
                        .max((a, b) -> Integer.compare(a.number(), b.number()));
        for (var share : shares) {
            var back = script.version(share.version()).orElseThrow();
            if (live.isEmpty()
                    || active.includes(back.id())
                    || back.number() > live.get().number()) {
                continue;
            }
            var now = live.get().secrets();
            var then = back.secrets();
            now.stream().filter(b -> !then.contains(b)).forEach(b -> changed.add(b.name()));
            then.stream().filter(b -> !now.contains(b)).forEach(b -> changed.add(b.name()));
        }
        return changed;
    }
}
