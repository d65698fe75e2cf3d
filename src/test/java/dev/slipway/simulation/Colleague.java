package dev.slipway.simulation;

import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.RunState;
import dev.slipway.operation.Sittings;
import dev.slipway.operation.StepWorks;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.operation.lock.OwnRuns;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.release.Takeovers;
import dev.slipway.release.Takeovers.Taken;
import dev.slipway.release.WriterSeat;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks after production when somebody's computer may be gone: with the product's own takeover, which
/// copies the run from the lock into the journal here, for this person to decide about.
final class Colleague {
    private final Run run;
    private final Operator operator;
    private final StepWorks works;
    private final Supplier<SimJournal> journal;
    private final Takeovers takeovers;
    private boolean copying;

    Colleague(
            Run run,
            Operator operator,
            ProductionLock lock,
            StepWorks works,
            Supplier<SimJournal> journal) {
        this.run = run;
        this.operator = operator;
        this.works = works;
        this.journal = journal;
        takeovers =
                new Takeovers(
                        lock,
                        "production",
                        new OwnRuns(this::run),
                        this::seat,
                        run.time()::instant);
    }

    /// What a look at the lock came to.
    sealed interface Found {
        /// Nobody holds production.
        record Free() implements Found {}

        /// It is held by somebody who may be at work.
        record Held() implements Found {}

        /// This run is in the journal here, to be decided about.
        record Ours(Plan plan) implements Found {}

        /// The journal here tells otherwise of the run; another folder is needed.
        record Otherwise() implements Found {}
    }

    /// Looks, and takes over what can be taken.
    Found looks() {
        var offer = takeovers.offer();
        switch (offer.status().state()) {
            case FREE -> {
                return new Found.Free();
            }
            case YOURS -> {
                return new Found.Ours(known(offer.status()));
            }
            default -> {
                if (offer.refusal().isPresent()) {
                    return new Found.Held();
                }
            }
        }
        copying = true;
        try {
            return switch (takeovers.take(
                    offer, offer.phrase(), Permit.forOne(operator.name(), "gone"))) {
                case Taken.Adopted(var plan, var from) -> {
                    run.trace(operator.index(), "adopts " + plan.target() + " of " + from);
                    yield new Found.Ours(plan);
                }
                case Taken.Freed(var why) -> {
                    run.trace(operator.index(), "frees: " + why);
                    yield new Found.Free();
                }
            };
        } catch (RefusedException e) {
            return new Found.Held();
        } catch (InputException e) {
            return new Found.Otherwise();
        } finally {
            copying = false;
        }
    }

    /// Whether a run is being copied from the lock.
    boolean copying() {
        return copying;
    }

    private Plan known(LockStatus status) {
        return journal.get().plan(status.record().orElseThrow().run()).orElseThrow();
    }

    private Optional<RunState> run(String id) {
        var here = journal.get();
        return here.plan(id).map(plan -> Sittings.state(plan, here.entries(id)));
    }

    private WriterSeat.Held seat() {
        var driver =
                new Driver(
                        journal.get(),
                        works,
                        run.rules(),
                        operator::now,
                        new Driver.Seat(operator.name(), operator.name()));
        return new WriterSeat.Held() {
            @Override
            public Driver driver() {
                return driver;
            }

            @Override
            public void close() {}
        };
    }
}
