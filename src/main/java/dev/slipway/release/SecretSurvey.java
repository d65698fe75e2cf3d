package dev.slipway.release;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.domain.FailureException;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the names of the secrets each Worker has.
record SecretSurvey(Stack stack, Cloudflare cloudflare, Asking asking) {
    List<Situation.SecretNames> of(ProductionState now) {
        return stack.workers().stream()
                .filter(worker -> !worker.secrets().isEmpty())
                .map(worker ->
                        new Situation.SecretNames(
                                worker.name(), asking.of(() -> names(worker, now))))
                .toList();
    }

    /// The secrets of the script, and of its live version: both lists are complete on their own at
    /// Cloudflare, but a token may be able to read only one of them. A Worker that was never
    /// deployed may have secrets only in a version that waits.
    private Set<String> names(StackWorker worker, ProductionState now) {
        var live =
                now.workers().stream()
                        .filter(w -> w.name().equals(worker.name()))
                        .findFirst()
                        .flatMap(LiveWorker::only)
                        .map(LiveWorker.LiveVersion::id);
        try {
            var names = new HashSet<>(cloudflare.secretNames(worker.script()));
            if (live.isEmpty()) {
                newest(worker.script()).ifPresent(v -> names.addAll(v.secretNames()));
            }
            return names;
        } catch (FailureException e) {
            return live.flatMap(id -> cloudflare.version(worker.script(), id))
                    .map(VersionDetail::secretNames)
                    .map(Set::copyOf)
                    .orElseThrow(() -> e);
        }
    }

    private Optional<VersionDetail> newest(String script) {
        return cloudflare.versions(script, 1).stream()
                .findFirst()
                .flatMap(v -> cloudflare.version(script, v.id()));
    }
}
