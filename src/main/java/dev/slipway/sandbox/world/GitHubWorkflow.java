package dev.slipway.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A workflow the repository has, or had.
///
/// @param path its file, for example `.github/workflows/ci.yml`
public record GitHubWorkflow(long id, String path, String name, Instant createdAt) {
    /// Where workflows lie.
    static final String FOLDER = ".github/workflows";

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /// The file without its folder.
    public String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// What a workflow file says, as far as GitHub's API depends on it.
    ///
    /// @param dispatch the inputs of `workflow_dispatch`, with whether each is required and has no
    ///     default; empty when it cannot be dispatched
    record Source(Optional<String> name, Optional<Map<String, Boolean>> dispatch) {
        static Source of(byte[] file) {
            try {
                var root = YAML.readTree(new String(file, StandardCharsets.UTF_8));
                var name =
                        Optional.ofNullable(root.get("name"))
                                .filter(JsonNode::isString)
                                .map(JsonNode::stringValue);
                return new Source(name, dispatch(root.path("on")));
            } catch (JacksonException e) {
                return new Source(Optional.empty(), Optional.empty());
            }
        }

        private static Optional<Map<String, Boolean>> dispatch(JsonNode on) {
            var word = "workflow_dispatch";
            if (on.isString() && on.stringValue().equals(word)) {
                return Optional.of(Map.of());
            }
            if (on.isArray()) {
                return on.valueStream().anyMatch(n -> n.asString().equals(word))
                        ? Optional.of(Map.of())
                        : Optional.empty();
            }
            if (!on.has(word)) {
                return Optional.empty();
            }
            var inputs = new LinkedHashMap<String, Boolean>();
            on.path(word)
                    .path("inputs")
                    .forEachEntry((input, about) ->
                            inputs.put(
                                    input,
                                    about.path("required").asBoolean(false)
                                            && !about.has("default")));
            return Optional.of(inputs);
        }
    }
}
