package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.Planned;
import java.util.List;

/// Holding a commit back, or letting it go, proposed.
public record HoldProposal(CommitSha commit, Holds.What what, Plan plan, List<Gate> gates)
        implements Planned {
    public HoldProposal {
        gates = List.copyOf(gates);
    }

    @Override
    public String phrase() {
        return what.kind() + " " + commit.brief();
    }
}
