package dev.slipway.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubLogTest {
    @TempDir Path home;

    private Path file() {
        return home.resolve("github.jsonl");
    }

    private void write() {
        try (var log = GitHubLog.open(file())) {
            log.append("person", 1, Optional.of(new GitPerson("old", "a")));
            log.append("person", 1, Optional.of(new GitPerson("new", "a")));
            log.append("person", 2, Optional.of(new GitPerson("gone", "b")));
            log.append("person", 2, Optional.empty());
        }
    }

    @Test
    void theLastLineCountsAndALineCutShortIsDropped() throws IOException {
        write();
        Files.writeString(file(), "{\"kind\":\"person\",\"id\":3,\"va", StandardOpenOption.APPEND);

        try (var log = GitHubLog.open(file())) {
            assertThat(log.found("person", GitPerson.class))
                    .containsExactly(new GitPerson("new", "a"));
        }
        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    void damageInTheMiddleIsNamedAndNotGuessedAround() throws IOException {
        write();
        var lines = Files.readAllLines(file());
        lines.set(1, lines.get(1).substring(5));
        Files.write(file(), lines);

        assertThatThrownBy(() -> GitHubLog.open(file())).hasMessageContaining("line 2 is damaged");
        assertThat(Files.readAllLines(file())).hasSize(4);
    }
}
