package dev.slipway.release;

import dev.slipway.health.Limits;
import dev.slipway.operation.PlanStep;
import dev.slipway.stack.HealthShape;
import dev.slipway.stack.Promotion;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Worker to be probed, as a plan's step carries it: everything is frozen with the plan, so that a
/// changed stack file cannot change what a running operation looks at.
///
/// @param worker the stack's name
/// @param script the script's name
/// @param hostname where production answers
/// @param health where its answer holds what is asked for
/// @param version the version that must answer; empty means the one that `await-versions` found
/// @param pinned whether the request names the version it wants
public record ProbePoint(
        String worker,
        String script,
        String hostname,
        HealthShape health,
        String version,
        boolean pinned) {
    private static final String PREFIX = "probe.";

    /// The parameters that stand for one Worker.
    public static Map<String, String> of(StackWorker worker, String version, boolean pinned) {
        var shape = worker.health();
        var fields =
                List.of(
                        worker.script(),
                        worker.hostname(),
                        version,
                        Boolean.toString(pinned),
                        shape.path(),
                        shape.status(),
                        shape.versionId(),
                        shape.versionTag(),
                        shape.databaseConnected(),
                        shape.databaseLatest(),
                        shape.databaseBranch());
        return Map.of(PREFIX + worker.name(), String.join("\n", fields));
    }

    /// The parameters that stand for the limits.
    public static Map<String, String> limits(Promotion promotion) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("probes", "" + promotion.probes());
        parameters.put("maxErrorRate", "" + promotion.maxErrorRate());
        parameters.put("maxP95Millis", "" + promotion.maxP95().toMillis());
        return parameters;
    }

    /// The limits of `step`.
    public static Limits limitsOf(PlanStep step) {
        return new Limits(
                Integer.parseInt(step.parameter("probes")),
                Double.parseDouble(step.parameter("maxErrorRate")),
                Duration.ofMillis(Long.parseLong(step.parameter("maxP95Millis"))));
    }

    /// The Workers of `step`, by name.
    public static List<ProbePoint> of(PlanStep step) {
        return step.parameters().entrySet().stream()
                .filter(e -> e.getKey().startsWith(PREFIX))
                .map(e -> read(e.getKey().substring(PREFIX.length()), e.getValue()))
                .sorted(Comparator.comparing(ProbePoint::worker))
                .toList();
    }

    private static ProbePoint read(String worker, String value) {
        var fields = value.split("\n", -1);
        return new ProbePoint(
                worker,
                fields[0],
                fields[1],
                new HealthShape(
                        fields[4],
                        fields[5],
                        fields[6],
                        fields[7],
                        fields[8],
                        fields[9],
                        fields[10]),
                fields[2],
                Boolean.parseBoolean(fields[3]));
    }
}
