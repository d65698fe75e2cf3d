package dev.slipway.ui.logs;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow;
import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A log with one row of every sort.
final class DemoLog {
    static final Instant NOW = Instant.parse("2026-11-21T14:02:27Z");

    private DemoLog() {}

    static Log log() {
        var log =
                new Log(
                        InstantSource.fixed(NOW),
                        text -> text.replace("hunter2", "[masked:DATABASE_URL]"));
        worker(
                log,
                "14:01:50.171",
                "auth",
                Level.OK,
                "auth 200 41 ms, version v19be echoed, db ok");
        worker(log, "14:01:53.480", "auth", Level.INFO, "POST /session 201 52 ms");
        worker(
                log,
                "14:01:55.733",
                "stripe-webhook-handler",
                Level.INFO,
                "POST /webhook 200 97 ms payment_intent.succeeded evt_3Q8fL2kdIwHu7ix51 with a very long tail that does not fit into one line of the list at this width");
        worker(
                log,
                "14:02:00.640",
                "web",
                Level.WARN,
                "GET /invoices 200 1,204 ms, slower than the limit 400 ms");
        log.append(
                LogRow.line(
                                at("14:02:05.417"),
                                Channel.MIGRATION,
                                "migration",
                                Level.ERROR,
                                "rehearsal pr-485 statement 3 of 4, Failed: column \"verified_at\" does not exist")
                        .withDetail(
                                List.of(
                                        "Production was not touched. The rehearsal branch was removed. SQLSTATE 42703, position 58",
                                        "UPDATE invoices SET total_cents = t.sum FROM totals t WHERE t.verified_at IS NOT NULL"))
                        .from("neon")
                        .inOperation("op1", "migrate"));
        log.append(
                LogRow.missing(
                        at("14:02:12.000"),
                        LogRow.Kind.GAP,
                        Channel.WORKER,
                        "auth",
                        "Cloudflare dropped messages (sampling mode), 14:02:12 to 14:02:19, number not known"));
        log.append(
                LogRow.line(
                                at("14:02:20.001"),
                                Channel.WORKER,
                                "auth",
                                Level.ERROR,
                                "TypeError: Cannot read properties of undefined (reading \"cookie\")")
                        .withDetail(List.of("at session (auth.js:14:2)", "at fetch (auth.js:80:9)"))
                        .aboutWorker("auth")
                        .from("FRA"));
        worker(log, "14:02:20.003", "auth", Level.INFO, "GET /session 500 9 ms");
        worker(
                log,
                "14:02:21.560",
                "web",
                Level.DEBUG,
                "cache miss /plans, env DATABASE_URL hunter2");
        log.append(
                LogRow.line(
                                at("14:02:22.114"),
                                Channel.CI,
                                "ci",
                                Level.INFO,
                                "run 811 deploy-preview.yml #488: upload web done")
                        .from("github"));
        return log;
    }

    static void more(Log log, int number) {
        log.append(
                LogRow.line(
                                NOW,
                                Channel.HEALTH,
                                "web",
                                number % 7 == 0 ? Level.ERROR : Level.INFO,
                                "GET /checkout 200 " + number + " ms")
                        .aboutWorker("web")
                        .from("AMS"));
    }

    private static void worker(Log log, String time, String name, Level level, String text) {
        log.append(
                LogRow.line(at(time), Channel.HEALTH, name, level, text)
                        .aboutWorker(name)
                        .from("FRA"));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-21T" + time + "Z");
    }
}
