package dev.slipway.operation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.http.Wire;
import dev.slipway.operation.Event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the announcement of a change durable at the very moment its bytes are about to leave: for
/// HTTP as the listener of the transport, for a database when the step announces it itself.
final class JournalledSending implements Sending, Wire.Listener {
    private final String step;
    private final int attempt;
    private final Consumer<Event> record;
    private final Supplier<Optional<Duration>> stood;
    private boolean announced;
    private Optional<Duration> late = Optional.empty();
    private @Nullable JournalException failure;
    private final Map<String, String> answer = new LinkedHashMap<>();

    /// @param stood how long ago the look at the lock was that cleared this change, when that is too
    ///     long to send it
    JournalledSending(
            String step, int attempt, Consumer<Event> record, Supplier<Optional<Duration>> stood) {
        this.step = step;
        this.attempt = attempt;
        this.record = record;
        this.stood = stood;
    }

    @Override
    public void aboutToSend(
            String method, String urlTemplate, String bodySha256, Map<String, String> ids) {
        announce(method, urlTemplate, bodySha256, ids, Duration.ZERO);
    }

    @Override
    public void sending(Wire.Sent sent) {
        // A Git object is named by its content and shows nowhere until a ref points to it.
        if (sent.object()) {
            return;
        }
        late = stood.get();
        if (late.isPresent()) {
            throw new FailureException(new Failure.Busy(sent.provider(), "not asked"));
        }
        var ids = new LinkedHashMap<String, String>();
        for (var i = 0; i < sent.ids().size(); i++) {
            ids.put(Integer.toString(i + 1), sent.ids().get(i));
        }
        announce(sent.method(), sent.template(), sent.bodySha256(), ids, sent.deadline());
    }

    @Override
    public void ended(Wire.Ended ended) {
        answer.clear();
        ended.status().ifPresent(s -> answer.put("status", Integer.toString(s)));
        ended.requestId().ifPresent(id -> answer.put("request", id));
        ended.serverTime().map(Instant::toString).ifPresent(t -> answer.put("server-time", t));
    }

    boolean announced() {
        return announced;
    }

    /// Throws what kept the announcement from being durable, if anything did.
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    Event.Answered accepted(Map<String, String> ids) {
        return announced
                ? answered(Outcome.ACCEPTED, "accepted", Optional.empty(), ids)
                : answered(Outcome.NOT_APPLIED, "nothing was sent", Optional.empty(), ids);
    }

    Event.Answered failed(Failure failure, Instant now) {
        if (late.isPresent()) {
            return answered(
                    Outcome.NOT_APPLIED,
                    "nothing was sent: Slipway stood still for "
                            + late.get().toSeconds()
                            + " s after it had looked at the production lock",
                    Optional.empty(),
                    Map.of());
        }
        return answered(outcome(failure), failure.sentence(), Rules.asked(failure, now), Map.of());
    }

    /// A defect of this program between announcement and answer.
    Event.Answered broken(RuntimeException defect) {
        var name = defect.getClass().getSimpleName();
        return answered(
                Outcome.UNKNOWN, "Slipway failed itself: " + name, Optional.empty(), Map.of());
    }

    private Outcome outcome(Failure failure) {
        if (failure instanceof Failure.Unauthorized) {
            return Outcome.DENIED;
        }
        return switch (failure.outcome()) {
            case NOT_APPLIED -> Outcome.NOT_APPLIED;
            case REFUSED -> Outcome.REFUSED;
            // Before the announcement only readings can have failed.
            case UNKNOWN -> announced ? Outcome.UNKNOWN : Outcome.NOT_APPLIED;
        };
    }

    private Event.Answered answered(
            Outcome outcome, String detail, Optional<Duration> wait, Map<String, String> ids) {
        var all = new LinkedHashMap<>(answer);
        all.putAll(ids);
        return new Event.Answered(
                step, attempt, outcome, detail, wait.map(Duration::toMillis).orElse(0L), all);
    }

    private void announce(
            String method,
            String url,
            String bodySha256,
            Map<String, String> ids,
            Duration deadline) {
        if (announced) {
            throw new IllegalStateException("a second change in one attempt of " + step);
        }
        try {
            record.accept(
                    new Event.Sent(
                            step, attempt, method, url, bodySha256, ids, deadline.toMillis()));
        } catch (JournalException e) {
            failure = e;
            throw e;
        }
        announced = true;
    }
}
