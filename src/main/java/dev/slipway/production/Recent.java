package dev.slipway.production;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One reading for all that look at the same moment: who looks while it is on its way, or shortly
/// after it began, gets it, once. A reading that failed is given to nobody but who made it: others
/// may ask with other rights. Safe for use by several threads.
///
/// @param <T> what is read
final class Recent<T> {
    /// Readings that begin this close together are one.
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    private final InstantSource clock;
    private @Nullable Reading<T> last;

    private record Reading<T>(Instant began, FutureTask<T> task, Set<Looker> served) {
        Reading(Instant began, Supplier<T> reader, Looker first) {
            this(began, new FutureTask<>(reader::get), EnumSet.of(first));
        }

        boolean serves(Looker looker, Instant look) {
            return !began.isBefore(look.minus(TOGETHER)) && served.add(looker);
        }
    }

    Recent(InstantSource clock) {
        this.clock = clock;
    }

    /// Reads anew, also for others who look while it is on its way.
    T anew(Looker looker, Supplier<T> reader) {
        var mine = new Reading<>(clock.instant(), reader, looker);
        synchronized (this) {
            last = mine;
        }
        return made(mine);
    }

    /// The reading that serves a look which began at `look`; anew when there is none, so never the
    /// one an earlier look of the same kind got.
    T since(Looker looker, Instant look, Supplier<T> reader) {
        var mine = new Reading<>(clock.instant(), reader, looker);
        Reading<T> serving;
        synchronized (this) {
            serving = last != null && last.serves(looker, look) ? last : mine;
            last = serving;
        }
        if (serving.equals(mine)) {
            return made(mine);
        }
        try {
            return serving.task().get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            return anew(looker, reader);
        }
    }

    private static <T> T made(Reading<T> mine) {
        mine.task().run();
        try {
            return mine.task().get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while reading", e);
    }
}
