package dev.slipway.sandbox.world;

import java.util.Optional;

/// Something of the account that Workers are bound to.
///
/// @param id what bindings and addresses name: an id, or the name where a kind has no other
/// @param name what people call it
/// @param deleted whether somebody has deleted it; it is remembered, because it does not come back by being
///     named
public record AccountResource(Kind kind, String id, String name, boolean deleted) {
    /// The kinds, with the field of a binding that names one and the code Cloudflare refuses an upload with
    /// that names one it does not have.
    public enum Kind {
        KV_NAMESPACE("kv_namespace", "namespace_id", 10041),
        R2_BUCKET("r2_bucket", "bucket_name", 10085),
        D1("d1", "id", 10181),
        QUEUE("queue", "queue_name", 11000),
        HYPERDRIVE("hyperdrive", "id", 10157);

        private final String binding;
        private final String field;
        private final int code;

        Kind(String binding, String field, int code) {
            this.binding = binding;
            this.field = field;
            this.code = code;
        }

        /// What `binding` names, when it is of this kind.
        Optional<String> namedBy(WorkerBinding bound) {
            return bound.type().equals(binding)
                    ? Optional.ofNullable(bound.fields().get(field)).map(String::valueOf)
                    : Optional.empty();
        }

        /// Cloudflare's refusal of a binding to one that is not there.
        CloudflareRefusal missing(WorkerBinding bound, String id) {
            return new CloudflareRefusal(
                    400,
                    code,
                    switch (this) {
                        case KV_NAMESPACE -> "KV namespace '" + id + "' not found.";
                        case R2_BUCKET ->
                                "R2 bucket '"
                                        + id
                                        + "' not found. Please use a different name and try again.";
                        case D1 ->
                                "D1 binding '"
                                        + bound.name()
                                        + "' references database '"
                                        + id
                                        + "' which was not found.";
                        case QUEUE -> "Queue '" + id + "' not found.";
                        case HYPERDRIVE -> "Hyperdrive config '" + id + "' not found.";
                    });
        }
    }

    AccountResource gone() {
        return new AccountResource(kind, id, name, true);
    }
}
