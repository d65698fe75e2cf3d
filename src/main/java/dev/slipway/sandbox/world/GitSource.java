package dev.slipway.sandbox.world;

import static dev.slipway.sandbox.world.GitRepository.io;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.InputException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// Somebody's own Git repository that a world is built from. Only read, never written.
public final class GitSource implements AutoCloseable {
    private static final String ALTERNATES = "info/alternates";

    private final Path directory;
    private final Repository repository;

    private GitSource(Path directory, Repository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /// Opens the repository at `directory`: a working tree with `.git`, or a bare one.
    ///
    /// @throws InputException when there is none
    public static GitSource open(Path directory) {
        GitQuiet.install();
        File found = RepositoryCache.FileKey.resolve(directory.toFile(), FS.DETECTED);
        if (found == null) {
            var pointer = directory.resolve(Constants.DOT_GIT).toFile();
            if (!pointer.isFile()) {
                throw new InputException(
                        "There is no Git repository at " + directory + "; nothing was started.");
            }
            found = directory.toFile();
        }
        var root = found;
        return io(() -> {
            var builder = new FileRepositoryBuilder();
            if (new File(root, Constants.DOT_GIT).isFile()) {
                builder.addCeilingDirectory(root.getParentFile()).findGitDir(root);
            } else {
                builder.setGitDir(root);
            }
            return new GitSource(directory, builder.setMustExist(true).build());
        });
    }

    /// The commit that `revision` names: a sha, a branch, a tag, `HEAD~2`, …
    ///
    /// @throws InputException when there is none
    public CommitSha resolve(String revision) {
        Optional<ObjectId> found;
        try {
            found = io(() -> Optional.ofNullable(repository.resolve(revision + "^{commit}")));
        } catch (RevisionSyntaxException e) {
            found = Optional.empty();
        }
        return found.map(id -> new CommitSha(id.name()))
                .orElseThrow(() ->
                        new InputException(
                                "The repository at "
                                        + directory
                                        + " has no commit "
                                        + revision
                                        + "; nothing was started."));
    }

    /// The branch its HEAD is on; empty when HEAD is detached.
    public Optional<String> branch() {
        return io(() -> Optional.ofNullable(repository.getFullBranch()))
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(Repository::shortenRefName);
    }

    /// The files of a commit.
    public RepoTree tree(CommitSha commit) {
        return RepoTree.of(repository, GitRepository.id(commit));
    }

    /// Copies these commits with all their history into `target`; no ref is made.
    ///
    /// Whole object files are copied instead of one fresh pack: that is as fast as the disk, and a
    /// partial clone, which lacks large files nobody here will read, is as welcome as a whole one.
    ///
    /// @throws InputException when a commit did not arrive
    public void copy(Collection<CommitSha> commits, GitRepository target) {
        io(() -> {
            var from = objects(repository);
            var to = objects(target.jgit());
            try (var files = Files.walk(from)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var there = to.resolve(from.relativize(file).toString());
                    if (!file.startsWith(from.resolve("info")) && Files.notExists(there)) {
                        Files.createDirectories(there.getParent());
                        Files.copy(file, there);
                    }
                }
            }
            var alternates = from.resolve(ALTERNATES);
            if (Files.exists(alternates)) {
                var absolute =
                        Files.readAllLines(alternates).stream()
                                .map(line -> from.resolve(line).normalize().toString())
                                .toList();
                Files.createDirectories(to.resolve("info"));
                Files.write(to.resolve(ALTERNATES), absolute);
            }
            var shallow = repository.getObjectDatabase().getShallowCommits();
            if (!shallow.isEmpty()) {
                target.jgit().getObjectDatabase().setShallowCommits(shallow);
            }
            return target;
        });
        for (var commit : commits) {
            if (target.commit(commit).isEmpty()) {
                throw new InputException(
                        "The commit "
                                + commit.brief()
                                + " could not be copied from "
                                + directory
                                + "; nothing was started.");
            }
        }
    }

    private static Path objects(Repository repository) {
        return ((ObjectDirectory) repository.getObjectDatabase()).getDirectory().toPath();
    }

    @Override
    public void close() {
        repository.close();
    }
}
