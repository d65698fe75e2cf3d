package dev.slipway.app;

import dev.slipway.bench.Launched;
import dev.slipway.bench.Numbers;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.ui.desk.Preferences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the start of the packaged launcher to the first rows of its window, which an earlier session
/// saved. The toolkit runs without a display; rows count when they were laid out and drawn.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FirstRowsBench {
    private static final int STARTS = 7;
    private static final int MANY = 500;
    private static final String LOGGING =
            """
            <configuration>
              <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
              <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%msg%n</pattern></encoder>
              </appender>
              <logger name="dev.slipway.ui.window" level="DEBUG"/>
              <root level="ERROR"><appender-ref ref="STDERR"/></root>
            </configuration>
            """;

    @TempDir Path folder;

    @Test
    void savedRowsComeFirst() throws Exception {
        var home = new Home(folder.resolve("home")).create();
        new PreferencesFile(home.preferences()).write(Preferences.DEFAULT.afterWelcome());
        Numbers.row(
                "process start to first rows, empty home: the world is made, Java learns",
                "%.2f s, n=1".formatted(start(home)));
        starts("process start to first rows from cache, 12 previews", home);
        var cache = new PreviewCache(home.world(Sandbox.kept(home.folder()).orElseThrow().id()));
        cache.write(crowd(cache.read().orElseThrow()));
        starts("process start to first rows from cache, %d previews".formatted(MANY), home);
    }

    private void starts(String what, Home home) throws Exception {
        var times = new ArrayList<Double>();
        for (int i = 0; i < STARTS; i++) {
            times.add(start(home));
        }
        Numbers.row(
                what, Numbers.spread(times, "s"), "< 1.5 s", Numbers.percentile(times, 100) < 1.5);
    }

    private double start(Home home) throws Exception {
        var logging = folder.resolve("logback.xml");
        Files.writeString(logging, LOGGING);
        return Launched.seconds(
                List.of("--sandbox", "--home", home.folder().toString()),
                Map.of(
                        "XDG_CACHE_HOME",
                        folder.resolve("caches").toString(),
                        "JDK_JAVA_OPTIONS",
                        "-Dglass.platform=Headless -Dprism.order=sw -Dlogback.configurationFile="
                                + logging),
                line -> line.contains("rows are on screen"));
    }

    /// The same previews again and again under other numbers.
    private static PreviewList crowd(PreviewList few) {
        var all =
                IntStream.range(0, MANY)
                        .mapToObj(i ->
                                numbered(few.previews().get(i % few.previews().size()), 1000 + i))
                        .toList();
        return new PreviewList(few.asOf(), few.providers(), all);
    }

    private static Preview numbered(Preview p, int number) {
        return new Preview(
                new PullRequestNumber(number),
                p.title(),
                p.url(),
                p.author(),
                p.branch(),
                p.head(),
                p.traits(),
                p.state(),
                p.reason(),
                p.database(),
                p.workers(),
                p.names(),
                p.checks(),
                p.health(),
                p.updated(),
                p.expires());
    }
}
