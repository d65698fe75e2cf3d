package dev.slipway.stack.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A part of a YAML document.
public sealed interface YamlNode {
    /// Where it begins.
    Position at();

    /// What it is, in words for a person.
    String kind();

    /// A mapping. Keys may repeat; who reads it decides what that means.
    record YamlMap(Position at, List<Pair> pairs) implements YamlNode {
        public YamlMap {
            pairs = List.copyOf(pairs);
        }

        /// The value of the first pair whose key is `key`.
        public Optional<YamlNode> get(String key) {
            return pairs.stream()
                    .filter(pair -> pair.key().text().equals(key))
                    .findFirst()
                    .map(Pair::value);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /// A key and its value.
    record Pair(YamlScalar key, YamlNode value) {}

    /// A sequence.
    record YamlList(Position at, List<YamlNode> items) implements YamlNode {
        public YamlList {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// A single value, as it was written.
    ///
    /// @param plain whether it was written without quotes
    record YamlScalar(Position at, String text, boolean plain) implements YamlNode {
        /// Whether it says nothing: `key:`, `~` or `null`.
        public boolean empty() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String kind() {
            return empty() ? "nothing" : "a single value";
        }
    }

    /// This node as a mapping, when it is one.
    default Optional<YamlMap> asMap() {
        return this instanceof YamlMap map ? Optional.of(map) : Optional.empty();
    }

    /// The text of a scalar that says something.
    default Optional<String> asText() {
        return this instanceof YamlScalar scalar && !scalar.empty()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /// The items of a list; a scalar that says something counts as a list of itself, as GitHub's
    /// workflows allow.
    default Stream<YamlNode> elements() {
        return switch (this) {
            case YamlList list -> list.items().stream();
            case YamlScalar scalar -> scalar.empty() ? Stream.empty() : Stream.of(scalar);
            case YamlMap _ -> Stream.empty();
        };
    }
}
