package dev.slipway.cli;

import dev.slipway.release.rollback.LossWords;
import dev.slipway.release.rollback.RestoreFacts;
import dev.slipway.release.rollback.RestoreProposal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A restore of the database as the command line shows it.
///
/// @param maintenanceNamed whether `slipway.yaml` names a Worker that can answer meanwhile
record OfRestore(RestoreProposal proposal, boolean maintenanceNamed)
        implements PlannedCommand.Shown {
    @Override
    public JsonNode document() {
        return RestoreJson.of(proposal);
    }

    @Override
    public String title() {
        var scene = proposal.scene();
        return (scene.source().undoes().isPresent()
                        ? "Undo: restore the database from " + scene.source().words()
                        : "Restore the database to " + scene.source().words())
                + (scene.codeStays()
                        ? ", the code stays " + scene.to().name()
                        : ", the code goes to " + scene.to().name())
                + scene.code().liveRelease().map(live -> "; live is " + live).orElse("");
    }

    @Override
    public List<String> remarks() {
        var scene = proposal.scene();
        var remarks = new ArrayList<String>();
        remarks.add(proposal.sentence());
        if (!proposal.precious().isEmpty()) {
            remarks.add(
                    proposal.precious().stream()
                            .map(LossWords::table)
                            .collect(Collectors.joining("; ", "Precious: ", ".")));
        }
        proposal.loss().ifPresent(loss -> remarks.addAll(loss.remarks()));
        scene.neon()
                .value()
                .map(RestoreFacts::backup)
                .ifPresent(backup ->
                        remarks.add(
                                "What is there now is kept as the branch "
                                        + backup
                                        + "; the restore can be undone from it. Connections drop for"
                                        + " seconds."));
        remarks.add(
                scene.maintenance().isPresent()
                        ? "The maintenance Worker answers from the first step on until the code is back."
                        : "Writes go on until the restore, and are lost, too"
                                + (maintenanceNamed
                                        ? "; --maintenance lets another Worker answer meanwhile."
                                        : "; slipway.yaml names no Worker that could answer"
                                                + " meanwhile (restore.maintenance)."));
        remarks.add("About " + proposal.takes().toSeconds() + " s.");
        return remarks;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(30);
    }
}
