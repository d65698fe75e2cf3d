package dev.slipway.release.fit;

import dev.slipway.cloudflare.NewScript;
import dev.slipway.domain.World;
import dev.slipway.health.Prober;
import dev.slipway.release.throwaway.Debt;
import dev.slipway.release.throwaway.ThrowAwayScripts.ThrowAwayScript;
import dev.slipway.stack.StackWorker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Today's code of the stack's Workers in throw-away scripts, until it is closed.
///
/// @param obstacles why a Worker has none, part of a sentence, by its name
public record Canaries(
        List<Canary> all, Map<String, String> obstacles, Prober prober, World.Bounds bounds)
        implements AutoCloseable {
    public Canaries {
        all = List.copyOf(all);
        obstacles = Map.copyOf(obstacles);
    }

    /// One of them.
    ///
    /// @param upload what its first version was made of
    public record Canary(StackWorker worker, ThrowAwayScript script, NewScript upload) {
        /// The same code as a further version, with the secrets of the one before.
        public NewScript again() {
            return new NewScript(
                    upload.name(),
                    upload.code(),
                    upload.bindings().stream().map(Canary::inherited).toList(),
                    upload.compatibilityDate(),
                    upload.compatibilityFlags(),
                    upload.tags());
        }

        private static NewScript.Binding inherited(NewScript.Binding binding) {
            return binding instanceof NewScript.Binding.SecretText(var name, _)
                    ? new NewScript.Binding.Inherited(name)
                    : binding;
        }
    }

    /// Waits until each answers well at its new address, which takes a while to be known everywhere.
    ///
    /// @return why one does not, one sentence each
    public List<String> awaitWell() throws InterruptedException {
        var attempts =
                all.stream().map(c -> Attempt.of(c.worker(), Tried.Code.LIVE, c.script())).toList();
        FitTrials.all(
                attempts.stream()
                        .<Callable<Boolean>>map(one ->
                                () -> {
                                    one.today(prober, bounds);
                                    return true;
                                })
                        .toList());
        return attempts.stream().flatMap(one -> one.unwell().stream()).toList();
    }

    /// Deletes the scripts; what cannot be deleted stays a debt, which is told.
    public void remove(Consumer<String> say) {
        all.stream()
                .flatMap(one -> one.script().remove().stream())
                .map(Debt::sentence)
                .forEach(say);
    }

    @Override
    public void close() {
        remove(_ -> {});
    }
}
