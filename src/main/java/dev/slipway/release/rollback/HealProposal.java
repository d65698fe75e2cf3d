package dev.slipway.release.rollback;

import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.Planned;
import java.util.List;

/// Uploading what serves again, proposed.
///
/// @param overtaken the Workers it is done for
public record HealProposal(List<Overtaken> overtaken, Plan plan, List<Gate> gates)
        implements Planned {
    /// The kind of its operation.
    public static final String KIND = "heal";

    public HealProposal {
        overtaken = List.copyOf(overtaken);
        gates = List.copyOf(gates);
    }

    @Override
    public String phrase() {
        return KIND + " " + plan.target();
    }
}
