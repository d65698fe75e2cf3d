package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.InputException;
import dev.slipway.sandbox.postgres.PostgresForTests;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Worlds that are kept, closed and killed.
class SandboxHomeTest {
    @TempDir Path home;

    /// A program with a world, to be killed.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            var options = SandboxOptions.temporary(Path.of(arguments[0])).speed(20);
            try (var sandbox = Sandbox.start(options.at(Path.of(arguments[1])), _ -> {})) {
                System.out.println(sandbox.worldFile().line());
                Thread.sleep(Duration.ofMinutes(5));
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKilledWorldLeavesNoChildAndOpensAgainAsItWas() throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName(),
                                PostgresForTests.CACHE.toString(),
                                home.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = lines.lines().filter(l -> l.startsWith("{\"id\"")).findFirst().orElseThrow();
        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("open in another program");
        var children = process.descendants().toList();
        assertThat(children).isNotEmpty();
        var kept = Sandbox.kept(home).orElseThrow();
        assertThat(line).contains("\"id\":\"" + kept.id() + "\"");
        assertThat(kept)
                .extracting(Sandbox.Kept::repository, Sandbox.Kept::zone)
                .containsExactly("codex", "codex.test");

        process.destroyForcibly().waitFor();

        await().atMost(Duration.ofMinutes(3))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        try (var sandbox = open()) {
            var world = sandbox.worldFile();
            assertThat(line).contains("\"id\":\"" + world.id() + "\"");
            assertThat(line).contains(world.tokens().get("github"));
            assertThat(sandbox.github().pulls().open()).hasSize(12);
            var visitor = new Visitor(world);
            for (var host : List.of("codex.test", "auth-preview-482.codex.test")) {
                assertThat(visitor.health(host).status()).as(host).isEqualTo(200);
            }
        }
    }

    @Test
    void aTemporaryWorldIsRemovedAtItsEndAndByTheNextStartAfterAKill() throws Exception {
        var cache = home.resolve("cache");
        var left = cache.resolve("worlds/left-behind");
        Files.createDirectories(left.resolve("github"));
        Files.writeString(left.resolve("lock"), "");

        SandboxFolder.temporary(cache).close();

        assertThat(cache.resolve("worlds")).isEmptyDirectory();
        assertThat(Sandbox.kept(home)).isEmpty();
    }

    private Sandbox open() {
        return Sandbox.start(
                SandboxOptions.temporary(PostgresForTests.CACHE).at(home).speed(20), _ -> {});
    }
}
