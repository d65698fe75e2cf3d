package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import java.time.Duration;

/// Waiting on the calling thread.
final class Pause {
    private Pause() {}

    /// Waits. An interrupt ends it as a failure of a request that was not sent; the thread stays
    /// interrupted.
    static void before(Provider provider, Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    new Failure.Unreachable(provider, "the call was cancelled before it was sent"),
                    e);
        }
    }
}
