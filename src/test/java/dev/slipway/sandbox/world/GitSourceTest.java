package dev.slipway.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {
    private static final GitPerson MONA = new GitPerson("Mona", "mona@example.test");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path somebodys;
    @TempDir Path ours;

    private static String listing(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f + " " + f.toFile().length() + " " + f.toFile().lastModified())
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void aWorkingTreeIsCopiedWithItsHistoryAndNotTouched() throws IOException, GitAPIException {
        GitQuiet.install();
        try (var git =
                Git.init().setDirectory(somebodys.toFile()).setInitialBranch("trunk").call()) {
            for (var text : List.of("one", "two")) {
                Files.writeString(somebodys.resolve("a.txt"), text);
                git.add().addFilepattern("a.txt").call();
                git.commit().setMessage(text).setAuthor("Mona", "m@example.test").call();
            }
        }
        var before = listing(somebodys);
        try (var source = GitSource.open(somebodys);
                var target = GitRepository.at(ours.resolve("r.git"), "main")) {
            var tip = source.resolve("trunk");
            source.copy(List.of(tip), target);

            assertThat(source.branch()).contains("trunk");
            assertThat(target.file(tip, "a.txt")).hasValue("two".getBytes());
            assertThat(target.file(source.resolve("HEAD~1"), "a.txt")).hasValue("one".getBytes());
            assertThatThrownBy(() -> source.resolve("nowhere"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("has no commit nowhere");
        }
        assertThat(listing(somebodys)).isEqualTo(before);
    }

    @Test
    void aBareRepositoryIsASourceToo() {
        var bare = somebodys.resolve("bare.git");
        try (var git = GitRepository.at(bare, "main")) {
            git.commit("main", GitChange.of("first", MONA, NOON).with("a.txt", "a"));
        }
        try (var source = GitSource.open(bare);
                var target = GitRepository.at(ours.resolve("r.git"), "main")) {
            var tip = source.resolve("main");
            source.copy(List.of(tip), target);

            assertThat(target.commit(tip).orElseThrow().author()).isEqualTo(MONA);
        }
    }

    @Test
    void aFolderWithoutGitIsSaidToBeOne() {
        assertThatThrownBy(() -> GitSource.open(somebodys))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no Git repository");
    }
}
