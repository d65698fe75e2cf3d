package dev.slipway.operation.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a colleague appends who takes over production from a holder who is gone.
public final class Takeover {
    private Takeover() {}

    /// Claims production for `run` if its holder has not renewed for longer than allowed.
    ///
    /// @return the new epoch; empty when it is not takeable, or somebody else was faster
    public static Optional<Long> take(
            RefChain chain, String run, String login, Duration ttl, Instant now) {
        var tip = chain.tip();
        var held = tip.flatMap(t -> LockRecord.read(t.message())).filter(LockRecord::held);
        if (held.isEmpty() || !now.isAfter(tip.get().written().plus(held.get().ttl()))) {
            return Optional.empty();
        }
        var old = held.get();
        var record =
                new LockRecord(
                        true,
                        old.environment(),
                        run,
                        "",
                        old.kind(),
                        old.target(),
                        old.epoch() + 1,
                        login,
                        login,
                        "simulation",
                        ttl,
                        1,
                        1,
                        "taken over from " + old.holder(),
                        false,
                        "",
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty());
        return chain.append(tip, record.message()).map(_ -> record.epoch());
    }

    /// Who holds the lock in a link, with the epoch.
    public static Optional<Held> read(String message) {
        return LockRecord.read(message).map(r -> new Held(r.held(), r.run(), r.epoch()));
    }

    /// A link in short.
    public record Held(boolean held, String run, long epoch) {}
}
