package dev.slipway.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where a command writes: results on standard output, everything else on standard error. Text is
/// stripped of control characters and masked before it is written.
public final class Output {
    private static final JsonMapper LINE = JsonMapper.builder().build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final InstantSource clock;
    private final UnaryOperator<String> mask;

    /// @param json whether results are JSON and messages NDJSON
    /// @param mask hides what must not be seen
    public Output(
            PrintWriter out,
            PrintWriter err,
            boolean json,
            InstantSource clock,
            UnaryOperator<String> mask) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.clock = clock;
        this.mask = mask;
    }

    /// Whether results are JSON.
    public boolean json() {
        return json;
    }

    /// The time it is.
    Instant now() {
        return clock.instant();
    }

    /// An empty JSON object.
    public static ObjectNode object() {
        return LINE.createObjectNode();
    }

    /// The one document of a JSON command.
    public void document(JsonNode document) {
        out.println(mask.apply(PRETTY.writeValueAsString(document)));
        out.flush();
    }

    /// A JSON line on standard output, for commands that follow.
    public void jsonLine(JsonNode line) {
        out.println(mask.apply(LINE.writeValueAsString(line)));
        out.flush();
    }

    /// A line of a machine result that is meant to hold what [#line] would mask, such as the tokens
    /// of a sandbox.
    public void rawLine(String text) {
        out.println(text);
        out.flush();
    }

    /// A line of a human result.
    public void line(String text) {
        out.println(clean(text));
        out.flush();
    }

    /// Something that happens while a command runs.
    ///
    /// @param fields strings and numbers
    /// @param sentence what a person reads; may be indented
    public void event(String event, Map<String, ?> fields, String sentence) {
        if (json) {
            var node = typed("event");
            node.put("event", event);
            fields.forEach((name, value) -> {
                switch (value) {
                    case Integer number -> node.put(name, number);
                    case Long number -> node.put(name, number);
                    case Double number -> node.put(name, number);
                    default -> node.put(name, clean(value.toString()));
                }
            });
            node.put("text", clean(sentence).strip());
            message(node);
        } else {
            err.println(clean(sentence));
            err.flush();
        }
    }

    /// A message to a person.
    ///
    /// @param level `info`, `warn` or `error`
    public void log(String level, String sentence) {
        if (json) {
            var node = typed("log");
            node.put("level", level);
            node.put("text", clean(sentence));
            message(node);
        } else {
            err.println(clean(sentence));
            err.flush();
        }
    }

    private ObjectNode typed(String type) {
        var node = object();
        node.put("type", type);
        node.put("at", time(clock.instant()));
        return node;
    }

    private void message(ObjectNode node) {
        err.println(LINE.writeValueAsString(node));
        err.flush();
    }

    /// A moment as JSON holds it: RFC 3339 in UTC, to the millisecond.
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /// An enumerated value as documents and lines hold it: lower case, dashes between its words.
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Titles and messages come from strangers: no control sequence may reach the terminal.
    private String clean(String text) {
        return mask.apply(text)
                .replaceAll("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]", "");
    }
}
