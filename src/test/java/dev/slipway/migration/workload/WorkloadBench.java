package dev.slipway.migration.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import dev.slipway.migration.ShopTraffic;
import dev.slipway.migration.TestDatabase;
import dev.slipway.postgres.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How many statements are probed in a second.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WorkloadBench {
    private static final int STATEMENTS = 3_000;

    @Test
    void statementsPerSecond(@TempDir Path home) throws Exception {
        try (var server = new TestDatabase(home)) {
            var shop = ShopTraffic.shop(server, 20_000);
            var workload = ShopTraffic.observe(server, shop);
            try (var prober =
                    new Prober(
                            server.postgres()
                                    .open(shop.address(), Postgres.Session.reading("bench")))) {
                prober.become("app");
                var texts = new ArrayList<String>();
                for (var statement : workload.statements()) {
                    if (prober.planned(statement.sql(), "").accepted()) {
                        texts.add(statement.sql());
                    }
                }
                assertThat(texts).hasSizeGreaterThan(15);
                var rates = new ArrayList<Double>();
                for (int round = 0; round < 5; round++) {
                    long start = System.nanoTime();
                    for (int i : IntStream.range(0, STATEMENTS).toArray()) {
                        prober.planned(texts.get(i % texts.size()), "");
                    }
                    rates.add(STATEMENTS / ((System.nanoTime() - start) / 1e9));
                }
                Numbers.row(
                        "first two probes",
                        Numbers.spread(rates, "statements/s"),
                        "≥ 1,000",
                        Numbers.percentile(rates, 50) >= 1_000);
                executions(prober, texts);
            }
        }
    }

    private static void executions(Prober prober, Iterable<String> texts) throws Exception {
        long start = System.nanoTime();
        int count = 0;
        for (int round = 0; round < 10; round++) {
            for (var text : texts) {
                count += prober.first(text).executions().size();
            }
        }
        Numbers.row(
                "executions that are taken back, with finding values",
                String.format(
                        Locale.ROOT,
                        "%.0f executions/s",
                        count / ((System.nanoTime() - start) / 1e9)));
    }
}
