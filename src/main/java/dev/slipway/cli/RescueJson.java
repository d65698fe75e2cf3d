package dev.slipway.cli;

import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.rollback.rescue.RescueProposal;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway rescue replay --plan-only`. Holds no value of a row.
final class RescueJson {
    private RescueJson() {}

    static ObjectNode of(RescueProposal proposal) {
        var plan = proposal.plan();
        var node = Output.object();
        var entry = PromoteJson.named(node, plan);
        entry.put("backup", proposal.kept().backup());
        entry.put("point", proposal.kept().point());
        PromoteJson.steps(entry, plan);
        var tables = node.putArray("tables");
        for (var table : proposal.rehearsed().tables()) {
            var item = tables.addObject();
            item.put("table", table.table().toString());
            item.put("inserted", table.inserted());
            item.put("updated", table.updated());
            item.put("deleted", table.deleted());
            item.put("already", table.already());
        }
        var conflicts = node.putArray("conflicts");
        for (var conflict : proposal.rehearsed().conflicts()) {
            var item = conflicts.addObject();
            item.put("table", conflict.table().toString());
            item.put("kind", kind(conflict));
            item.put("rows", conflict.rows());
            item.put("sentence", conflict.sentence());
        }
        PromoteJson.gates(node, proposal);
        return node;
    }

    private static String kind(Conflict conflict) {
        return conflict.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
