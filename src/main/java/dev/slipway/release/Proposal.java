package dev.slipway.release;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.operation.Plan;
import java.util.List;
import java.util.Optional;

/// A plan with the gates it has to pass, as a person sees it before deciding.
///
/// @param situation what was observed
/// @param gates in reading order
public record Proposal(Situation situation, Plan plan, List<Gate> gates) {
    public Proposal {
        gates = List.copyOf(gates);
    }

    /// What a person types to start it.
    public String phrase() {
        return PromotionPlanner.phrase(plan);
    }

    /// What of it all users see at once, one sentence each; empty when all of it moves gradually.
    public List<String> notGradual() {
        return NotGradual.of(situation);
    }

    /// Tags of the migrations the plan runs, in order.
    public List<String> migrations() {
        return tags("migration.");
    }

    /// Tags of the migrations that stay pending when the plan has ended, in order.
    public List<String> waiting() {
        return tags("waiting.");
    }

    private List<String> tags(String kind) {
        return situation.ledger().value().map(LedgerState::pending).orElse(List.of()).stream()
                .map(Migration::tag)
                .filter(tag -> plan.pins().containsKey(kind + tag))
                .toList();
    }

    /// Whether every gate is open.
    public boolean open() {
        return gates.stream().allMatch(Gate::open);
    }

    /// Whether every gate is open but for those that a rehearsal answers.
    public boolean openButForVerdict() {
        return gates.stream().allMatch(gate -> gate.open() || gate.answeredByRehearsal());
    }

    /// Whether a rehearsal is what the gate `verdict` waits for.
    public boolean rehearsalMissing() {
        return situation.rehearsalMissing();
    }

    /// The gate of this id.
    public Optional<Gate> gate(String id) {
        return gates.stream().filter(gate -> gate.id().equals(id)).findFirst();
    }

    /// Why it may not start, one sentence for each closed gate.
    public List<String> refusals() {
        return gates.stream()
                .filter(gate -> !gate.open())
                .map(gate ->
                        gate.title()
                                + ": "
                                + (gate.state() == Gate.State.UNKNOWN ? "not known. " : "no. ")
                                + gate.evidence())
                .toList();
    }
}
