package dev.slipway.cli;

import dev.slipway.domain.CommitSha;
import dev.slipway.health.Probe;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.production.ProductionState;
import dev.slipway.release.rollback.Answer;
import dev.slipway.release.rollback.PastRelease;
import dev.slipway.release.rollback.Scene;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway production`, also part of the result of an operation.
final class ProductionJson {
    private ProductionJson() {}

    static ObjectNode of(Scene scene, Answer back) {
        var node = of(scene.production());
        var overtaken = node.putArray("overtaken");
        for (var one : scene.overtaken()) {
            var entry = overtaken.addObject();
            entry.put("worker", one.worker());
            entry.put("serves", one.serves());
            entry.put("newest", one.newestId());
            entry.put("sentence", one.sentence());
        }
        var entry = node.putObject("goBack");
        entry.put("answer", back.kind().key());
        entry.put("release", back.release().map(PastRelease::name).orElse(null));
        entry.put("sentence", back.sentence());
        back.seconds()
                .ifPresentOrElse(
                        seconds -> entry.put("seconds", seconds), () -> entry.putNull("seconds"));
        entry.put("dependsOn", back.dependsOn());
        return node;
    }

    static ObjectNode of(ProductionState state) {
        var node = Output.object();
        node.put("asOf", Output.time(state.asOf()));
        node.put("release", state.release().orElse(null));
        node.put("commit", state.commit().map(CommitSha::value).orElse(null));
        var workers = node.putArray("workers");
        for (var worker : state.workers()) {
            var entry = workers.addObject();
            entry.put("name", worker.name());
            entry.put("script", worker.script());
            entry.put("state", worker.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            var versions = entry.putArray("versions");
            for (var version : worker.versions()) {
                var item = versions.addObject();
                item.put("id", version.id());
                if (version.percent() == Math.rint(version.percent())) {
                    item.put("percent", (int) version.percent());
                } else {
                    item.put("percent", version.percent());
                }
                version.commit().ifPresent(commit -> item.put("commit", commit));
                version.tag().ifPresent(tag -> item.put("tag", tag));
            }
            worker.doubt().ifPresent(doubt -> entry.put("error", doubt));
        }
        schema(node.putObject("schema"), state);
        node.put("health", state.health().key());
        var probes = node.putArray("probes");
        state.probes().forEach(probe -> probe(probes.addObject(), probe));
        node.put("fit", state.fit().key());
        var errors = node.putObject("errors");
        state.failures().forEach((who, why) -> errors.put(who.key(), why.sentence()));
        return node;
    }

    private static void schema(ObjectNode node, ProductionState state) {
        var ledger = state.schema().state();
        node.put("latest", ledger.flatMap(LedgerState::latest).orElse(null));
        ledger.ifPresentOrElse(
                s ->
                        node.put(
                                "applied",
                                s.in(LedgerState.State.APPLIED).size()
                                        + s.in(LedgerState.State.EDITED_AFTER_APPLY).size()),
                () -> node.putNull("applied"));
        tags(node.putArray("pending"), ledger.map(LedgerState::pending).orElse(List.of()));
        tags(
                node.putArray("skipped"),
                ledger.map(s -> s.in(LedgerState.State.SKIPPED_BY_DRIZZLE)).orElse(List.of()));
        tags(
                node.putArray("edited"),
                ledger.map(s -> s.in(LedgerState.State.EDITED_AFTER_APPLY)).orElse(List.of()));
        var unknown = node.putArray("unknown");
        ledger.map(LedgerState::unknown).orElse(List.of()).forEach(row -> unknown.add(name(row)));
        state.schema().doubt().ifPresent(doubt -> node.put("error", doubt));
        node.put("asOf", Output.time(state.schema().asOf()));
    }

    private static String name(Ledger.Row row) {
        return row.name().orElse(row.hash());
    }

    private static void tags(ArrayNode array, List<Migration> migrations) {
        migrations.forEach(migration -> array.add(migration.tag()));
    }

    static void probe(ObjectNode node, Probe probe) {
        node.put("at", Output.time(probe.at()));
        node.put("worker", probe.worker());
        node.put("hostname", probe.hostname());
        node.put("state", probe.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("status", probe.status());
        node.put("latencyMs", probe.latency().toMillis());
        probe.answer().flatMap(Probe.Answer::versionId).ifPresent(id -> node.put("version", id));
        probe.answer().flatMap(Probe.Answer::latest).ifPresent(tag -> node.put("schema", tag));
        node.put("detail", probe.detail());
    }
}
