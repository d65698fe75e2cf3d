package dev.slipway.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What two descriptions of a stack say differently. Compared by meaning: a value left out is the
/// same as its documented value written down.
public final class StackDifference {
    private StackDifference() {}

    /// One entry for each key that differs, `promotion.traffic: 100 instead of 10, 50, 100`, in the
    /// order of their names.
    ///
    /// @param used the one in use
    /// @param other the one it is compared with
    public static List<String> between(Stack used, Stack other) {
        var ours = values(used);
        var theirs = values(other);
        var keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        var differences = new ArrayList<String>();
        for (var key : keys) {
            var one = ours.getOrDefault(key, "");
            var two = theirs.getOrDefault(key, "");
            if (!one.equals(two)) {
                differences.add(key + ": " + word(one) + " instead of " + word(two));
            }
        }
        return differences;
    }

    private static String word(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    private static Map<String, String> values(Stack stack) {
        var values = new LinkedHashMap<String, String>();
        values.put("repository", stack.repository());
        values.put("branch", stack.branch());
        values.put("environment", stack.environment());
        values.put(
                "workers",
                String.join(", ", stack.workers().stream().map(StackWorker::name).toList()));
        stack.workers().forEach(worker -> worker(worker, values));
        var neon = stack.neon();
        values.put("neon.project", neon.project());
        values.put("neon.branch", neon.branch());
        values.put("neon.database", neon.database());
        values.put("neon.role", neon.role());
        values.put("neon.previewBranch", pattern(neon.previewBranch()));
        values.put("cloudflare.account", stack.cloudflare().account());
        values.put("cloudflare.zone", stack.cloudflare().zone());
        values.put("migrations.folder", stack.migrations().folder());
        values.put("migrations.schema", stack.migrations().schema());
        values.put("migrations.table", stack.migrations().table());
        promotion(stack.promotion(), values);
        values.put(
                "versions",
                switch (stack.versions()) {
                    case Stack.Versions.Upload _ -> "upload";
                    case Stack.Versions.Workflow(var file) -> "workflow " + file;
                });
        stack.ignoredWorkflows()
                .forEach(w -> values.put("ci.ignored[" + w.workflow() + "]", w.reason()));
        values.put("policy.waivable", String.join(", ", stack.policy().waivable()));
        values.put("policy.approvals", "" + stack.policy().approvals());
        values.put("policy.environmentApproval", "" + stack.policy().environmentApproval());
        freeze(stack.freeze(), values);
        values.put("restore.precious", String.join(", ", stack.restore().precious()));
        values.put("restore.maintenance", stack.restore().maintenance().orElse(""));
        return values;
    }

    private static void worker(StackWorker worker, Map<String, String> values) {
        var at = "workers[" + worker.name() + "].";
        values.put(at + "script", worker.script());
        values.put(at + "hostname", worker.hostname());
        values.put(at + "previewScript", pattern(worker.previewScript()));
        values.put(at + "previewHostname", pattern(worker.previewHostname()));
        values.put(at + "secrets", String.join(", ", worker.secrets()));
        var health = worker.health();
        values.put(at + "health.path", health.path());
        values.put(at + "health.status", health.status());
        values.put(at + "health.versionId", health.versionId());
        values.put(at + "health.versionTag", health.versionTag());
        values.put(at + "health.databaseConnected", health.databaseConnected());
        values.put(at + "health.databaseLatest", health.databaseLatest());
        values.put(at + "health.databaseBranch", health.databaseBranch());
    }

    private static String pattern(Optional<NamePattern> pattern) {
        return pattern.map(NamePattern::toString).orElse("");
    }

    private static void promotion(Promotion promotion, Map<String, String> values) {
        values.put(
                "promotion.traffic",
                String.join(", ", promotion.traffic().stream().map(String::valueOf).toList()));
        values.put("promotion.probes", "" + promotion.probes());
        values.put("promotion.maxErrorRate", "" + promotion.maxErrorRate());
        values.put("promotion.maxP95", promotion.maxP95().toMillis() + "ms");
        values.put("promotion.soak", promotion.soak().map(s -> s.toSeconds() + "s").orElse(""));
        values.put("promotion.drillEvery", promotion.drillEvery().toHours() + "h");
        values.put("promotion.merge", promotion.merge().key());
        values.put("promotion.timestampTag", "" + promotion.timestampTag());
    }

    private static void freeze(Freeze freeze, Map<String, String> values) {
        if (!freeze.windows().isEmpty()) {
            values.put("freeze.zone", freeze.zone().getId());
        }
        freeze.windows().forEach(w -> values.put("freeze[" + w.words() + "]", w.reason()));
    }
}
