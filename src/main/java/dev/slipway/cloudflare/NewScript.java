package dev.slipway.cloudflare;

import dev.slipway.domain.Secret;
import java.util.List;
import java.util.Optional;

/// A Worker to be made. It has no address, no route and no trigger until it is given one.
///
/// @param name unique in the account, at most 63 characters
/// @param compatibilityDate empty means Cloudflare's oldest behaviour
/// @param tags free labels, which the account's list of Workers shows
public record NewScript(
        String name,
        VersionCode code,
        List<Binding> bindings,
        Optional<String> compatibilityDate,
        List<String> compatibilityFlags,
        List<String> tags) {
    public NewScript {
        bindings = List.copyOf(bindings);
        compatibilityFlags = List.copyOf(compatibilityFlags);
        tags = List.copyOf(tags);
    }

    /// Something the code reaches by a name.
    public sealed interface Binding {
        /// A variable everybody may read.
        record Text(String name, String text) implements Binding {}

        /// A variable nobody can read back.
        record SecretText(String name, Secret secret) implements Binding {}

        /// What the version before has under this name, a secret too.
        record Inherited(String name) implements Binding {}

        /// The id of the version that runs.
        record VersionMetadata(String name) implements Binding {}
    }
}
