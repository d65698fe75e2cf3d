package dev.slipway.pipeline;

import dev.slipway.stack.yaml.YamlNode;
import dev.slipway.stack.yaml.YamlNode.YamlMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A workflow file.
///
/// @param file its path
/// @param name what workflow_run calls it: its name, else its path
record Workflow(String file, String name, YamlMap root) {
    static Workflow of(String file, YamlMap root) {
        return new Workflow(file, root.get("name").flatMap(YamlNode::asText).orElse(file), root);
    }

    /// The settings of trigger `event`; an empty mapping when it has none.
    Optional<YamlMap> trigger(String event) {
        var on = root.get("on");
        if (on.isEmpty()) {
            return Optional.empty();
        }
        var none = new YamlMap(on.get().at(), List.of());
        if (on.get() instanceof YamlMap map) {
            return map.get(event).map(node -> node.asMap().orElse(none));
        }
        return on.get().elements().anyMatch(node -> node.asText().orElse("").equals(event))
                ? Optional.of(none)
                : Optional.empty();
    }

    /// Whether a push to `branch` starts it. Filters by path count as passed.
    boolean startedByPush(String branch) {
        return trigger("push")
                .map(push ->
                        (push.get("branches").isPresent()
                                        || push.get("branches-ignore").isPresent()
                                        || (push.get("tags").isEmpty()
                                                && push.get("tags-ignore").isEmpty()))
                                && passes(push, branch))
                .orElse(false);
    }

    /// Whether the merge of a pull request starts it.
    boolean startedByMerge(String branch) {
        for (var event : List.of("pull_request", "pull_request_target")) {
            var trigger = trigger(event);
            if (trigger.isPresent()
                    && texts(trigger.get(), "types").contains("closed")
                    && passes(trigger.get(), branch)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it follows `other` on `branch`.
    boolean startedAfter(Workflow other, String branch) {
        return trigger("workflow_run")
                .map(run -> texts(run, "workflows").contains(other.name()) && passes(run, branch))
                .orElse(false);
    }

    private static boolean passes(YamlMap trigger, String branch) {
        if (texts(trigger, "branches-ignore").stream().anyMatch(each -> matches(each, branch))) {
            return false;
        }
        if (trigger.get("branches").isEmpty()) {
            return true;
        }
        boolean passes = false;
        for (var pattern : texts(trigger, "branches")) {
            if (pattern.startsWith("!")) {
                passes &= !matches(pattern.substring(1), branch);
            } else {
                passes |= matches(pattern, branch);
            }
        }
        return passes;
    }

    /// GitHub's filter patterns. What uses more than stars counts as a match.
    private static boolean matches(String pattern, String branch) {
        if (!pattern.matches("[^?+\\[\\]]*")) {
            return true;
        }
        var regex =
                Pattern.quote(pattern)
                        .replace("**", "\\E\0\\Q")
                        .replace("*", "\\E[^/]*\\Q")
                        .replace("\0", ".*");
        return Pattern.matches(regex, branch);
    }

    static List<String> texts(YamlMap map, String key) {
        return map.get(key).stream()
                .flatMap(YamlNode::elements)
                .flatMap(node -> node.asText().stream())
                .toList();
    }

    /// Its jobs.
    List<YamlMap> jobs() {
        return root.get("jobs").flatMap(YamlNode::asMap).stream()
                .flatMap(jobs -> jobs.pairs().stream())
                .flatMap(pair -> pair.value().asMap().stream())
                .toList();
    }
}
