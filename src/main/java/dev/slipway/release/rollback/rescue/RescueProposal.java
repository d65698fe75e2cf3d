package dev.slipway.release.rollback.rescue;

import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.Planned;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.Replayed;
import java.util.List;

/// The return of lost rows, proposed.
///
/// @param rehearsed what came of it on a throw-away branch of production
public record RescueProposal(
        Kept kept, ReplayOptions options, Replayed rehearsed, Plan plan, List<Gate> gates)
        implements Planned {
    /// The kind of its operation.
    public static final String KIND = "rescue";

    public RescueProposal {
        gates = List.copyOf(gates);
    }

    @Override
    public String phrase() {
        var rows = rehearsed.rows();
        return "bring back " + rows + (rows == 1 ? " row" : " rows");
    }
}
