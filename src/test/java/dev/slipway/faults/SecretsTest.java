package dev.slipway.faults;

import static dev.slipway.cli.SlipwayProcess.begins;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Exit;
import dev.slipway.cli.SlipwayProcess;
import dev.slipway.domain.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A process that knows every secret of its world, started as the launcher starts it, on a machine whose
/// files are everybody's by default: nothing it shows, writes or leaves behind holds a secret, whatever
/// ends it.
@EnabledOnOs(OS.LINUX)
class SecretsTest {
    private static Round round;
    private static Path folder;

    @BeforeAll
    static void start() {
        round = new Round();
        folder = round.world().folder();
    }

    @AfterAll
    static void stop() {
        round.close();
    }

    /// What the launcher gives Java, with a Java that only tells.
    private static List<String> launched() throws Exception {
        var bin = Files.createDirectories(folder.resolve("install/bin"));
        for (var script : List.of("slipway", "find-java.sh", "learned.sh")) {
            Files.copy(Path.of("packaging/bin", script), bin.resolve(script));
        }
        var jdk = Files.createDirectories(folder.resolve("install/jdk/bin")).getParent();
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        var java = Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        var builder = new ProcessBuilder("sh", bin.resolve("slipway").toString(), "previews");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("caches").toString());
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    @Test
    void noneIsShownWrittenOrLeftBehindByAProcessThatCrashes() throws Exception {
        var options = launched();
        assertThat(options)
                .contains(
                        "-XX:-HeapDumpOnOutOfMemoryError",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-CreateCoredumpOnCrash");
        var safe = options.stream().filter(o -> o.matches("-XX:(.(Heap|Dis|Create)|Error).*"));
        var world = round.world();
        var shown = round.shown(world.home(), 487);
        try (var process =
                SlipwayProcess.with(
                        Stream.concat(Stream.of("umask 000"), safe).toList(),
                        world,
                        round.promotion(487, shown))) {
            process.await(begins("traffic-10"));
            looks(process.pid());

            new ProcessBuilder("kill", "-SEGV", "" + process.pid()).start().waitFor();
            assertThat(process.finish()).isNotZero();
            assertThat(Canaries.in(world, process.words())).isEmpty();
        }

        var caches = folder.resolve("caches/slipway");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(caches)))
                .isEqualTo("rwx------");
        try (var crashes = Files.list(caches)) {
            assertThat(crashes.filter(f -> f.getFileName().toString().startsWith("crash-")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("SIGSEGV"));
        }
        round.bringHome(world.home(), 487, 0);
        assertThat(world.run("logs", "--level", "debug").code()).isEqualTo(Exit.DONE);
        assertThat(world.run("operations", "export", folder.resolve("export").toString()).code())
                .isEqualTo(Exit.DONE);
        assertThat(Canaries.in(world)).isEmpty();
        ownersAlone(world.home());
    }

    /// What everybody on the machine may see of a process.
    private static void looks(long pid) throws IOException {
        var children = ProcessHandle.of(pid).orElseThrow().descendants().map(ProcessHandle::pid);
        for (var one : Stream.concat(Stream.of(pid), children).toList()) {
            for (var what : List.of("cmdline", "environ")) {
                var text =
                        Files.readString(
                                Path.of("/proc", "" + one, what), StandardCharsets.ISO_8859_1);
                assertThat(text).isNotEmpty();
                assertThat(Canaries.in(round.world(), text)).as(what).isEmpty();
            }
        }
    }

    private static void ownersAlone(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(OwnerFile.RIGHTS)
                                    .as("%s", file)
                                    .containsAll(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void whoeverLooksForThemFindsThem() throws IOException {
        var token = round.world().sandbox().worldFile().tokens().get("neon");
        var file = Files.writeString(folder.resolve("leak.txt"), "x" + token + "x");
        try {
            assertThat(Canaries.in(round.world())).containsExactly("neon token in leak.txt");
        } finally {
            Files.delete(file);
        }
    }
}
