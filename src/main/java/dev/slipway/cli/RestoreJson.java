package dev.slipway.cli;

import dev.slipway.production.LiveWorker;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableLoss;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of a restore and of a look. Holds no value of a row.
final class RestoreJson {
    private RestoreJson() {}

    /// The JSON of `slipway rollback --database --plan-only`.
    static ObjectNode of(RestoreProposal proposal) {
        var plan = proposal.plan();
        var scene = proposal.scene();
        var node = Output.object();
        var entry = PromoteJson.named(node, plan);
        entry.put("release", plan.target());
        entry.put("commit", plan.pins().get("commit"));
        entry.put("database", scene.source().words());
        entry.put("undoes", scene.source().undoes().orElse(null));
        entry.put("backup", scene.neon().value().map(f -> f.backup()).orElse(null));
        entry.put("seconds", proposal.takes().toSeconds());
        var workers = entry.putArray("workers");
        for (var worker : scene.code().production().workers()) {
            var item = workers.addObject();
            item.put("name", worker.name());
            item.put("from", worker.only().map(LiveWorker.LiveVersion::id).orElse(null));
            item.put("to", scene.to().versions().get(worker.name()));
        }
        PromoteJson.steps(entry, plan);
        var facts = scene.neon().value();
        var along = node.putObject("movesAlong");
        var branches = along.putArray("branches");
        facts.map(f -> f.children()).orElse(List.of()).forEach(branches::add);
        var databases = along.putArray("databases");
        facts.map(f -> f.databases()).orElse(List.of()).forEach(databases::add);
        proposal.loss()
                .ifPresentOrElse(
                        loss -> loss(node.putObject("loss"), loss, proposal.precious()),
                        () -> node.putNull("loss"));
        PromoteJson.gates(node, proposal);
        return node;
    }

    static void loss(ObjectNode node, Loss loss, List<TableLoss> precious) {
        node.put("counted", Output.time(loss.counted()));
        node.put("complete", loss.complete());
        node.put("new", loss.lost());
        node.put("changed", loss.changed());
        node.put("back", loss.returning());
        var tables = node.putArray("tables");
        for (var table : loss.tables()) {
            var entry = tables.addObject();
            entry.put("table", table.table().toString());
            entry.put("precious", precious.contains(table));
            number(entry, "then", table.then());
            number(entry, "now", table.now());
            switch (table) {
                case TableLoss.Counted counted -> {
                    entry.put("new", counted.lost());
                    entry.put("changed", counted.changed());
                    entry.put("back", counted.returning());
                }
                case TableLoss.Uncounted uncounted -> entry.put("uncounted", uncounted.reason());
            }
            var remarks = entry.putArray("remarks");
            table.remarks().forEach(remarks::add);
        }
        var remarks = node.putArray("remarks");
        loss.remarks().forEach(remarks::add);
    }

    private static void number(ObjectNode node, String name, OptionalLong value) {
        if (value.isPresent()) {
            node.put(name, value.getAsLong());
        } else {
            node.putNull(name);
        }
    }
}
