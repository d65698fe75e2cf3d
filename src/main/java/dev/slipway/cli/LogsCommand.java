package dev.slipway.cli;

import dev.slipway.log.LogRow;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "logs", description = "Health, migration and operation rows on one clock.")
final class LogsCommand extends SlipwayCommand.Sub {
    @Option(names = "--follow", description = "Stay and show new rows; with --json NDJSON.")
    private boolean follow;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "debug, info, ok, warn or error; info by default.")
    private LogRow.Level least = LogRow.Level.INFO;

    @Override
    int run(Program program, Output output) {
        try (var session = program.open(common(), output)) {
            if (follow) {
                session.logs().follow(row -> show(output, row));
                return Exit.DONE;
            }
            var rows =
                    session.logs().rows().stream()
                            .filter(row -> row.level().atLeast(least))
                            .toList();
            if (output.json()) {
                var node = Output.object();
                var array = node.putArray("rows");
                rows.forEach(row -> fill(array.addObject(), row));
                output.document(node);
            } else if (rows.isEmpty()) {
                output.line("Nothing was logged in this home yet.");
            } else {
                rows.forEach(row -> output.line(row.plain()));
            }
            return Exit.DONE;
        }
    }

    private void show(Output output, LogRow row) {
        if (!row.level().atLeast(least)) {
            return;
        }
        if (output.json()) {
            var node = Output.object();
            fill(node, row);
            output.jsonLine(node);
        } else {
            output.line(row.plain());
        }
    }

    private static void fill(ObjectNode node, LogRow row) {
        node.put("at", Output.time(row.at()));
        node.put("kind", row.kind().name().toLowerCase(Locale.ROOT));
        node.put("channel", row.channel().key());
        node.put("source", row.source());
        node.put("level", row.level().name().toLowerCase(Locale.ROOT));
        node.put("text", row.text());
        row.operation().ifPresent(id -> node.put("operation", id));
        row.step().ifPresent(step -> node.put("step", step));
        row.worker().ifPresent(worker -> node.put("worker", worker));
        if (!row.detail().isEmpty()) {
            var detail = node.putArray("detail");
            row.detail().forEach(detail::add);
        }
    }
}
