package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which options the launcher gives Java, so that it starts faster the next time.
@DisabledOnOs(OS.WINDOWS)
class LearnedTest {
    private static final Path SCRIPT = Path.of("packaging/bin/learned.sh").toAbsolutePath();

    private static final String LIGHTLY = "-XX:TieredStopAtLevel=1";

    @TempDir Path folder;
    private Path lib;
    private Path jdk;
    private Path caches;

    @BeforeEach
    void install() throws IOException {
        lib = Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(lib.resolve("javafx"));
        Files.writeString(lib.resolve("slipway.jar"), "jar");
        jdk = Files.createDirectories(folder.resolve("jdk"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        caches = folder.resolve("caches");
    }

    @Test
    void theFirstWindowLearnsAndTheNextOneUsesIt() throws Exception {
        var written = Path.of(after("-XX:AOTCacheOutput=", learned("--sandbox", "--home", "x")));
        assertThat(written.getParent()).isEqualTo(caches.resolve("slipway"));
        Files.writeString(written, "what it learned");

        var used = Path.of(after("-XX:AOTCache=", learned()));

        assertThat(used).hasContent("what it learned");
        assertThat(written).doesNotExist();
        assertThat(learned()).containsExactly(LIGHTLY, "-XX:AOTCache=" + used);
    }

    @Test
    void whatWasCutIsThrownAwayAndWhatIsBeingWrittenIsLeftAlone() throws Exception {
        var cut = Path.of(after("-XX:AOTCacheOutput=", learned("sandbox")));
        Files.write(cut, new byte[4096]);
        var stem = cut.toString().substring(0, cut.toString().lastIndexOf('.'));
        var growing = Path.of(stem + "." + ProcessHandle.current().pid());
        Files.writeString(growing, "half");
        var config = Files.writeString(Path.of(cut + ".config"), "not the thing itself");

        var options = learned("sandbox");

        assertThat(options).singleElement().asString().startsWith("-XX:AOTCacheOutput=");
        assertThat(cut).doesNotExist();
        assertThat(growing).hasContent("half");
        assertThat(config).doesNotExist();
    }

    @Test
    void anotherJdkLearnsAnewAndTheOldIsRemoved() throws Exception {
        Files.writeString(Path.of(after("-XX:AOTCacheOutput=", learned())), "old");
        var old = Path.of(after("-XX:AOTCache=", learned()));

        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.2\"\n");

        assertThat(after("-XX:AOTCacheOutput=", learned())).isNotEqualTo(old.toString());
        assertThat(old).doesNotExist();
    }

    @Test
    void aCommandStartsLightAndHasAnArchiveOfItsOwn() throws Exception {
        assertThat(learned("--world", "sandbox.json", "previews", "--json"))
                .contains("-XX:TieredStopAtLevel=1", "-XX:+AutoCreateSharedArchive")
                .anyMatch(option -> option.matches("-XX:SharedArchiveFile=.*/previews-.*\\.jsa"));
        assertThat(learned("sandbox", "faults"))
                .anyMatch(option -> option.matches("-XX:SharedArchiveFile=.*/faults-.*\\.jsa"));
        assertThat(learned("promote", "--help"))
                .containsExactly("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    @Test
    void whereNothingCanBeKeptNothingIsLearned() throws Exception {
        Files.writeString(caches, "a file where the folder would be");

        assertThat(learned()).containsExactly(LIGHTLY);
    }

    @Test
    void whatIsPackedBesideTheLibrariesGoesFirst() throws Exception {
        var packed = Files.writeString(lib.resolve("slipway.aot"), "packed");

        assertThat(learned()).containsExactly(LIGHTLY, "-XX:AOTCache=" + packed);
    }

    @Test
    void everyCommandIsKnownAndNeverTakenForAWindow() throws Exception {
        for (var name : SlipwayCommand.names()) {
            assertThat(learned("--home", "x", name))
                    .anyMatch(option -> option.contains("/slipway/" + name + "-"));
        }
    }

    private static String after(String prefix, List<String> options) {
        assertThat(options).last().asString().startsWith(prefix);
        return options.getLast().substring(prefix.length());
    }

    /// The options for a run with `arguments`; the process that asked has ended when this returns.
    private List<String> learned(String... arguments) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-euc",
                                ". \"$0\"; find_learned \"$@\"; printf '%s\\n' \"$learned\"",
                                SCRIPT.toString(),
                                lib.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("XDG_CACHE_HOME", caches.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().remove("SLIPWAY_LEARN");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().filter(line -> !line.isBlank()).toList();
    }
}
