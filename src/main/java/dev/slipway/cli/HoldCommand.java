package dev.slipway.cli;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.InputException;
import dev.slipway.release.rollback.HoldProposal;
import dev.slipway.release.rollback.Holds.What;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `slipway hold` and `slipway unhold`.
abstract class HoldCommand extends PlannedCommand {
    @Parameters(paramLabel = "SHA", description = "The commit, forty hexadecimal digits.")
    private String sha = "";

    private final What what;

    private HoldCommand(What what) {
        this.what = what;
    }

    @Command(name = "hold", description = "Hold a commit back from production, for everybody.")
    static final class Hold extends HoldCommand {
        Hold() {
            super(What.HOLD);
        }
    }

    @Command(name = "unhold", description = "Let a held commit go again.")
    static final class Unhold extends HoldCommand {
        Unhold() {
            super(What.UNHOLD);
        }
    }

    @Override
    final void check() {
        if (!CommitSha.isOne(sha)) {
            throw new InputException(
                    "\""
                            + sha
                            + "\" is no full commit sha (forty hexadecimal digits). Nothing was asked"
                            + " or changed.");
        }
    }

    @Override
    final Shown propose(Session session, Output output) {
        return new OfHold(session.holds().propose(new CommitSha(sha), what));
    }

    private record OfHold(HoldProposal proposal) implements Shown {
        @Override
        public JsonNode document() {
            return PromoteJson.of(proposal);
        }

        @Override
        public String title() {
            var commit = proposal.commit().brief();
            return switch (proposal.what()) {
                case HOLD -> "Hold " + commit + " back from production";
                case UNHOLD -> "Let " + commit + " go to production again";
            };
        }

        @Override
        public List<String> remarks() {
            return List.of("What is live stays as it is.");
        }
    }
}
