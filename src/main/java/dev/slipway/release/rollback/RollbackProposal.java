package dev.slipway.release.rollback;

import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.Planned;
import java.util.List;

/// A rollback, proposed.
///
/// @param scene what was observed
/// @param release where to
public record RollbackProposal(Scene scene, PastRelease release, Plan plan, List<Gate> gates)
        implements Planned {
    /// The kind of its operation.
    public static final String KIND = "rollback";

    public RollbackProposal {
        gates = List.copyOf(gates);
    }

    @Override
    public String phrase() {
        return "roll back to " + release.name();
    }
}
