package dev.slipway.simulation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.http.Wire;
import dev.slipway.http.WireTap;
import dev.slipway.simulation.Fault.Kind;
import dev.slipway.simulation.Fault.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/// The line between the program of one operator and the providers: calls take time, and go wrong as
/// the fate of the run wants it.
final class Line {
    private static final Duration HALF_WAY = Duration.ofMillis(40);
    private static final Duration TIMEOUT = Duration.ofSeconds(25);

    private final Run run;
    private final Operator operator;

    Line(Run run, Operator operator) {
        this.run = run;
        this.operator = operator;
    }

    Operator operator() {
        return operator;
    }

    /// A reading call.
    ///
    /// @param state what is read, given how many nanoseconds the answer is old
    <T> T read(Provider provider, String what, LongFunction<T> state) {
        operator.mustLive();
        var fault = run.fate().at(operator.index(), Place.READ, what);
        run.time().pass(HALF_WAY);
        switch (fault.kind()) {
            case CRASH -> throw operator.die();
            case UNREACHABLE -> throw failed(new Failure.Unreachable(provider, "no route"));
            case RATE_LIMITED -> throw failed(new Failure.RateLimited(provider, fault.time()));
            case SERVER_ERROR -> throw failed(new Failure.Unknown(provider, "502"));
            case TRUNCATED -> throw failed(new Failure.BadAnswer(provider, "cut off"));
            case DENIED -> throw failed(denied(provider));
            case SLOW -> {
                if (fault.time().compareTo(TIMEOUT) > 0) {
                    run.time().pass(TIMEOUT);
                    throw failed(new Failure.BadAnswer(provider, "no answer in time"));
                }
                var early = state.apply(0);
                run.time().pass(fault.time());
                return early;
            }
            default -> {}
        }
        var seen = state.apply(fault.is(Kind.STALE) ? fault.time().toNanos() : 0);
        run.time().pass(HALF_WAY);
        return seen;
    }

    /// A call that only writes a Git object, which is named by its content.
    <T> T object(String what, Supplier<T> effect) {
        operator.mustLive();
        WireTap.take(what, true)
                .sending(sent(Provider.GITHUB, "POST", "/git/" + what, List.of(), true));
        var fault = run.fate().at(operator.index(), Place.READ, what);
        run.time().pass(HALF_WAY);
        switch (fault.kind()) {
            case CRASH -> throw operator.die();
            case UNREACHABLE -> throw failed(new Failure.Unreachable(Provider.GITHUB, "no route"));
            case TRUNCATED, SERVER_ERROR ->
                    throw failed(new Failure.Unknown(Provider.GITHUB, "502"));
            case DENIED -> throw failed(denied(Provider.GITHUB));
            default -> {
                return effect.get();
            }
        }
    }

    /// A changing call.
    ///
    /// @param marked what it belongs to; the lock answers for itself
    /// @param deed changes the remote, or refuses with a [FailureException]
    <T> T change(Provider provider, String what, String url, boolean marked, Supplier<T> deed) {
        operator.mustLive();
        var call = run.audit().call();
        Supplier<T> effect =
                () -> {
                    run.audit().carrying(call);
                    return deed.get();
                };
        var before = run.fate().at(operator.index(), Place.BEFORE, what);
        switch (before.kind()) {
            case CRASH -> throw operator.die();
            case UNREACHABLE -> {
                run.time().pass(Duration.ofSeconds(2));
                throw failed(new Failure.Unreachable(provider, "no route"));
            }
            case STALL -> run.time().pass(before.time());
            case SUSPEND -> operator.sleeps(before.time());
            case OVERTAKEN -> run.overtaken();
            default -> {}
        }
        var listener = WireTap.take(what, false);
        listener.sending(sent(provider, "POST", url, List.of(what), false));
        if (marked) {
            run.audit().leaves(operator, what);
        }
        // What is sent beside it leaves, too, before either takes effect.
        operator.braid().turn();
        var fault = run.fate().at(operator.index(), Place.CALL, what);
        run.time().pass(HALF_WAY);
        try {
            var result = carry(provider, fault, effect);
            run.time().pass(HALF_WAY);
            operator.mustLive();
            if (run.fate().at(operator.index(), Place.AFTER, what).is(Kind.CRASH)) {
                throw operator.die();
            }
            listener.ended(ended(200, Optional.empty()));
            return result;
        } catch (FailureException e) {
            if (run.fate().at(operator.index(), Place.AFTER, what).is(Kind.CRASH)) {
                throw operator.die();
            }
            listener.ended(ended(0, Optional.of(e.failure())));
            throw e;
        }
    }

    private <T> T carry(Provider provider, Fault fault, Supplier<T> effect) {
        switch (fault.kind()) {
            case REQUEST_LOST -> throw unanswered(provider);
            case ANSWER_LOST -> {
                effect.get();
                throw unanswered(provider);
            }
            case LATE -> {
                var patience = Duration.ofSeconds(2);
                var quiet = run.bounds().quiet(provider).toMillis();
                var late = Duration.ofMillis(quiet * fault.time().toMillis() / 1_000);
                run.time().in(patience.plus(late), () -> quietly(effect));
                run.time().pass(patience);
                throw failed(new Failure.Unknown(provider, "the line was cut"));
            }
            case TWICE -> {
                effect.get();
                return effect.get();
            }
            case RATE_LIMITED -> throw failed(new Failure.RateLimited(provider, fault.time()));
            case SECONDARY_LIMIT ->
                    throw failed(new Failure.RateLimited(provider, Duration.ofSeconds(60)));
            case BUSY -> throw failed(new Failure.Busy(provider, "423"));
            case SERVER_ERROR -> {
                if (!fault.time().isZero()) {
                    effect.get();
                }
                throw failed(new Failure.Unknown(provider, "502"));
            }
            case ERROR_BODY ->
                    throw failed(
                            new Failure.Refused(provider, 200, "10000", "no", Optional.empty()));
            case TRUNCATED -> {
                effect.get();
                throw failed(new Failure.Unknown(provider, "cut off"));
            }
            case DENIED -> throw failed(denied(provider));
            case SLOW -> {
                var result = effect.get();
                run.time().pass(fault.time());
                return result;
            }
            default -> {
                return effect.get();
            }
        }
    }

    private FailureException unanswered(Provider provider) {
        run.time().pass(TIMEOUT);
        return failed(new Failure.Unknown(provider, "no answer in time"));
    }

    static void quietly(Supplier<?> effect) {
        try {
            effect.get();
        } catch (FailureException e) {
            // Nobody is there any more to hear that it was refused.
            return;
        }
    }

    private static Failure denied(Provider provider) {
        return new Failure.Unauthorized(provider, Optional.empty(), "bad credentials");
    }

    static FailureException failed(Failure failure) {
        return new FailureException(failure);
    }

    static FailureException refused(Provider provider, int status, String message) {
        return failed(new Failure.Refused(provider, status, "", message, Optional.empty()));
    }

    private static Wire.Sent sent(
            Provider provider, String method, String url, List<String> ids, boolean object) {
        return new Wire.Sent(provider, method, url, ids, "00", Duration.ofSeconds(60), object);
    }

    private static Wire.Ended ended(int status, Optional<Failure> failure) {
        return new Wire.Ended(
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                failure);
    }
}
