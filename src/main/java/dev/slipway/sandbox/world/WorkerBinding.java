package dev.slipway.sandbox.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Something a Worker reaches by a name: a variable, a secret, a namespace.
///
/// @param type for example `plain_text`, `secret_text`, `version_metadata`
/// @param name name inside the Worker
/// @param fields everything else, as it was uploaded
public record WorkerBinding(String type, String name, Map<String, Object> fields) {
    public WorkerBinding {
        fields = Map.copyOf(fields);
    }

    /// A variable everybody may read.
    public static WorkerBinding plainText(String name, String text) {
        return new WorkerBinding("plain_text", name, Map.of("text", text));
    }

    /// A variable nobody can read back.
    public static WorkerBinding secretText(String name, String text) {
        return new WorkerBinding("secret_text", name, Map.of("text", text));
    }

    /// Whether its value is never given out.
    public boolean secret() {
        return type.equals("secret_text") || type.equals("secret_key");
    }

    /// The value of a variable or secret.
    public Optional<String> text() {
        return Optional.ofNullable(fields.get("text")).map(String::valueOf);
    }

    /// As the API shows it: without the value of a secret.
    public Map<String, Object> shown() {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", type);
        map.put("name", name);
        fields.forEach((key, value) -> {
            if (!secret() || !(key.equals("text") || key.startsWith("key"))) {
                map.put(key, value);
            }
        });
        return map;
    }

    /// Without values.
    @Override
    public String toString() {
        return type + " " + name;
    }
}
