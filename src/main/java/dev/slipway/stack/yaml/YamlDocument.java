package dev.slipway.stack.yaml;

import dev.slipway.stack.yaml.YamlNode.Pair;
import dev.slipway.stack.yaml.YamlNode.YamlList;
import dev.slipway.stack.yaml.YamlNode.YamlMap;
import dev.slipway.stack.yaml.YamlNode.YamlScalar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML document into a tree. The parser's events are put together here and not by the
/// library, because its own composer recurses as deep as the text asks and counts no aliases.
public final class YamlDocument {
    private static final int MAX_DEPTH = 64;

    private final Iterator<Event> events;
    private final int maxParts;
    private final Map<Anchor, Optional<Anchored>> anchors = new HashMap<>();
    private int parts;

    /// What an anchor stands for.
    ///
    /// @param parts how many parts it unfolds to
    private record Anchored(YamlNode node, int parts) {}

    private YamlDocument(Iterator<Event> events, int maxParts) {
        this.events = events;
        this.maxParts = maxParts;
    }

    /// Reads `bytes`, UTF-8 with or without byte order mark.
    ///
    /// @param maxBytes the largest text that is read
    /// @param maxParts the most parts a document may unfold to, aliases counted as often as used
    /// @return empty when the text holds no document
    public static Optional<YamlNode> read(byte[] bytes, int maxBytes, int maxParts)
            throws YamlException {
        if (bytes.length > maxBytes) {
            throw new YamlException(
                    Position.START,
                    "the file has " + bytes.length + " bytes; at most " + maxBytes + " are read");
        }
        var text = decode(bytes);
        try {
            var settings = LoadSettings.builder().setCodePointLimit(maxBytes + 1).build();
            return new YamlDocument(new Parse(settings).parseString(text).iterator(), maxParts)
                    .document();
        } catch (MarkedYamlEngineException e) {
            throw new YamlException(
                    e.getProblemMark().map(YamlDocument::position).orElse(Position.START),
                    "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new YamlException(Position.START, "this is not YAML: " + e.getMessage());
        }
    }

    private static String decode(byte[] bytes) throws YamlException {
        if (bytes.length >= 2
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || bytes[0] == 0
                        || bytes[1] == 0)) {
            throw new YamlException(
                    Position.START, "the file is UTF-16 or UTF-32 text; save it as UTF-8");
        }
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new YamlException(badByte(bytes), "the file is not UTF-8 text here");
        }
    }

    private static Position badByte(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var out = java.nio.CharBuffer.allocate(bytes.length);
        decoder.decode(ByteBuffer.wrap(bytes), out, true);
        var good = out.flip().toString();
        int line = (int) good.chars().filter(c -> c == '\n').count() + 1;
        return new Position(line, good.length() - good.lastIndexOf('\n'));
    }

    private Optional<YamlNode> document() throws YamlException {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (root.isPresent()) {
                    throw new YamlException(
                            position(event), "a second document begins here; one is read");
                }
                root = Optional.of(node(events.next(), 0));
            }
        }
        return root;
    }

    private YamlNode node(Event event, int depth) throws YamlException {
        if (depth > MAX_DEPTH) {
            throw new YamlException(
                    position(event), "this is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        int before = parts;
        count(event, 1);
        var anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.<Anchor>empty();
        anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
        var node = content(event, depth);
        anchor.ifPresent(
                name -> anchors.put(name, Optional.of(new Anchored(node, parts - before))));
        return node;
    }

    private YamlNode content(Event event, int depth) throws YamlException {
        return switch (event) {
            case ScalarEvent scalar ->
                    new YamlScalar(position(event), scalar.getValue(), scalar.isPlain());
            case SequenceStartEvent _ -> {
                var items = new ArrayList<YamlNode>();
                for (var next = events.next();
                        next.getEventId() != Event.ID.SequenceEnd;
                        next = events.next()) {
                    items.add(node(next, depth + 1));
                }
                yield new YamlList(position(event), items);
            }
            case MappingStartEvent _ -> {
                var pairs = new ArrayList<Pair>();
                for (var next = events.next();
                        next.getEventId() != Event.ID.MappingEnd;
                        next = events.next()) {
                    if (!(node(next, depth + 1) instanceof YamlScalar key)) {
                        throw new YamlException(
                                position(next), "a key must be a single value here");
                    }
                    pairs.add(new Pair(key, node(events.next(), depth + 1)));
                }
                yield new YamlMap(position(event), pairs);
            }
            default -> throw new YamlException(position(event), "this cannot be understood here");
        };
    }

    private YamlNode alias(AliasEvent alias) throws YamlException {
        var target = anchors.get(alias.getAlias());
        if (target == null) {
            throw new YamlException(
                    position(alias), "*" + alias.getAlias() + " names an anchor that is not set");
        }
        if (target.isEmpty()) {
            throw new YamlException(
                    position(alias), "*" + alias.getAlias() + " stands inside its own anchor");
        }
        count(alias, target.get().parts());
        return target.get().node();
    }

    private void count(Event event, int more) throws YamlException {
        parts = Math.addExact(parts, more);
        if (parts > maxParts) {
            throw new YamlException(
                    position(event), "the document unfolds to more than " + maxParts + " parts");
        }
    }

    private static Position position(Event event) {
        return event.getStartMark().map(YamlDocument::position).orElse(Position.START);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
