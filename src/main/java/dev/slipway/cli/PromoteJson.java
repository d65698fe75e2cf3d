package dev.slipway.cli;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Proposal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway promote --plan-only`. Steps are shown by group, the parts of a group
/// together, as people see them.
final class PromoteJson {
    private PromoteJson() {}

    static ObjectNode of(Proposal proposal) {
        var node = Output.object();
        plan(node.putObject("plan"), proposal);
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
        return node;
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
        node.put("pointOfNoReturn", pointOfNoReturn(plan).orElse(null));
        var notGradual = node.putArray("notGradual");
        proposal.notGradual().forEach(notGradual::add);
        var steps = node.putArray("steps");
        groups(plan).forEach((key, parts) -> group(steps.addObject(), key, parts));
    }

    private static Optional<String> pointOfNoReturn(Plan plan) {
        return plan.steps().stream()
                .filter(PlanStep::pointOfNoReturn)
                .map(PlanStep::group)
                .findFirst();
    }

    /// The steps by group, in the order of the plan.
    static Map<String, List<PlanStep>> groups(Plan plan) {
        return plan.steps().stream()
                .collect(
                        Collectors.groupingBy(
                                PlanStep::group, LinkedHashMap::new, Collectors.toList()));
    }

    private static void group(ObjectNode node, String key, List<PlanStep> parts) {
        node.put("key", key);
        node.put("title", joined(parts, PlanStep::title, "; "));
        node.put("touches", joined(parts, PlanStep::touches, ", "));
        node.put("undo", joined(parts, PlanStep::undo, ", "));
        node.put("ifFails", joined(parts, PlanStep::ifFails, ", "));
        var keys = node.putArray("parts");
        parts.forEach(part -> keys.add(part.key()));
    }

    private static String joined(
            List<PlanStep> parts,
            java.util.function.Function<PlanStep, String> field,
            String between) {
        return parts.stream()
                .map(field)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(between));
    }
}
