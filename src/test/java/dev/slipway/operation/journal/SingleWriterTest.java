package dev.slipway.operation.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.operation.journal.SingleWriter.Holder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleWriterTest {
    @TempDir Path home;

    @Test
    void aSecondWriterOfAnotherProcessIsRefusedAndTold() throws Exception {
        var other = otherProcess();
        try {
            assertThatThrownBy(() -> SingleWriter.take(home, Holder.self("boot", "s2")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("Another Slipway (process " + other.pid() + ")")
                    .hasMessageContaining("Nothing was changed");
            var holder = SingleWriter.last(home).orElseThrow();
            assertThat(holder.session()).isEqualTo("other");
            assertThat(holder.alive("boot")).isTrue();
            assertThat(holder.alive("another boot")).isFalse();
        } finally {
            other.destroyForcibly().waitFor();
        }

        assertThat(SingleWriter.last(home).orElseThrow().alive("boot")).isFalse();
        try (var _ = SingleWriter.take(home, Holder.self("boot", "s2"))) {
            assertThat(SingleWriter.last(home).orElseThrow().session()).isEqualTo("s2");
        }
    }

    @Test
    void aSecondWriterOfThisProcessIsRefused() {
        var self = Holder.self("boot", "s1");
        try (var _ = SingleWriter.take(home, self)) {
            assertThatThrownBy(() -> SingleWriter.take(home, self))
                    .isInstanceOf(InputException.class);
        }
        SingleWriter.take(home, self).close();
    }

    private Process otherProcess() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                home.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var line =
                new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
        assertThat(line).isEqualTo("taken");
        return process;
    }

    /// The other process: takes the home and keeps it until it is killed.
    static final class Other {
        public static void main(String[] arguments) throws IOException {
            try (var _ = SingleWriter.take(Path.of(arguments[0]), Holder.self("boot", "other"))) {
                System.out.println("taken");
                System.out.flush();
                // Ends with the parent at the latest, whose end closes this stream.
                System.in.read();
            }
        }
    }
}
