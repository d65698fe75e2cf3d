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
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// The written form of a plan. It is explicit, field by field, because a plan written today is
/// resumed by the program of tomorrow.
public final class PlanJson {
    private PlanJson() {}

    /// The canonical JSON of `plan`.
    public static String write(Plan plan) {
        return CanonicalJson.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("created", plan.created().toString());
            json.writeNumberProperty("format", plan.format());
            json.writeStringProperty("id", plan.id());
            content(json, plan);
            json.writeEndObject();
        });
    }

    /// SHA-256 of what `plan` does, without its id and time.
    static String hash(Plan plan) {
        return CanonicalJson.sha256(
                CanonicalJson.write(json -> {
                    json.writeStartObject();
                    json.writeNumberProperty("format", plan.format());
                    content(json, plan);
                    json.writeEndObject();
                }));
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

    // Names are written in code unit order.

    private static void content(JsonGenerator json, Plan plan) {
        json.writeStringProperty("kind", plan.kind());
        strings(json, "pins", plan.pins());
        steps(json, "steps", plan.steps());
        json.writeStringProperty("target", plan.target());
        json.writeStringProperty("world", plan.world());
    }

    private static void steps(JsonGenerator json, String name, List<PlanStep> steps) {
        json.writeArrayPropertyStart(name);
        steps.forEach(s -> step(json, s));
        json.writeEndArray();
    }

    private static void step(JsonGenerator json, PlanStep step) {
        json.writeStartObject();
        // Only where it says something, so that plans of before keep their hash.
        if (step.abreast()) {
            json.writeBooleanProperty("abreast", true);
        }
        json.writeBooleanProperty("closing", step.closing());
        step.deadline().ifPresent(d -> json.writeNumberProperty("deadlineMillis", d.toMillis()));
        json.writeBooleanProperty("fenced", step.fenced());
        json.writeStringProperty("ifFails", step.ifFails());
        json.writeStringProperty("key", step.key());
        json.writeStringProperty("kind", word(step.kind()));
        json.writeStringProperty(
                "lasting",
                switch (step.lasting()) {
                    case PlanStep.Lasting.Always() -> "always";
                    case PlanStep.Lasting.Once() -> "once";
                    case PlanStep.Lasting.Until(var key) -> "until:" + key;
                });
        switch (step.onFailure()) {
            case PlanStep.OnFailure.StopSafe() -> json.writeStringProperty("onFailure", "stop");
            case PlanStep.OnFailure.WarnOnly() -> json.writeStringProperty("onFailure", "warn");
            case PlanStep.OnFailure.Compensate(var list) -> steps(json, "onFailure", list);
        }
        strings(json, "parameters", step.parameters());
        json.writeBooleanProperty("pointOfNoReturn", step.pointOfNoReturn());
        step.provider().ifPresent(p -> json.writeStringProperty("provider", p.key()));
        json.writeStringProperty("title", step.title());
        json.writeStringProperty("touches", step.touches());
        json.writeStringProperty("undo", step.undo());
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, Map<String, String> map) {
        json.writeObjectPropertyStart(name);
        new TreeMap<>(map).forEach(json::writeStringProperty);
        json.writeEndObject();
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
