package dev.slipway.stack;

import dev.slipway.stack.yaml.Position;
import dev.slipway.stack.yaml.YamlNode;
import dev.slipway.stack.yaml.YamlNode.YamlList;
import dev.slipway.stack.yaml.YamlNode.YamlMap;
import dev.slipway.stack.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// One mapping of the file while it is read. What is wrong goes into the report; what comes back
/// then is a stand-in, and the stack is thrown away at the end.
final class Section {
    private final Report report;
    private final String path;
    private final YamlMap map;
    private final Set<String> asked = new TreeSet<>();

    Section(Report report, String path, YamlMap map) {
        this.report = report;
        this.path = path;
        this.map = map;
    }

    Position at() {
        return map.at();
    }

    /// Where the value of `key` stands, or this section when it has none.
    Position at(String key) {
        return map.get(key).map(YamlNode::at).orElse(map.at());
    }

    /// The name of `key` from the top of the file.
    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// The text of `key`; its absence is a problem.
    String text(String key, Rule rule) {
        return required(key, optionalText(key, rule));
    }

    /// The text of `key`, empty when there is none or it is wrong.
    Optional<String> optionalText(String key, Rule rule) {
        return value(key).flatMap(node -> text(node, name(key), rule));
    }

    private String required(String key, Optional<String> value) {
        if (value.isEmpty() && value(key).isEmpty()) {
            report.problem(map.at(), name(key) + " is missing");
        }
        return value.orElse("");
    }

    private Optional<String> text(YamlNode node, String name, Rule rule) {
        if (!(node instanceof YamlScalar scalar)) {
            report.problem(node.at(), name + " must be a single value and is " + node.kind());
            return Optional.empty();
        }
        if (scalar.text().isBlank()) {
            report.problem(node.at(), name + " is empty");
            return Optional.empty();
        }
        var complaint = rule.complaint(scalar.text());
        complaint.ifPresent(
                words -> report.problem(node.at(), name + " \"" + scalar.text() + "\" " + words));
        return complaint.isPresent() ? Optional.empty() : Optional.of(scalar.text());
    }

    /// A value that `reader` makes of the text of `key`; an IllegalArgumentException is the problem.
    <T> Optional<T> parsed(String key, Function<String, T> reader) {
        return optionalText(key, _ -> Optional.empty())
                .flatMap(text -> {
                    try {
                        return Optional.of(reader.apply(text));
                    } catch (IllegalArgumentException e) {
                        report.problem(at(key), name(key) + ": " + e.getMessage());
                        return Optional.empty();
                    }
                });
    }

    /// The section at `key`; its absence is a problem.
    Section section(String key) {
        if (value(key).isEmpty()) {
            report.problem(map.at(), name(key) + " is missing");
        }
        return optionalSection(key);
    }

    /// The section at `key`, an empty one when there is none.
    Section optionalSection(String key) {
        var node = value(key);
        var found = node.flatMap(YamlNode::asMap);
        if (node.isPresent() && found.isEmpty()) {
            report.problem(
                    node.get().at(), name(key) + " must be a mapping and is " + node.get().kind());
        }
        // A section that is missing or wrong is one sentence, not one for each of its keys.
        var quiet = new Report("");
        return new Section(
                found.isPresent() ? report : quiet,
                name(key),
                found.orElse(new YamlMap(map.at(), List.of())));
    }

    /// The sections in the list at `key`.
    List<Section> sections(String key, int max) {
        var sections = new ArrayList<Section>();
        var items = list(key, max);
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var name = name(key) + "[" + i + "]";
            if (item instanceof YamlMap each) {
                sections.add(new Section(report, name, each));
            } else {
                report.problem(item.at(), name + " must be a mapping and is " + item.kind());
            }
        }
        return sections;
    }

    /// The texts in the list at `key`.
    List<String> texts(String key, int max, Rule rule) {
        var texts = new ArrayList<String>();
        var items = list(key, max);
        for (int i = 0; i < items.size(); i++) {
            text(items.get(i), name(key) + "[" + i + "]", rule).ifPresent(texts::add);
        }
        return texts;
    }

    private List<YamlNode> list(String key, int max) {
        var node = value(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof YamlList list)) {
            report.problem(
                    node.get().at(), name(key) + " must be a list and is " + node.get().kind());
            return List.of();
        }
        if (list.items().size() > max) {
            report.problem(
                    list.at(),
                    name(key) + " has " + list.items().size() + " items; at most " + max + " fit");
            return List.of();
        }
        return list.items();
    }

    /// Whether the file says anything at `key`.
    boolean has(String key) {
        return value(key).isPresent();
    }

    /// The value at `key` when it is more than an empty one.
    Optional<YamlNode> value(String key) {
        asked.add(key);
        report.asked(name(key));
        return map.get(key).filter(node -> !(node instanceof YamlScalar scalar) || !scalar.empty());
    }

    /// Names keys that stand twice or were never asked for. Called once, after everything is read.
    void finish() {
        var seen = new HashSet<String>();
        for (var pair : map.pairs()) {
            var key = pair.key().text();
            if (!seen.add(key)) {
                report.problem(pair.key().at(), name(key) + " stands here a second time");
            } else if (!asked.contains(key)) {
                report.warning(
                        pair.key().at(),
                        name(key)
                                + " is not a key Slipway knows"
                                + Nearest.to(key, asked)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(""));
            }
        }
    }
}
