package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.http.Wire;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.operation.lock.OwnRuns;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.operation.lock.ProductionLock.Standing;
import dev.slipway.operation.lock.ProductionLock.Takeover;
import dev.slipway.operation.lock.RunHistory;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/// Taking production over from somebody who is gone. Whoever takes over may only look: the run is in
/// their journal then as if it had been interrupted here, and they decide what becomes of it. Neither
/// production nor what the run made is changed.
public final class Takeovers {
    private final ProductionLock lock;
    private final String environment;
    private final OwnRuns own;
    private final Supplier<WriterSeat.Held> seat;
    private final InstantSource clock;

    /// @param own the runs of this home
    /// @param seat makes this process the writer of its home, see [WriterSeat#take]
    public Takeovers(
            ProductionLock lock,
            String environment,
            OwnRuns own,
            Supplier<WriterSeat.Held> seat,
            InstantSource clock) {
        this.lock = lock;
        this.environment = environment;
        this.own = own;
        this.seat = seat;
        this.clock = clock;
    }

    /// What would be taken over, as it was seen.
    ///
    /// @param status who holds production
    /// @param run what it is known to do; empty when nobody runs anything or it cannot be read
    /// @param unreadable why the run cannot be read, a sentence
    /// @param phrase what a person types to take it over
    public record Offer(
            LockStatus status,
            Optional<RunHistory> run,
            Optional<String> unreadable,
            String phrase) {
        /// Why it cannot be taken now, a sentence; empty when it can.
        public Optional<String> refusal() {
            return Takeovers.refusal(status);
        }
    }

    /// What came of it.
    public sealed interface Taken {
        /// The run is in the journal of this home; nothing was decided yet.
        ///
        /// @param from who ran it
        record Adopted(Plan plan, String from) implements Taken {}

        /// The lock was given back at once, since what ran cannot be gone on with.
        ///
        /// @param why a sentence
        record Freed(String why) implements Taken {}
    }

    /// Reads who holds production, and what they do. Changes nothing.
    public Offer offer() {
        var status = lock.status(own::mine);
        var phrase = "take over " + environment;
        try {
            return new Offer(status, lock.history(), Optional.empty(), phrase);
        } catch (FailureException e) {
            return new Offer(
                    status, Optional.empty(), Optional.of(e.failure().sentence() + "."), phrase);
        }
    }

    /// The run of another computer whose id begins with `id`, as the lock tells it; empty when it does
    /// not hold production or cannot be read.
    public Optional<OperationDetail> elsewhere(String id) {
        var offer = offer();
        return offer.run()
                .filter(run -> offer.status().elsewhere() && run.plan().id().startsWith(id))
                .map(run ->
                        OperationDetail.copied(
                                run.plan(),
                                run.entries(),
                                offer.status().state() == LockStatus.State.OTHER));
    }

    /// Takes over what was offered.
    ///
    /// @param phrase what the person typed
    /// @throws RefusedException when it cannot be taken, is not what was offered any more, or the phrase
    ///     differs; nothing was changed
    public Taken take(Offer offer, String phrase, Permit permit) {
        permit.require(clock.instant());
        offer.refusal()
                .ifPresent(why -> {
                    throw new RefusedException(why);
                });
        if (!phrase.equals(offer.phrase())) {
            throw new RefusedException(
                    "The phrase to take production over is \"%s\", not \"%s\". Nothing was changed."
                            .formatted(offer.phrase(), phrase));
        }
        // Whoever cannot write a journal here must not hold the lock.
        try (var writer = seat.get()) {
            return take(offer, writer.driver(), permit);
        }
    }

    private Taken take(Offer offer, Driver writer, Permit permit) {
        var taken =
                Wire.during(
                        Wire.Listener.NONE, () -> lock.takeOver(offer.status(), permit.reason()));
        return switch (taken) {
            case Takeover.Taken(var ours)
                    when offer.status().record().filter(own::left).isPresent() ->
                    free(ours, "The run %s has ended".formatted(ours.record().run()));
            case Takeover.Taken(var ours) -> adopt(ours, writer, permit);
            case Takeover.Cleared(var epoch) ->
                    new Taken.Freed(
                            "The record of the lock could not be read, so nothing is known of what ran; the lock is free again, at epoch %d. Look at production before anything else."
                                    .formatted(epoch));
            case Takeover.Not(var status) ->
                    throw new RefusedException(
                            refusal(status)
                                    .orElse(
                                            "The lock is not what it was when you looked: %s. Nothing was changed."
                                                    .formatted(status.sentence())));
        };
    }

    private Taken adopt(Standing.Ours ours, Driver writer, Permit permit) {
        RunHistory run;
        try {
            run = lock.history().orElseThrow(() -> new IllegalStateException("not held"));
        } catch (FailureException e) {
            return free(ours, e.failure().sentence());
        }
        var from = ours.record().taken().orElseThrow().from();
        writer.adopt(
                run.plan(),
                run.entries(),
                from,
                ours.record().epoch(),
                permit.by(),
                permit.reason());
        return new Taken.Adopted(run.plan(), from);
    }

    private Taken free(Standing.Ours ours, String why) {
        var freed = Wire.during(Wire.Listener.NONE, () -> lock.release(ours));
        return new Taken.Freed(
                "%s, so it cannot be gone on with. The lock %s. Look at production before anything else."
                        .formatted(why, freed ? "is free again" : "changed hands meanwhile"));
    }

    private static Optional<String> refusal(LockStatus status) {
        var record = status.record();
        return switch (status.state()) {
            case FREE -> Optional.of("Nobody holds production, so there is nothing to take over.");
            case YOURS ->
                    Optional.of(
                            "Production is held by an operation of this computer. Go on with: slipway resume "
                                    + record.map(LockRecord::run).orElse(""));
            case OTHER, UNREADABLE, EXPIRED ->
                    status.takeable()
                            ? Optional.empty()
                            : Optional.of(
                                    "%s. It cannot be taken over before %s, when it expires unless it is renewed.%s Nothing was changed."
                                            .formatted(
                                                    "Production is " + heldBy(status),
                                                    status.expires()
                                                            .map(t ->
                                                                    t.truncatedTo(
                                                                                    ChronoUnit
                                                                                            .SECONDS)
                                                                            .toString())
                                                            .orElse("it is known when"),
                                                    record.map(r ->
                                                                    " Ask its holder to pause with: slipway pause "
                                                                            + r.run()
                                                                            + ".")
                                                            .orElse("")));
        };
    }

    private static String heldBy(LockStatus status) {
        return status.record()
                .map(r -> "held by " + r.holder() + " (" + r.doing() + ")")
                .orElse("held by somebody whose record cannot be read");
    }
}
