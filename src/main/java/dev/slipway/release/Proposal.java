package dev.slipway.release;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.operation.Plan;
import java.util.List;

/// A promotion or a repair, proposed.
///
/// @param situation what was observed
/// @param gates in reading order
public record Proposal(Situation situation, Plan plan, List<Gate> gates) implements Planned {
    public Proposal {
        gates = List.copyOf(gates);
    }

    @Override
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

    /// Whether every gate is open but for those that a rehearsal answers.
    public boolean openButForVerdict() {
        return gates.stream().allMatch(gate -> gate.open() || gate.answeredByRehearsal());
    }

    /// Whether a rehearsal is what the gate `verdict` waits for.
    public boolean rehearsalMissing() {
        return situation.rehearsalMissing();
    }
}
