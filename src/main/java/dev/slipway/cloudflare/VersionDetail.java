package dev.slipway.cloudflare;

import java.util.List;
import java.util.Optional;

/// A version with what it is bound to.
///
/// @param compatibilityDate as the uploader gave it
public record VersionDetail(
        Version version, List<Binding> bindings, Optional<String> compatibilityDate) {
    public VersionDetail {
        bindings = List.copyOf(bindings);
    }

    /// One binding; values are not read.
    ///
    /// @param type Cloudflare's word, for example `secret_text`
    public record Binding(String name, String type) {}

    /// The names of its secrets.
    public List<String> secretNames() {
        return bindings.stream()
                .filter(b -> b.type().equals("secret_text") || b.type().equals("secret_key"))
                .map(Binding::name)
                .toList();
    }
}
