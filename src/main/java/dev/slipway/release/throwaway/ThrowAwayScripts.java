package dev.slipway.release.throwaway;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.NewScript;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.http.Wire;
import dev.slipway.operation.Plan;
import dev.slipway.stack.Stack;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/// Makes Workers that exist only to be tried: never a version of a production script, with no route, no
/// hostname of a zone and no trigger, reached below the account's own name at workers.dev.
///
/// Safe for use by several threads.
public final class ThrowAwayScripts {
    /// A label of a hostname is not longer.
    private static final int LONGEST = 63;

    private final Stack stack;
    private final Cloudflare cloudflare;
    private final ThrowAways book;
    private final RandomGenerator random;

    /// @param book where each script is written down
    public ThrowAwayScripts(
            Stack stack, Cloudflare cloudflare, ThrowAways book, RandomGenerator random) {
        this.stack = stack;
        this.cloudflare = cloudflare;
        this.book = book;
        this.random = random;
    }

    /// Whether the stack knows a script of that name: it is production's or a preview's.
    static boolean known(Stack stack, String name) {
        return stack.workers().stream().anyMatch(worker -> worker.script().equals(name))
                || stack.previewNames().script(name).isPresent();
    }

    /// Makes one for `worker` and gives it its address.
    ///
    /// @param made what to upload under a name, with a label
    /// @throws FailureException when there is none; one that was made is deleted
    /// @throws RefusedException when it cannot have a name or an address
    public ThrowAwayScript open(String worker, BiFunction<String, List<String>, NewScript> made) {
        var host =
                cloudflare
                        .subdomain()
                        .orElseThrow(() ->
                                new RefusedException(
                                        "the Cloudflare account has no name at workers.dev"));
        var digits = Plan.freshId(random).substring(0, 8);
        var name = name(digits, worker);
        if (known(stack, name)) {
            throw new RefusedException("a pattern of the stack takes the name " + name);
        }
        var debt =
                book.begin(
                        Debt.Kind.SCRIPT, name, "slipway:" + digits + ":fit", cloudflare.account());
        boolean created = false;
        boolean usable = false;
        try {
            var script = made.apply(name, List.of(debt.mark()));
            var version = Wire.during(Wire.Listener.NONE, () -> cloudflare.createScript(script));
            created = true;
            Wire.during(Wire.Listener.NONE, () -> cloudflare.onWorkersDev(name));
            usable = true;
            return new ThrowAwayScript(book, name, name + "." + host + ".workers.dev", version);
        } catch (FailureException e) {
            if (!created && e.failure().outcome() != Failure.Outcome.UNKNOWN) {
                book.forget(debt);
            }
            throw e;
        } finally {
            if (!usable) {
                var _ = book.removeNow(name);
            }
        }
    }

    private static String name(String digits, String worker) {
        var begin = "slipway-" + digits + "-";
        var end = "-fit";
        var middle = worker.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var most = LONGEST - begin.length() - end.length();
        return begin + middle.substring(0, Math.min(most, middle.length())) + end;
    }

    /// One of them, until it is closed.
    ///
    /// @param version the id its health answer has to echo; empty when Cloudflare did not say it
    public record ThrowAwayScript(
            ThrowAways book, String name, String hostname, Optional<String> version)
            implements AutoCloseable {
        /// Deletes it now, and says why when that did not work.
        public Optional<Debt> remove() {
            return book.removeNow(name);
        }

        @Override
        public void close() {
            // What could not be deleted stays written down.
            var _ = remove();
        }
    }
}
