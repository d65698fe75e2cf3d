package dev.slipway.operation.journal;

import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The written form of events. Their types are closed and their fields typed, so nothing gets into
/// the journal that was not meant to.
final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Map<String, Class<?>> TYPES =
            Stream.concat(
                            Arrays.stream(Event.class.getPermittedSubclasses()),
                            Arrays.stream(Event.OfStep.class.getPermittedSubclasses()))
                    .filter(Class::isRecord)
                    .collect(Collectors.toUnmodifiableMap(EventJson::type, Function.identity()));

    private EventJson() {}

    static boolean knows(String type) {
        return TYPES.containsKey(type);
    }

    static String type(Event event) {
        return type(event.getClass());
    }

    static String step(Event event) {
        return event instanceof Event.OfStep ofStep ? ofStep.step() : "";
    }

    static int attempt(Event event) {
        return event instanceof Event.OfStep ofStep ? ofStep.attempt() : 0;
    }

    /// Canonical JSON of everything that has no column of its own.
    static String payload(Event event) {
        ObjectNode node = MAPPER.valueToTree(event);
        if (event instanceof Event.OfStep) {
            node.remove("step");
            node.remove("attempt");
        }
        return CanonicalJson.write(node);
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

    private static String type(Class<?> event) {
        return event.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(java.util.Locale.ROOT);
    }
}
