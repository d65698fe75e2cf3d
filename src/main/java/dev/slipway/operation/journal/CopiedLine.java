package dev.slipway.operation.journal;

import dev.slipway.operation.CanonicalJson;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Moment;
import java.time.Instant;

/// A line of a journal as it is copied elsewhere: what it says and when, without its number and its
/// hashes, which belong to the journal it stands in.
public final class CopiedLine {
    private CopiedLine() {}

    /// One line of canonical JSON.
    public static String of(Entry entry) {
        var event = entry.event();
        return CanonicalJson.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("attempt", EventJson.attempt(event));
            json.writeStringProperty("boot", entry.at().boot());
            json.writeName("event");
            json.writeRawValue(EventJson.payload(event));
            json.writeNumberProperty("mono", entry.at().mono());
            json.writeStringProperty("step", EventJson.step(event));
            json.writeStringProperty("type", EventJson.type(event));
            json.writeStringProperty("wall", entry.at().wall().toString());
            json.writeEndObject();
        });
    }

    /// What a copied line says, without number and hash.
    ///
    /// @param plan the plan it belongs to
    /// @throws IllegalArgumentException when this program does not understand it
    public static Entry read(String plan, String line) {
        try {
            var node = CanonicalJson.read(line);
            return new Entry(
                    0,
                    plan,
                    new Moment(
                            Instant.parse(node.required("wall").asString()),
                            node.required("mono").asLong(),
                            node.required("boot").asString()),
                    EventJson.read(
                            node.required("type").asString(),
                            node.required("step").asString(),
                            node.required("attempt").asInt(),
                            CanonicalJson.write(node.required("event"))),
                    "");
        } catch (tools.jackson.core.JacksonException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("a line of another form", e);
        }
    }
}
