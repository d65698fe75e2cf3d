package dev.slipway.domain;

import java.util.Optional;
import java.util.function.Supplier;

/// What came of asking: the answer, or why there is none.
public record Attempt<T>(Optional<T> value, Optional<Failure> failure) {
    /// Asks.
    public static <T> Attempt<T> at(Supplier<T> call) {
        try {
            return new Attempt<>(Optional.of(call.get()), Optional.empty());
        } catch (FailureException e) {
            return new Attempt<>(Optional.empty(), Optional.of(e.failure()));
        }
    }

    /// The answer.
    ///
    /// @throws FailureException when there is none
    public T orThrow() {
        return value.orElseThrow(() -> new FailureException(failure.orElseThrow()));
    }
}
