package dev.slipway.cli;

import dev.slipway.release.rollback.HealProposal;
import dev.slipway.release.rollback.Overtaken;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "heal",
        description =
                "Upload the code that serves again where a newer version has no traffic, so that secrets"
                        + " can be changed.")
final class HealCommand extends PlannedCommand {
    @Override
    void check() {
        // It takes no arguments of its own.
    }

    @Override
    Shown propose(Session session, Output output) {
        return new OfHeal(session.heals().propose());
    }

    private record OfHeal(HealProposal proposal) implements Shown {
        @Override
        public JsonNode document() {
            return PromoteJson.of(proposal);
        }

        @Override
        public String title() {
            return "Make what serves the newest version of " + proposal.plan().target();
        }

        @Override
        public List<String> remarks() {
            var remarks = new ArrayList<String>();
            proposal.overtaken().stream().map(Overtaken::sentence).forEach(remarks::add);
            remarks.add("Code, secrets and the database stay as they are.");
            return remarks;
        }
    }
}
