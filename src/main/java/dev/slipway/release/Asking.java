package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.release.Situation.Reading;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Asks, and keeps the reason when there is no answer.
record Asking(InstantSource clock) {
    <T> Reading<T> of(Supplier<T> read) {
        var asOf = clock.instant();
        try {
            return Reading.of(read.get(), asOf);
        } catch (FailureException e) {
            return Reading.unknown(e.failure().sentence() + ".", asOf);
        } catch (RefusedException e) {
            return Reading.unknown(String.join(" ", e.reasons()), asOf);
        } catch (InputException e) {
            return Reading.unknown(String.join(" ", e.problems()), asOf);
        }
    }
}
