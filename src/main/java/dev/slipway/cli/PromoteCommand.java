package dev.slipway.cli;

import dev.slipway.release.Proposal;
import dev.slipway.release.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "promote",
        description = "Take a pull request or a commit of the base branch to production.")
final class PromoteCommand extends PlannedCommand {
    @Parameters(paramLabel = "PR|SHA", description = "Number of an open pull request, or full sha.")
    private String target = "";

    @Option(
            names = "--waive",
            paramLabel = "GATE=REASON",
            description = "Overrule a gate that policy.waivable of slipway.yaml lists.")
    private Map<String, String> waived = new LinkedHashMap<>();

    @Override
    void check() {
        Target.read(target);
    }

    @Override
    Shown propose(Session session, Output output) {
        var promotions = session.promotions();
        var proposal = promotions.propose(Target.read(target), new RehearsalLines(output));
        for (var waiver : waived.entrySet()) {
            proposal = promotions.waive(proposal, waiver.getKey(), waiver.getValue());
        }
        return new Promotion(proposal);
    }

    private record Promotion(Proposal proposal) implements Shown {
        @Override
        public JsonNode document() {
            return PromoteJson.of(proposal);
        }

        @Override
        public String title() {
            return "Promote " + proposal.situation().target() + " as " + proposal.plan().target();
        }

        @Override
        public List<String> remarks() {
            var remarks = new ArrayList<>(proposal.notGradual());
            if (!proposal.waiting().isEmpty()) {
                remarks.add(
                        "Stays pending: "
                                + String.join(", ", proposal.waiting())
                                + ". Promote the commit that is live then, for a plan of its own.");
            }
            return remarks;
        }
    }
}
