package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Lets whoever answers for a change see it leave and see what came back, without knowing the
/// transport.
///
/// Every changing call of a port must run inside [#during]; outside it throws
/// [IllegalStateException] and sends nothing, so that nothing is ever changed unrecorded. One
/// `during` lets one change through; a second one is refused the same way. Writing Git objects
/// (blob, tree, commit, tag object) is named by content and shows nowhere, so it is not counted,
/// though it is reported.
///
/// The scope belongs to the calling thread. Work handed to another thread leaves it, on purpose.
public final class Wire {
    private static final ScopedValue<Wire> CURRENT = ScopedValue.newInstance();

    private final Listener listener;
    private boolean used;

    private Wire(Listener listener) {
        this.listener = listener;
    }

    /// A request that is about to leave.
    ///
    /// @param method upper case
    /// @param template path with its variable parts named, for example
    ///     `/repos/{owner}/{repo}/pulls/{number}/merge`
    /// @param ids what the named parts stand for, in order; for GraphQL the mutation's name
    /// @param bodySha256 hexadecimal SHA-256 of the body's bytes, secrets in it replaced by dots
    /// @param deadline how long an answer is waited for
    /// @param object whether it only writes a Git object, which may be repeated freely
    public record Sent(
            Provider provider,
            String method,
            String template,
            List<String> ids,
            String bodySha256,
            Duration deadline,
            boolean object) {
        public Sent {
            ids = List.copyOf(ids);
        }
    }

    /// What became of a request that left.
    ///
    /// @param status HTTP status, empty when no answer came
    /// @param requestId the provider's id of the request, for its support
    /// @param serverTime the answer's `Date`, the provider's clock
    /// @param bodySha256 hexadecimal SHA-256 of the answer's body, empty when no answer came
    /// @param excerpt start of the answer's body, at most 4 KiB, secrets masked
    /// @param failure what is wrong; empty when the change is confirmed by a whole, readable answer
    public record Ended(
            OptionalInt status,
            Optional<String> requestId,
            Optional<Instant> serverTime,
            String bodySha256,
            String excerpt,
            Optional<Failure> failure) {}

    /// Sees the changes of one scope, on the calling thread.
    public interface Listener {
        /// Called with a connection open and nothing of the request written yet. When it throws,
        /// nothing is written and the exception reaches the caller; so whatever it records is
        /// durable before the provider can know.
        void sending(Sent sent);

        /// Called once for each `sending`, after the answer was read to its end and understood, or
        /// after it is clear that none will come. A request that found no connection causes
        /// neither call.
        void ended(Ended ended);

        /// Records nothing: for changes nobody has to answer for, such as renewing a lock.
        Listener NONE =
                new Listener() {
                    @Override
                    public void sending(Sent sent) {}

                    @Override
                    public void ended(Ended ended) {}
                };
    }

    /// Runs `call`, in which a port makes at most one change, under the eyes of `listener`.
    public static <T> T during(Listener listener, Supplier<T> call) {
        return ScopedValue.where(CURRENT, new Wire(listener)).call(call::get);
    }

    /// Runs `call`, in which a port makes at most one change, under the eyes of `listener`.
    public static void during(Listener listener, Runnable call) {
        ScopedValue.where(CURRENT, new Wire(listener)).run(call);
    }

    static Listener take(String what, boolean object) {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("change outside of Wire.during: " + what);
        }
        var wire = CURRENT.get();
        if (!object) {
            if (wire.used) {
                throw new IllegalStateException("second change in one Wire.during: " + what);
            }
            wire.used = true;
        }
        return wire.listener;
    }
}
