package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.Plan;
import dev.slipway.release.Proposal;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import java.util.List;
import javafx.scene.Node;

/// What the page "Confirm" says of a repair.
///
/// @param how which of the two
record RepairFacts(Proposal made, Plan plan, How how) {
    /// The consequence, as a question.
    String question() {
        return switch (how) {
            case APPLY -> "Run " + plan.target() + " in production now?";
            case RECORD -> "Write " + plan.target() + " down as applied?";
        };
    }

    List<Node> changes() {
        var where =
                plan.pins().getOrDefault("repository", "")
                        + " / "
                        + plan.pins().getOrDefault("environment", "");
        return List.of(
                fact("Who and when", label(made.situation().by() + ", now")),
                fact(
                        "Database",
                        label(
                                where
                                        + " / Neon branch "
                                        + plan.step("migrate.apply")
                                                .map(s -> s.touches().replace("Neon: ", ""))
                                                .orElse("")),
                        label(plan.target(), "mono-strong"),
                        label(
                                switch (how) {
                                    case APPLY -> "its statements, then its row in the ledger";
                                    case RECORD ->
                                            "its row in the ledger; none of its statements runs";
                                })),
                fact("GitHub", label("the lock of production, until it is done")));
    }

    List<Node> untouched() {
        return List.of(
                Nodes.point(
                        Icon.WORKER,
                        Tone.MUTED,
                        "Code and traffic: users keep " + Words.liveName(plan)),
                Nodes.point(
                        Icon.DATABASE,
                        Tone.MUTED,
                        "Other migrations: Drizzle sees the same ones pending as before"),
                Nodes.point(Icon.SECRETS, Tone.MUTED, "Secrets, DNS records, routes and triggers"));
    }

    List<Node> wayBack() {
        var none = Words.pointsOfNoReturn(plan).isEmpty();
        return List.of(
                Nodes.point(
                        none ? Icon.OK : Icon.ATTENTION,
                        none ? Tone.SUCCESS : Tone.DANGER,
                        switch (how) {
                            case APPLY ->
                                    none
                                            ? "No point of no return: live code was tried on it"
                                            : "Only from the restore point: what it takes away is"
                                                    + " gone";
                            case RECORD -> "Delete the row; the schema stays as it is";
                        }),
                Nodes.point(Icon.UNDO, Tone.MUTED, "A restore point is written down before"));
    }
}
