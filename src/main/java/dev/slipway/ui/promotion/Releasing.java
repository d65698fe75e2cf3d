package dev.slipway.ui.promotion;

import dev.slipway.operation.Event;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Operation;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.operation.journal.Operations;
import dev.slipway.production.ProductionState;
import dev.slipway.release.PlanShelf;
import dev.slipway.release.Promotions;
import dev.slipway.release.Proposal;
import dev.slipway.release.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What these pages ask of the services. Every call may block and is made off the FX thread; what
/// writes takes a [Permit].
public interface Releasing {
    /// See [Promotions#propose]. What is proposed is also kept, to be compared later.
    Proposal propose(Target target);

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

    /// What the journal says about one operation.
    Optional<OperationDetail> operation(String id);

    /// All operations, newest first.
    List<OperationRow> operations();

    /// What the providers report now.
    ProductionState production();

    /// Ids of the gates that policy allows to waive.
    Set<String> waivable();

    /// The services of a world.
    ///
    /// @param production reads production anew
    static Releasing of(
            Promotions promotions,
            Operations operations,
            PlanShelf plans,
            Supplier<ProductionState> production,
            Set<String> waivable) {
        return new Services(promotions, operations, plans, production, Set.copyOf(waivable));
    }

    /// The real ones.
    record Services(
            Promotions promotions,
            Operations journal,
            PlanShelf plans,
            Supplier<ProductionState> reader,
            Set<String> waivable)
            implements Releasing {
        @Override
        public Proposal propose(Target target) {
            var proposal = promotions.propose(target);
            plans.put(proposal.plan());
            return proposal;
        }

        @Override
        public Proposal waive(Proposal proposal, String gate, String reason) {
            return promotions.waive(proposal, gate, reason);
        }

        @Override
        public Operation start(
                Proposal proposal,
                String phrase,
                Permit permit,
                List<Happening.Listener> listeners) {
            return promotions.start(proposal, phrase, permit, listeners);
        }

        @Override
        public Operation resume(
                Plan plan,
                Event.Decision decision,
                Permit permit,
                List<Happening.Listener> listeners) {
            return promotions.resume(plan, decision, permit, listeners);
        }

        @Override
        public Optional<Operation> running(String id) {
            return promotions.running(id);
        }

        @Override
        public void rollBack(String id, Permit permit) {
            promotions.rollBack(id, permit);
        }

        @Override
        public Optional<OperationDetail> operation(String id) {
            return journal.one(id);
        }

        @Override
        public List<OperationRow> operations() {
            return journal.list();
        }

        @Override
        public ProductionState production() {
            return reader.get();
        }
    }
}
