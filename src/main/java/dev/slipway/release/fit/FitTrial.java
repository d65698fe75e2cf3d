package dev.slipway.release.fit;

import dev.slipway.domain.World;
import dev.slipway.health.Prober;
import dev.slipway.release.throwaway.Debt;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Codes in throw-away scripts, until it is closed. They are asked for their health on today's schema and
/// again after the migrations, so that of a code that stops being well only the schema can be the cause.
public final class FitTrial implements AutoCloseable {
    private final Prober prober;
    private final World.Bounds bounds;
    private final String live;
    private final String fresh;
    private final List<Attempt> attempts;
    private final Consumer<String> say;

    FitTrial(
            Prober prober,
            World.Bounds bounds,
            String live,
            String fresh,
            List<Attempt> attempts,
            Consumer<String> say) {
        this.prober = prober;
        this.bounds = bounds;
        this.live = live;
        this.fresh = fresh;
        this.attempts = List.copyOf(attempts);
        this.say = say;
    }

    /// Asks all of them on the schema before the migrations.
    public void onToday() throws InterruptedException {
        ask("today's schema", Attempt::today);
    }

    /// Asks all of them on the schema after the migrations.
    public void onNew() throws InterruptedException {
        ask("the new schema", Attempt::migrated);
    }

    private interface Asking {
        void ask(Attempt attempt, Prober prober, World.Bounds bounds) throws InterruptedException;
    }

    private void ask(String schema, Asking asking) throws InterruptedException {
        long scripts = attempts.stream().filter(one -> one.script().isPresent()).count();
        if (scripts == 0) {
            return;
        }
        say.accept("Asks " + scripts + " throw-away scripts for their health on " + schema + ".");
        FitTrials.all(
                attempts.stream()
                        .<Callable<Boolean>>map(one ->
                                () -> {
                                    asking.ask(one, prober, bounds);
                                    return true;
                                })
                        .toList());
    }

    /// What was proven.
    public FitProof proof() {
        return FitProof.of(attempts.stream().map(Attempt::tried).toList(), live, fresh);
    }

    /// Deletes its scripts; what cannot be deleted stays a debt, which is told.
    public void remove() {
        // Also on a thread that was interrupted, so not side by side on others.
        attempts.stream()
                .flatMap(one -> one.script().stream())
                .flatMap(script -> script.remove().stream())
                .map(Debt::sentence)
                .forEach(say);
    }

    @Override
    public void close() {
        remove();
    }
}
