package dev.slipway.release.throwaway;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Script;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.http.Wire;
import dev.slipway.stack.Stack;
import java.time.InstantSource;
import java.util.Optional;

/// Deletes throw-away scripts by their exact name. Never one without the mark it was asked for with, one
/// that has a hostname, nor one the stack knows: a production script or the script of a pull request.
public final class ScriptRemoval implements Removal {
    private final World.Bounds bounds;
    private final Stack stack;
    private final Cloudflare cloudflare;
    private final InstantSource clock;

    public ScriptRemoval(
            World.Bounds bounds, Stack stack, Cloudflare cloudflare, InstantSource clock) {
        this.bounds = bounds;
        this.stack = stack;
        this.cloudflare = cloudflare;
        this.clock = clock;
    }

    @Override
    public Result of(Debt debt) throws InterruptedException {
        if (!debt.place().equals(cloudflare.account())) {
            return new Result.Stays(
                    "it is in the Cloudflare account "
                            + debt.place()
                            + ", which this stack does not name.");
        }
        try {
            var found = find(debt.name());
            if (found.isEmpty()) {
                return clock.instant()
                                .isBefore(debt.since().plus(bounds.quiet(Provider.CLOUDFLARE)))
                        ? new Result.MayCome(
                                "Cloudflare does not have it and may still be about to make it.")
                        : new Result.NeverThere();
            }
            var refusal = refusal(found.get(), debt);
            return refusal.isPresent() ? new Result.Stays(refusal.get()) : delete(debt.name());
        } catch (FailureException e) {
            return new Result.Stays(e.failure().sentence() + ".");
        }
    }

    private Optional<Script> find(String name) {
        return cloudflare.scripts().stream().filter(s -> s.name().equals(name)).findFirst();
    }

    private Optional<String> refusal(Script script, Debt debt) {
        if (!script.tags().contains(debt.mark())) {
            return Optional.of("the script of that name is not ours; nothing was deleted.");
        }
        if (ThrowAwayScripts.known(stack, script.name())) {
            return Optional.of("the stack knows a script of that name; nothing was deleted.");
        }
        return cloudflare.customDomains().stream().anyMatch(d -> d.service().equals(script.name()))
                ? Optional.of("it has a hostname; nothing was deleted.")
                : Optional.empty();
    }

    private Result delete(String name) throws InterruptedException {
        Optional<Failure> last = Optional.empty();
        var until = clock.instant().plus(bounds.mutation());
        do {
            try {
                Wire.during(Wire.Listener.NONE, () -> cloudflare.deleteScript(name));
                last = Optional.empty();
                if (find(name).isEmpty()) {
                    return new Result.Deleted();
                }
            } catch (FailureException e) {
                last = Optional.of(e.failure());
                if (e.failure().outcome() == Failure.Outcome.REFUSED) {
                    break;
                }
            }
            Thread.sleep(bounds.poll());
        } while (clock.instant().isBefore(until));
        return new Result.Stays(
                last.map(failure -> failure.sentence() + ".")
                        .orElse("Cloudflare was asked to delete it and still has it."));
    }
}
