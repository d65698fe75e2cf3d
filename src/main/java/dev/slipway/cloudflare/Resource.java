package dev.slipway.cloudflare;

import java.util.Optional;
import java.util.stream.Stream;

/// Something of the account that versions are bound to. It is no part of a version: when it is deleted,
/// Cloudflare does not deploy versions with a binding to it any more.
///
/// @param id what bindings name: an id, or the name where a kind has no other
public record Resource(Kind kind, String id) {
    /// The kinds Slipway can look for.
    public enum Kind {
        KV_NAMESPACE("kv_namespace", "KV namespace", "Workers KV Storage: Read", false),
        R2_BUCKET("r2_bucket", "R2 bucket", "Workers R2 Storage: Read", true),
        D1("d1", "D1 database", "D1: Read", false),
        QUEUE("queue", "queue", "Queues: Read", true),
        HYPERDRIVE("hyperdrive", "Hyperdrive configuration", "Hyperdrive: Read", false),
        SERVICE("service", "Worker", "Workers Scripts: Read", true);

        private final String binding;
        private final String title;
        private final String permission;
        private final boolean named;

        Kind(String binding, String title, String permission, boolean named) {
            this.binding = binding;
            this.title = title;
            this.permission = permission;
            this.named = named;
        }

        /// The kind that bindings of this type lead to; empty for those Slipway cannot look for.
        static Optional<Kind> of(String bindingType) {
            return Stream.of(values()).filter(k -> k.binding.equals(bindingType)).findFirst();
        }

        /// For people: `KV namespace`.
        public String title() {
            return title;
        }

        /// What a token needs to look for one.
        public String permission() {
            return permission;
        }

        /// Whether another of the same name takes its place.
        public boolean named() {
            return named;
        }
    }

    /// `KV namespace 0f2c`.
    @Override
    public String toString() {
        return kind.title + " " + id;
    }
}
