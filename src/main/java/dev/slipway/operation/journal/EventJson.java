package dev.slipway.operation.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.slipway.operation.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The written form of events. Their types are closed and their fields typed, so nothing gets into
/// the journal that was not meant to.
final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Writes as [CanonicalJson] does, straight from the fields.
    private static final JsonMapper WRITER =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .addMixIn(Event.OfStep.class, WithoutColumns.class)
                    .build();

    private static final Map<Class<?>, String> NAMES =
            Stream.concat(
                            Arrays.stream(Event.class.getPermittedSubclasses()),
                            Arrays.stream(Event.OfStep.class.getPermittedSubclasses()))
                    .filter(Class::isRecord)
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), EventJson::name));
    private static final Map<String, Class<?>> TYPES =
            NAMES.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    /// What a journal keeps in columns of its own.
    @JsonIgnoreProperties({"step", "attempt"})
    private interface WithoutColumns {}

    private EventJson() {}

    static boolean knows(String type) {
        return TYPES.containsKey(type);
    }

    static String type(Event event) {
        return Objects.requireNonNull(NAMES.get(event.getClass()));
    }

    static String step(Event event) {
        return event instanceof Event.OfStep ofStep ? ofStep.step() : "";
    }

    static int attempt(Event event) {
        return event instanceof Event.OfStep ofStep ? ofStep.attempt() : 0;
    }

    /// Canonical JSON of everything that has no column of its own.
    static String payload(Event event) {
        return WRITER.writeValueAsString(event);
    }

    /// @throws IllegalArgumentException when this program does not know the type
    static Event read(String type, String step, int attempt, String payload) {
        var known = TYPES.get(type);
        if (known == null) {
            throw new IllegalArgumentException("unknown event type " + type);
        }
        var node = (ObjectNode) MAPPER.readTree(payload);
        if (Event.OfStep.class.isAssignableFrom(known)) {
            node.put("step", step);
            node.put("attempt", attempt);
        }
        return (Event) MAPPER.treeToValue(node, known);
    }

    private static String name(Class<?> event) {
        return event.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(java.util.Locale.ROOT);
    }
}
