package dev.slipway.cli;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepGroup;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Planned;
import dev.slipway.release.Proposal;
import dev.slipway.release.Repair;
import dev.slipway.release.rollback.HealProposal;
import dev.slipway.release.rollback.HoldProposal;
import dev.slipway.release.rollback.RollbackProposal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway promote --plan-only` and its like. Steps are shown by group, the parts of a group
/// together, as people see them.
final class PromoteJson {
    private PromoteJson() {}

    static ObjectNode of(Proposal proposal) {
        var node = Output.object();
        plan(node.putObject("plan"), proposal);
        gates(node, proposal);
        return node;
    }

    /// The JSON of `slipway repair --plan-only`.
    static ObjectNode of(Repair repair) {
        var proposal = repair.proposal();
        var plan = proposal.plan();
        var node = Output.object();
        var entry = named(node, plan);
        entry.put("migration", repair.migration().tag());
        entry.put("how", repair.how().key());
        entry.put("commit", plan.pins().get("commit"));
        steps(entry, plan);
        var effects = node.putArray("effects");
        for (var found : repair.effects()) {
            var effect = effects.addObject();
            effect.put("statement", found.number());
            effect.put("there", found.there());
            effect.put("reason", found.reason());
        }
        gates(node, proposal);
        return node;
    }

    /// The JSON of `slipway rollback --plan-only`.
    static ObjectNode of(RollbackProposal proposal) {
        var plan = proposal.plan();
        var node = Output.object();
        var entry = named(node, plan);
        entry.put("release", plan.target());
        entry.put("commit", plan.pins().get("commit"));
        var workers = entry.putArray("workers");
        for (var worker : proposal.scene().production().workers()) {
            var item = workers.addObject();
            item.put("name", worker.name());
            item.put("from", worker.only().map(LiveWorker.LiveVersion::id).orElse(null));
            item.put("to", proposal.release().versions().get(worker.name()));
        }
        steps(entry, plan);
        gates(node, proposal);
        return node;
    }

    /// The JSON of `slipway hold --plan-only`.
    static ObjectNode of(HoldProposal proposal) {
        var plan = proposal.plan();
        var node = Output.object();
        var entry = named(node, plan);
        entry.put("commit", plan.pins().get("commit"));
        steps(entry, plan);
        gates(node, proposal);
        return node;
    }

    /// The JSON of `slipway heal --plan-only`.
    static ObjectNode of(HealProposal proposal) {
        var plan = proposal.plan();
        var node = Output.object();
        var entry = named(node, plan);
        entry.put("commit", plan.pins().get("commit"));
        var workers = entry.putArray("workers");
        for (var overtaken : proposal.overtaken()) {
            var item = workers.addObject();
            item.put("name", overtaken.worker());
            item.put("serves", overtaken.serves());
            item.put("newest", overtaken.newestId());
        }
        steps(entry, plan);
        gates(node, proposal);
        return node;
    }

    /// The plan's own object, begun with what names it.
    static ObjectNode named(ObjectNode node, Plan plan) {
        var entry = node.putObject("plan");
        entry.put("id", plan.id());
        entry.put("hash", plan.hash());
        return entry;
    }

    static void gates(ObjectNode node, Planned proposal) {
        var gates = node.putArray("gates");
        for (var gate : proposal.gates()) {
            var entry = gates.addObject();
            entry.put("id", gate.id());
            entry.put("title", gate.title());
            entry.put("state", gate.state().key());
            entry.put("evidence", gate.evidence());
            entry.put("asOf", Output.time(gate.asOf()));
        }
        node.put("confirm", proposal.phrase());
    }

    private static void plan(ObjectNode node, Proposal proposal) {
        var plan = proposal.plan();
        node.put("id", plan.id());
        node.put("hash", plan.hash());
        node.put("release", plan.target());
        node.put("commit", plan.pins().get("commit"));
        var shipped = node.putArray("pullRequests");
        proposal.situation().shipped().forEach(number -> shipped.add(number.value()));
        var migrations = node.putArray("migrations");
        proposal.migrations().forEach(migrations::add);
        var waiting = node.putArray("waiting");
        proposal.waiting().forEach(waiting::add);
        var workers = node.putArray("workers");
        for (var worker : proposal.situation().production().workers()) {
            var entry = workers.addObject();
            entry.put("name", worker.name());
            entry.put("from", worker.only().map(LiveWorker.LiveVersion::id).orElse(null));
            entry.putNull("to");
        }
        var notGradual = node.putArray("notGradual");
        proposal.notGradual().forEach(notGradual::add);
        steps(node, plan);
    }

    static void steps(ObjectNode node, Plan plan) {
        node.put("pointOfNoReturn", pointOfNoReturn(plan).orElse(null));
        var steps = node.putArray("steps");
        plan.groups().forEach(group -> group(steps.addObject(), group));
    }

    private static Optional<String> pointOfNoReturn(Plan plan) {
        return plan.steps().stream()
                .filter(PlanStep::pointOfNoReturn)
                .map(PlanStep::group)
                .findFirst();
    }

    private static void group(ObjectNode node, StepGroup group) {
        node.put("key", group.key());
        node.put("title", group.title());
        node.put("touches", group.touches());
        node.put("undo", group.undo());
        node.put("ifFails", group.ifFails());
        var keys = node.putArray("parts");
        group.parts().forEach(part -> keys.add(part.key()));
    }
}
