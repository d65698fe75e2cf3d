package dev.slipway.ui.promotion;

import dev.slipway.operation.Event;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Operation;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Repair;
import dev.slipway.release.Target;
import dev.slipway.ui.desk.Services;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What these pages ask of the services. Every call may block and is made off the FX thread; what
/// writes takes a [Permit].
public interface Releasing {
    /// See [Promotions#propose]. What is proposed is also kept, to be compared later. Nothing is
    /// rehearsed for it.
    Proposal propose(Target target);

    /// See [Promotions#rehearse]. What is proposed then is kept as well.
    Proposal rehearse(Proposal proposal, RehearsalListener listener);

    /// See [Repairs#propose]. What is proposed is kept as well.
    Repair repair(String tag, Repair.How how, RehearsalListener listener);

    /// See [Promotions#waive].
    Proposal waive(Proposal proposal, String gate, String reason);

    /// See [Promotions#start].
    Operation start(
            Proposal proposal, String phrase, Permit permit, List<Happening.Listener> listeners);

    /// See [Promotions#resume].
    Operation resume(
            Plan plan, Event.Decision decision, Permit permit, List<Happening.Listener> listeners);

    /// The operation, while this process works on it.
    Optional<Operation> running(String id);

    /// See [Promotions#rollBack].
    void rollBack(String id, Permit permit);

    /// What the journal says about one operation, or the lock about one that runs on another computer.
    Optional<OperationDetail> operation(String id);

    /// All operations, newest first.
    List<OperationRow> operations();

    /// What the providers report now.
    ProductionState production();

    /// Ids of the gates that policy allows to waive.
    Set<String> waivable();

    /// The services of a world.
    static Releasing of(Services services) {
        return new OfServices(services);
    }

    /// The real ones.
    record OfServices(Services services) implements Releasing {
        @Override
        public Proposal propose(Target target) {
            return kept(services.promotions().propose(target));
        }

        @Override
        public Proposal rehearse(Proposal proposal, RehearsalListener listener) {
            return kept(services.promotions().rehearse(proposal, listener));
        }

        @Override
        public Repair repair(String tag, Repair.How how, RehearsalListener listener) {
            var made = services.repairs().propose(tag, how, listener);
            kept(made.proposal());
            return made;
        }

        private Proposal kept(Proposal proposal) {
            services.plans().put(proposal.plan());
            return proposal;
        }

        @Override
        public Proposal waive(Proposal proposal, String gate, String reason) {
            return services.promotions().waive(proposal, gate, reason);
        }

        @Override
        public Operation start(
                Proposal proposal,
                String phrase,
                Permit permit,
                List<Happening.Listener> listeners) {
            var operation = services.promotions().start(proposal, phrase, permit, listeners);
            services.plans().begun(proposal.plan());
            return operation;
        }

        @Override
        public Operation resume(
                Plan plan,
                Event.Decision decision,
                Permit permit,
                List<Happening.Listener> listeners) {
            return services.promotions().resume(plan, decision, permit, listeners);
        }

        @Override
        public Optional<Operation> running(String id) {
            return services.promotions().running(id);
        }

        @Override
        public void rollBack(String id, Permit permit) {
            services.promotions().rollBack(id, permit);
        }

        @Override
        public Optional<OperationDetail> operation(String id) {
            return services.operations()
                    .one(id)
                    .or(() ->
                            services.takeovers()
                                    .elsewhere(id)
                                    // What nobody works on is taken over first, then decided on.
                                    .filter(o -> o.row().state() == OperationState.RUNNING));
        }

        @Override
        public List<OperationRow> operations() {
            return services.operations().list();
        }

        @Override
        public ProductionState production() {
            return services.production().read(ProductionReader.Wake.ALLOWED);
        }

        @Override
        public Set<String> waivable() {
            return Set.copyOf(services.stack().policy().waivable());
        }
    }
}
