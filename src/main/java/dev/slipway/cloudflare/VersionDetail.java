package dev.slipway.cloudflare;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A version with what it is bound to.
///
/// @param compatibilityDate as the uploader gave it
/// @param compatibilityFlags likewise
/// @param limits likewise, by Cloudflare's word, for example `cpu_ms`
/// @param placement likewise, for example `smart`; empty means near the user
public record VersionDetail(
        Version version,
        List<Binding> bindings,
        Optional<String> compatibilityDate,
        List<String> compatibilityFlags,
        Map<String, Long> limits,
        Optional<String> placement) {
    public VersionDetail {
        bindings = List.copyOf(bindings);
        compatibilityFlags = List.copyOf(compatibilityFlags);
        limits = Map.copyOf(limits);
    }

    /// One binding.
    ///
    /// @param type Cloudflare's word, for example `secret_text`
    /// @param text the value of a `plain_text`; empty for all others, of a secret above all
    /// @param resource what it leads to; empty for what is in the version itself, and for kinds Slipway does
    ///     not know
    public record Binding(
            String name, String type, Optional<String> text, Optional<Resource> resource) {}

    /// The names of its secrets.
    public List<String> secretNames() {
        return bindings.stream()
                .filter(b -> b.type().equals("secret_text") || b.type().equals("secret_key"))
                .map(Binding::name)
                .toList();
    }
}
