package dev.slipway.cli;

import dev.slipway.operation.journal.HashChain.Check;
import dev.slipway.operation.journal.JournalVerification;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway operations`.
final class OperationJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OperationJson() {}

    static ObjectNode of(List<OperationRow> rows) {
        var node = Output.object();
        var operations = node.putArray("operations");
        rows.forEach(row -> fill(operations.addObject(), row));
        return node;
    }

    static ObjectNode of(OperationDetail detail) {
        var node = Output.object();
        fill(node, detail.row());
        node.put("planHash", detail.plan().hash());
        var events = node.putArray("events");
        for (var line : detail.lines()) {
            var event = events.addObject();
            event.put("seq", line.seq());
            event.put("at", Output.time(line.at().wall()));
            event.put("type", line.type());
            event.put("step", line.step());
            event.put("attempt", line.attempt());
            event.set("payload", JSON.readTree(line.payload()));
        }
        return node;
    }

    static ObjectNode of(JournalVerification.Result result, Optional<String> anchor) {
        var node = Output.object();
        node.put("whole", result.check() instanceof Check.Whole);
        node.put("operations", result.operations());
        switch (result.check()) {
            case Check.Whole(var lines, var head) -> {
                node.put("lines", lines);
                node.put("head", head);
            }
            case Check.Broken(var seq, var reason) -> {
                node.put("brokenAt", seq);
                node.put("reason", reason);
            }
        }
        if (anchor.isPresent()) {
            result.anchor()
                    .ifPresentOrElse(
                            seq -> node.put("anchoredAt", seq), () -> node.putNull("anchoredAt"));
        }
        return node;
    }

    private static void fill(ObjectNode node, OperationRow row) {
        node.put("id", row.id());
        node.put("kind", row.kind());
        node.put("target", row.target());
        node.put("by", row.by());
        node.put("startedAt", Output.time(row.startedAt()));
        node.put("step", row.step());
        node.put("steps", row.steps());
        node.put("stepKey", row.stepKey());
        node.put("state", row.state().name());
        node.put("updatedAt", Output.time(row.updated()));
        node.put("reason", row.reason());
    }
}
