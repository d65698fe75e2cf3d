package dev.slipway.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LifelineTest {
    @TempDir Path folder;

    /// A program with a cluster, in the middle of something.
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            var timelines =
                    new Timelines(
                            Path.of(arguments[0]), Path.of(arguments[1]), InstantSource.system());
            var line = timelines.create();
            var server = timelines.start(line).server();
            try (var connection = server.connect("postgres");
                    var statement = connection.createStatement()) {
                statement.execute("create table kept as select 1 as x");
                Thread.startVirtualThread(() -> server.ask("select pg_sleep(600)"));
                System.out.println(line + " " + server.port());
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void aKilledProgramLeavesNoClusterNoPortAndItsData() throws Exception {
        var program =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Program.class.getName(),
                                        folder.toString(),
                                        PostgresForTests.CACHE.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var said =
                new BufferedReader(
                                new InputStreamReader(
                                        program.getInputStream(), StandardCharsets.UTF_8))
                        .readLine()
                        .split(" ");
        var port = Integer.parseInt(said[1]);
        var clusters =
                program.descendants()
                        .filter(p -> p.info().command().orElse("").endsWith("/postgres"))
                        .toList();
        assertThat(clusters).isNotEmpty();

        program.destroyForcibly().waitFor();

        await().atMost(Duration.ofMinutes(3))
                .until(() -> clusters.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(connects(port)).isFalse();
        try (var timelines =
                new Timelines(folder, PostgresForTests.CACHE, InstantSource.system())) {
            assertThat(timelines.start(said[0]).server().ask("select x from kept")).isEqualTo("1");
        }
    }

    private static boolean connects(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
