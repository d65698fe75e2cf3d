package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.release.Proposal;
import dev.slipway.release.Repair;
import dev.slipway.release.Repair.How;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "repair",
        description = "Run a migration that Drizzle skips, or record it as applied.")
final class RepairCommand extends PlannedCommand {
    @Parameters(paramLabel = "TAG", description = "The migration, as its file is called.")
    private String tag = "";

    @Option(names = "--apply", description = "Run it now, rehearsed and under a verdict.")
    private boolean apply;

    @Option(names = "--record", description = "Write its ledger row only: what it does is there.")
    private boolean record;

    @Override
    void check() {
        if (apply == record) {
            throw new InputException(
                    "Say either --apply (run "
                            + tag
                            + " now) or --record (write down that it is there). Nothing was asked or"
                            + " changed.");
        }
    }

    @Override
    Shown propose(Session session, Output output) {
        return new OfRepair(
                session.repairs()
                        .propose(tag, apply ? How.APPLY : How.RECORD, new RehearsalLines(output)));
    }

    private record OfRepair(Repair repair) implements Shown {
        @Override
        public Proposal proposal() {
            return repair.proposal();
        }

        @Override
        public JsonNode document() {
            return PromoteJson.of(repair);
        }

        @Override
        public String title() {
            return switch (repair.how()) {
                case APPLY -> "Run " + repair.migration().tag() + ", which Drizzle skips";
                case RECORD -> "Record " + repair.migration().tag() + ", which Drizzle skips";
            };
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }
    }
}
