package dev.slipway.sandbox.world;

import static dev.slipway.sandbox.world.GitRepository.io;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.InputException;
import java.io.File;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/// Somebody's own Git repository that a world is built from. Only read, never written.
public final class GitSource implements AutoCloseable {
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
    public void copy(Collection<CommitSha> commits, GitRepository target) {
        io(() -> {
            var wanted = commits.stream().map(GitRepository::id).collect(Collectors.toSet());
            var out = new PipedOutputStream();
            var in = new PipedInputStream(out, 1 << 20);
            var writing =
                    new FutureTask<Void>(() -> {
                        try (out) {
                            write(wanted, out);
                        }
                        return null;
                    });
            Thread.ofVirtual().start(writing);
            try (in;
                    var inserter = target.jgit().newObjectInserter()) {
                inserter.newPackParser(in).parse(NullProgressMonitor.INSTANCE);
            }
            try {
                writing.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IOException(e.getCause());
            }
            var shallow = repository.getObjectDatabase().getShallowCommits();
            if (!shallow.isEmpty()) {
                target.jgit().getObjectDatabase().setShallowCommits(shallow);
            }
            return target;
        });
    }

    private void write(Set<ObjectId> wanted, PipedOutputStream out) throws IOException {
        try (var pack = new PackWriter(repository)) {
            pack.setThin(false);
            pack.preparePack(NullProgressMonitor.INSTANCE, wanted, Set.of());
            pack.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
