package dev.slipway.cli;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.catalog.Finding;
import dev.slipway.migration.rehearsal.MigrationReport;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.migration.verdict.Fit;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.RehearsalResult.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway rehearse`.
final class RehearsalJson {
    private RehearsalJson() {}

    static ObjectNode of(RehearsalResult result) {
        var node = Output.object();
        node.put("asOf", Output.time(result.asOf()));
        node.put("target", result.target());
        var migrations = node.putArray("migrations");
        result.standings()
                .forEach(standing ->
                        migration(
                                migrations.addObject(),
                                standing,
                                result.migration(standing.tag()),
                                result));
        var catalog = node.putArray("catalog");
        findings(result)
                .forEach(finding -> {
                    var entry = catalog.addObject();
                    entry.put("class", Output.word(finding.change()));
                    entry.put("object", finding.object());
                    entry.put("reason", finding.reason());
                });
        workload(node.putObject("workload"), result.workload());
        locks(node.putObject("locks"), result);
        var fit = node.putObject("fit");
        fit.put("liveOnNew", answer(result.verdict().fit().liveOnNew()));
        fit.put("newOnLive", answer(result.verdict().fit().newOnLive()));
        fit.put("liveOnNewReason", result.verdict().fit().liveOnNew().reason());
        fit.put("newOnLiveReason", result.verdict().fit().newOnLive().reason());
        var tried = fit.putArray("tried");
        result.tried()
                .forEach(one -> {
                    var entry = tried.addObject();
                    entry.put("worker", one.worker());
                    entry.put("code", Output.word(one.code()));
                    entry.put("today", Output.word(one.today()));
                    entry.put("migrated", Output.word(one.migrated()));
                    entry.put("reason", one.reason());
                });
        var order = result.verdict().order();
        node.put("order", Output.word(order.kind()));
        var before = node.putArray("before");
        order.before().forEach(before::add);
        var after = node.putArray("after");
        order.after().forEach(after::add);
        node.put("sentence", result.verdict().sentence());
        return node;
    }

    static List<Finding> findings(RehearsalResult result) {
        return result.report().map(RehearsalReport::findings).orElse(List.of());
    }

    private static String answer(Fit.Judgement judgement) {
        return Output.word(judgement.answer());
    }

    private static void migration(
            ObjectNode node,
            Standing standing,
            Optional<MigrationReport> measured,
            RehearsalResult result) {
        node.put("name", standing.tag());
        node.put("state", state(standing.state()));
        node.put(
                "class",
                measured.map(m -> Output.word(RehearsalResult.gravest(m.classes()))).orElse(null));
        var classes = node.putArray("classes");
        measured.ifPresent(m -> m.classes().forEach(each -> classes.add(Output.word(each))));
        var statements = node.putArray("statements");
        measured.ifPresent(
                m -> m.statements().forEach(each -> statement(statements.addObject(), each)));
        var apart = node.putArray("notInTransaction");
        result.untransactional().stream()
                .filter(each -> each.tag().equals(standing.tag()))
                .forEach(each -> {
                    var entry = apart.addObject();
                    entry.put("statement", each.number());
                    entry.put("sql", each.sql());
                    entry.put("reason", each.reason());
                    entry.put("remedy", each.refused() ? each.remedy() : null);
                });
    }

    static String state(LedgerState.State state) {
        return Output.word(state);
    }

    private static void statement(ObjectNode node, StatementReport statement) {
        node.put("sql", statement.sql());
        node.put("ms", millis(statement.took()));
        var locks = node.putArray("locks");
        statement
                .locks()
                .forEach(lock -> {
                    var entry = locks.addObject();
                    entry.put("relation", lock.relation());
                    entry.put("mode", lock.mode().server());
                });
        var rewrites = node.putArray("rewrites");
        statement.rewrites().forEach(rewrites::add);
        var rows = node.putArray("rows");
        statement
                .rows()
                .forEach(each -> {
                    var entry = rows.addObject();
                    entry.put("table", each.table());
                    entry.put("read", each.read());
                    entry.put("inserted", each.inserted());
                    entry.put("updated", each.updated());
                    entry.put("deleted", each.deleted());
                    entry.put("truncated", each.truncated());
                });
        node.put("walBytes", statement.walBytes());
    }

    private static double millis(Duration took) {
        return Math.round(took.toNanos() / 1e3) / 1e3;
    }

    private static void workload(ObjectNode node, Optional<WorkloadReport> report) {
        node.put("observed", report.map(WorkloadReport::observed).orElse(0));
        node.put("since", report.flatMap(WorkloadReport::since).map(Output::time).orElse(null));
        node.put(
                "until",
                report.filter(all -> all.since().isPresent())
                        .map(WorkloadReport::until)
                        .map(Output::time)
                        .orElse(null));
        node.put("gaps", report.map(WorkloadReport::gaps).orElse(0));
        node.put("checked", report.map(WorkloadReport::checked).orElse(0));
        var broken = node.putArray("broken");
        var changed = node.putArray("changed");
        var slower = node.putArray("slower");
        var notCheckable = node.putArray("notCheckable");
        var blind = node.putArray("blind");
        report.ifPresent(all -> {
            all.broken().forEach(each -> broken(broken.addObject(), each));
            all.changed().forEach(each -> broken(changed.addObject(), each));
            all.slower()
                    .forEach(each -> {
                        var entry = slower.addObject();
                        entry.put("query", each.query());
                        entry.put("before", each.before());
                        entry.put("after", each.after());
                        entry.put("reason", each.reason());
                    });
            all.notCheckable()
                    .forEach(each -> {
                        var entry = notCheckable.addObject();
                        entry.put("query", each.query());
                        entry.put("reason", each.reason());
                    });
            all.unseen().forEach(each -> blind.add(each.sentence()));
            all.blind().forEach(blind::add);
        });
    }

    private static void broken(ObjectNode node, WorkloadReport.Broken broken) {
        node.put("query", broken.query());
        node.put("sqlState", broken.sqlState());
        node.put("probe", broken.probe());
        node.put("reason", broken.reason());
    }

    private static void locks(ObjectNode node, RehearsalResult result) {
        node.put(
                "holdMs", millis(result.report().map(RehearsalReport::hold).orElse(Duration.ZERO)));
        node.put(
                "expectedStallMs",
                result.locks()
                        .flatMap(RehearsalResult.LockForecast::expectedStall)
                        .map(RehearsalJson::millis)
                        .orElse(null));
        var blockers = node.putArray("blockers");
        result.locks().ifPresent(forecast -> forecast.blockers().forEach(blockers::add));
    }
}
