package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.cloudflare.VersionDetail.Binding;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import java.util.List;
import java.util.Optional;

/// What it means when Cloudflare does not go back to a version. Most of it is foreseen; what changed since
/// is told here, in the words of the plan's reader.
record NoReturn(Cloudflare cloudflare, String script, String version) {
    private static final String SECRETS = "10220";

    /// The same refusal with what it means; anything else as it is.
    FailureException explained(FailureException e) {
        if (!(e.failure() instanceof Failure.Refused refused)) {
            return e;
        }
        var meaning =
                refused.code().equals(SECRETS)
                        ? Optional.of(
                                "the old secret would come back with it, which is never forced")
                        : gone(refused.message());
        return meaning.map(words ->
                        new FailureException(
                                new Failure.Refused(
                                        refused.provider(),
                                        refused.status(),
                                        refused.code(),
                                        refused.message().replaceFirst("\\.$", "") + "; " + words,
                                        refused.requestId()),
                                e))
                .orElse(e);
    }

    /// The binding that leads to what the refusal names.
    private Optional<String> gone(String message) {
        return bindings().stream()
                .filter(b ->
                        b.resource().filter(r -> message.contains("'" + r.id() + "'")).isPresent())
                .findFirst()
                .map(b ->
                        "its binding "
                                + b.name()
                                + " leads to the "
                                + b.resource().orElseThrow()
                                + ", which is gone");
    }

    /// None where they cannot be read: the refusal counts, not what it means.
    private List<Binding> bindings() {
        try {
            return cloudflare
                    .version(script, version)
                    .map(VersionDetail::bindings)
                    .orElse(List.of());
        } catch (FailureException e) {
            return List.of();
        }
    }
}
