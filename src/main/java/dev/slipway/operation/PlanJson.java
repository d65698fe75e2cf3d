package dev.slipway.operation;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The written form of a plan. It is explicit, field by field, because a plan written today is
/// resumed by the program of tomorrow.
public final class PlanJson {
    private PlanJson() {}

    /// The canonical JSON of `plan`.
    public static String write(Plan plan) {
        var root = content(plan);
        root.put("id", plan.id());
        root.put("created", plan.created().toString());
        return CanonicalJson.write(root);
    }

    /// SHA-256 of what `plan` does, without its id and time.
    static String hash(Plan plan) {
        return CanonicalJson.sha256(CanonicalJson.write(content(plan)));
    }

    /// The plan written in `json`.
    ///
    /// @throws InputException when it was written by a newer Slipway
    public static Plan read(String json) {
        var root = CanonicalJson.read(json);
        var format = root.required("format").asInt();
        if (format > Plan.FORMAT) {
            throw new InputException(
                    "The plan was written by a newer Slipway (format "
                            + format
                            + ", this one reads up to "
                            + Plan.FORMAT
                            + "). Nothing was changed. Update Slipway to resume it.");
        }
        return new Plan(
                root.required("id").asString(),
                format,
                root.required("kind").asString(),
                root.required("target").asString(),
                root.required("world").asString(),
                Instant.parse(root.required("created").asString()),
                strings(root.required("pins")),
                steps(root.required("steps")));
    }

    private static ObjectNode content(Plan plan) {
        var root = CanonicalJson.object();
        root.put("format", plan.format());
        root.put("kind", plan.kind());
        root.put("target", plan.target());
        root.put("world", plan.world());
        root.set("pins", strings(plan.pins()));
        root.set("steps", steps(plan.steps()));
        return root;
    }

    private static ArrayNode steps(List<PlanStep> steps) {
        var array = CanonicalJson.array();
        steps.forEach(s -> array.add(step(s)));
        return array;
    }

    private static ObjectNode step(PlanStep step) {
        var node = CanonicalJson.object();
        node.put("key", step.key());
        node.put("kind", word(step.kind()));
        node.put("title", step.title());
        node.put("touches", step.touches());
        node.put("undo", step.undo());
        node.put("ifFails", step.ifFails());
        step.provider().ifPresent(p -> node.put("provider", p.key()));
        node.set("parameters", strings(step.parameters()));
        switch (step.onFailure()) {
            case PlanStep.OnFailure.StopSafe() -> node.put("onFailure", "stop");
            case PlanStep.OnFailure.WarnOnly() -> node.put("onFailure", "warn");
            case PlanStep.OnFailure.Compensate(var list) -> node.set("onFailure", steps(list));
        }
        node.put(
                "lasting",
                switch (step.lasting()) {
                    case PlanStep.Lasting.Always() -> "always";
                    case PlanStep.Lasting.Once() -> "once";
                    case PlanStep.Lasting.Until(var key) -> "until:" + key;
                });
        node.put("pointOfNoReturn", step.pointOfNoReturn());
        node.put("fenced", step.fenced());
        node.put("closing", step.closing());
        // Only where it says something, so that plans of before keep their hash.
        if (step.abreast()) {
            node.put("abreast", true);
        }
        step.deadline().ifPresent(d -> node.put("deadlineMillis", d.toMillis()));
        return node;
    }

    private static List<PlanStep> steps(JsonNode array) {
        return array.valueStream().map(PlanJson::step).toList();
    }

    private static PlanStep step(JsonNode node) {
        return new PlanStep(
                node.required("key").asString(),
                PlanStep.Kind.valueOf(constant(node.required("kind").asString())),
                node.required("title").asString(),
                node.required("touches").asString(),
                node.required("undo").asString(),
                node.required("ifFails").asString(),
                Optional.ofNullable(node.get("provider"))
                        .map(p -> Provider.valueOf(constant(p.asString()))),
                strings(node.required("parameters")),
                onFailure(node.required("onFailure")),
                lasting(node.required("lasting").asString()),
                node.required("pointOfNoReturn").asBoolean(),
                node.required("fenced").asBoolean(),
                node.required("closing").asBoolean(),
                node.path("abreast").asBoolean(false),
                Optional.ofNullable(node.get("deadlineMillis"))
                        .map(d -> Duration.ofMillis(d.asLong())));
    }

    private static PlanStep.OnFailure onFailure(JsonNode node) {
        if (node.isArray()) {
            return new PlanStep.OnFailure.Compensate(steps(node));
        }
        return switch (node.asString()) {
            case "stop" -> new PlanStep.OnFailure.StopSafe();
            case "warn" -> new PlanStep.OnFailure.WarnOnly();
            default -> throw new IllegalArgumentException("unknown failure policy " + node);
        };
    }

    private static PlanStep.Lasting lasting(String text) {
        return switch (text) {
            case "always" -> new PlanStep.Lasting.Always();
            case "once" -> new PlanStep.Lasting.Once();
            default -> {
                if (!text.startsWith("until:")) {
                    throw new IllegalArgumentException("unknown lasting " + text);
                }
                yield new PlanStep.Lasting.Until(text.substring("until:".length()));
            }
        };
    }

    private static ObjectNode strings(Map<String, String> map) {
        var node = CanonicalJson.object();
        map.forEach(node::put);
        return node;
    }

    private static Map<String, String> strings(JsonNode node) {
        var map = new LinkedHashMap<String, String>();
        node.properties().forEach(e -> map.put(e.getKey(), e.getValue().asString()));
        return map;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
