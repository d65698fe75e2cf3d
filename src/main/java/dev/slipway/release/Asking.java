package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.release.Situation.Reading;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Asks, and keeps the reason when there is no answer.
public record Asking(InstantSource clock) {
    /// What `read` gives, or the sentence that says why it gave nothing.
    public <T> Reading<T> of(Supplier<T> read) {
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
