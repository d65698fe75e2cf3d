package dev.slipway.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long `slipway sandbox` takes until it prints its world, as packaged.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SandboxStartBench {
    private static final int FIRST = 3;
    private static final int WARM = 5;

    @TempDir Path folder;

    @Test
    void sandboxReady() throws Exception {
        var first = new ArrayList<Double>();
        for (int i = 0; i < FIRST; i++) {
            first.add(start(folder.resolve("home-" + i), learning(i)));
        }
        var warm = new ArrayList<Double>();
        var plain = new ArrayList<Double>();
        for (int i = 0; i < WARM; i++) {
            warm.add(start(folder.resolve("home-0"), learning(0)));
            plain.add(start(folder.resolve("home-0"), Map.of("SLIPWAY_LEARN", "off")));
        }
        var anew = new ArrayList<Double>();
        for (int i = 0; i < FIRST; i++) {
            anew.add(temporary());
        }
        row("sandbox, very first start: nothing unpacked, nothing learned", first, 12);
        row("sandbox, warm: a home that has its world", warm, 5);
        row("sandbox, warm, without what Java learned", plain, 5);
        row("sandbox, a new temporary world, Postgres unpacked", anew, 12);
    }

    /// A cache folder of its own.
    private Map<String, String> learning(int number) {
        return Map.of("XDG_CACHE_HOME", folder.resolve("caches-" + number).toString());
    }

    private static void row(String what, List<Double> times, double most) {
        Numbers.row(
                what,
                Numbers.spread(times, "s"),
                "< %.0f s".formatted(most),
                Numbers.percentile(times, 100) < most);
    }

    private static double start(Path home, Map<String, String> environment) throws Exception {
        return Launched.seconds(
                List.of("sandbox", "--home", home.toString()),
                environment,
                SandboxStartBench::isWorld);
    }

    private double temporary() throws Exception {
        return Launched.seconds(
                List.of("sandbox"),
                Map.of(
                        "SLIPWAY_HOME",
                        folder.resolve("home-0").toString(),
                        "XDG_CACHE_HOME",
                        folder.resolve("caches-0").toString()),
                SandboxStartBench::isWorld);
    }

    private static boolean isWorld(String line) {
        return line.startsWith("{\"id\":");
    }
}
