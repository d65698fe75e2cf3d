package dev.slipway.cloudflare;

import java.util.List;
import java.util.Optional;

/// A version with what it is bound to.
///
/// @param compatibilityDate as the uploader gave it
/// @param compatibilityFlags likewise
public record VersionDetail(
        Version version,
        List<Binding> bindings,
        Optional<String> compatibilityDate,
        List<String> compatibilityFlags) {
    public VersionDetail {
        bindings = List.copyOf(bindings);
        compatibilityFlags = List.copyOf(compatibilityFlags);
    }

    /// One binding.
    ///
    /// @param type Cloudflare's word, for example `secret_text`
    /// @param text the value of a `plain_text`; empty for all others, of a secret above all
    public record Binding(String name, String type, Optional<String> text) {}

    /// The names of its secrets.
    public List<String> secretNames() {
        return bindings.stream()
                .filter(b -> b.type().equals("secret_text") || b.type().equals("secret_key"))
                .map(Binding::name)
                .toList();
    }
}
