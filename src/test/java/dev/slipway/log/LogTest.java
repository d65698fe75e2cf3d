package dev.slipway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Kind;
import dev.slipway.log.LogRow.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:02:11Z");

    @TempDir Path folder;

    private static Log log(int capacity) {
        return new Log(InstantSource.fixed(NOW), UnaryOperator.identity(), capacity);
    }

    private static void write(Log log, int from, int to) {
        for (int i = from; i < to; i++) {
            log.line(Channel.HEALTH, "auth", Level.INFO, "line " + i);
        }
    }

    @Test
    void secretsAreMaskedBeforeARowIsStoredAnywhere() throws Exception {
        var log = new Log(InstantSource.fixed(NOW), text -> text.replace("hunter2", "[masked]"));
        try (var _ = LogFile.write(log, folder, 1 << 20)) {
            log.append(
                    LogRow.line(NOW, Channel.MIGRATION, "migration", Level.ERROR, "url hunter2")
                            .withDetail(List.of("password=hunter2")));
        }
        assertThat(log.reader().poll(10).toString()).doesNotContain("hunter2").contains("[masked]");
        assertThat(Files.readString(LogFile.newest(folder)))
                .doesNotContain("hunter2")
                .contains("[masked]");
    }

    @Test
    void rowsOfEarlierSessionsAreShownAndNotWrittenAgain() throws Exception {
        var earlier = log(100);
        try (var _ = LogFile.write(earlier, folder, 1 << 20)) {
            write(earlier, 0, 3);
        }
        var now = log(100);
        now.restore(LogFile.read(folder));
        try (var _ = LogFile.write(now, folder, 1 << 20)) {
            write(now, 3, 5);
        }

        assertThat(now.reader().poll(10))
                .extracting(LogRow::text)
                .containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
        assertThat(LogFile.read(folder)).isEqualTo(now.reader().poll(10));
    }

    @Test
    void aLaterFileOfTheSameLogGoesOnWhereTheFirstOneEnded() throws Exception {
        var log = log(100);
        try (var _ = LogFile.write(log, folder, 1 << 20)) {
            write(log, 0, 2);
        }
        write(log, 2, 4);
        assertThat(LogFile.read(folder)).hasSize(2);
        try (var _ = LogFile.write(log, folder, 1 << 20)) {
            write(log, 4, 5);
        }

        assertThat(LogFile.read(folder)).isEqualTo(log.reader().poll(10)).hasSize(5);
    }

    @Test
    void aSlowReaderIsToldHowManyLinesItMissed() {
        var log = log(10);
        var reader = log.reader();
        write(log, 0, 25);

        var rows = reader.poll(100);

        assertThat(rows).hasSize(11);
        assertThat(rows.getFirst().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(rows.getFirst().text()).startsWith("15 lines");
        assertThat(rows.get(1).text()).isEqualTo("line 15");
        assertThat(log.total()).isEqualTo(25);
    }

    @Test
    void aReaderWaitsForTheNextLineAndEndsWithTheLog() throws Exception {
        var log = log(10);
        var reader = log.reader();
        var next =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return reader.await(10);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertThat(next).isNotDone();
        write(log, 0, 1);
        assertThat(next.get()).hasSize(1);

        log.close();
        assertThat(reader.await(10)).isEmpty();
        assertThat(log(5).reader().await(10, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void theFileHoldsEveryRowAndOnlyItsOwnerMayReadIt() throws Exception {
        var log = log(100);
        try (var _ = LogFile.write(log, folder, 1 << 20)) {
            log.append(
                    LogRow.line(NOW, Channel.OPERATION, "deploy", Level.WARN, "slow")
                            .inOperation("op1", "traffic-10")
                            .aboutWorker("web")
                            .from("FRA")
                            .withDetail(List.of("one", "two")));
            log.append(LogRow.missing(NOW, Kind.GAP, Channel.WORKER, "auth", "dropped"));
        }

        assertThat(LogFile.read(folder)).isEqualTo(log.reader().poll(10));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(LogFile.newest(folder))))
                .isEqualTo("rw-------");
    }

    @Test
    void theFilesTogetherStayBelowTheirCap() throws Exception {
        var log = log(50_000);
        long cap = 200_000;
        try (var _ = LogFile.write(log, folder, cap)) {
            for (int batch = 0; batch < 20; batch++) {
                write(log, batch * 500, batch * 500 + 500);
                long wanted = batch * 500L + 500;
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> lastLine().contains("line " + (wanted - 1) + "\""));
            }
        }

        long size = 0;
        for (var path : LogFile.files(folder)) {
            size += Files.size(path);
        }
        assertThat(LogFile.files(folder)).hasSize(LogFile.FILES);
        // One batch may land on a file that is just below its share.
        assertThat(size).isLessThan(cap + 4 * 500 * 250);
        assertThat(LogFile.read(folder).getLast().text()).isEqualTo("line 9999");
    }

    private String lastLine() throws IOException {
        var path = LogFile.newest(folder);
        return Files.exists(path) ? Files.readString(path).lines().reduce("", (_, b) -> b) : "";
    }

    @Test
    void aLineCutOffByACrashIsARowThatSaysSo() throws Exception {
        Files.writeString(LogFile.newest(folder), "{\"at\":\"2026-11-21T14:0");

        var rows = LogFile.read(folder);

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().kind()).isEqualTo(Kind.TRUNCATED);
    }

    @Test
    void anotherProcessFollowsTheFileAcrossARotation() throws Exception {
        var log = log(50_000);
        try (var _ = LogFile.write(log, folder, 40_000)) {
            write(log, 0, 1);
            await().until(() -> lastLine().contains("line 0\""));
            var follower = new LogFollower(folder);
            assertThat(follower.poll()).isEmpty();

            int seen = 0;
            for (int batch = 0; batch < 5; batch++) {
                write(log, 1 + batch * 60, 61 + batch * 60);
                int last = 60 + batch * 60;
                await().pollInterval(Duration.ofMillis(2))
                        .until(() -> lastLine().contains("line " + last + "\""));
                for (var row : follower.poll()) {
                    assertThat(row.text()).isEqualTo("line " + ++seen);
                }
            }
            assertThat(seen).isEqualTo(300);
            assertThat(LogFile.files(folder).size()).isGreaterThan(1);
        }
    }
}
