package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// A bare Git repository on disk: objects, trees, commits, tags and refs. It is a real one, so `git
/// clone` works on its directory. Knows nothing of pull requests; nobody is told of what it writes.
/// Safe for many threads.
public final class GitRepository implements AutoCloseable {
    private static final int LONGEST_READ = 100 * 1024 * 1024;

    private final Repository repository;
    private final GitWriter writer;

    private GitRepository(Repository repository) {
        this.repository = repository;
        writer = new GitWriter(repository);
    }

    /// Opens the bare repository at `directory`, or makes an empty one with this default branch.
    public static GitRepository at(Path directory, String defaultBranch) {
        GitQuiet.install();
        return io(() -> {
            var repository =
                    new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
            if (!Files.exists(directory.resolve(Constants.HEAD))) {
                repository.create(true);
                repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + defaultBranch);
            }
            return new GitRepository(repository);
        });
    }

    /// Where it lies.
    public Path directory() {
        return repository.getDirectory().toPath();
    }

    /// Writes its objects.
    public GitWriter writer() {
        return writer;
    }

    Repository jgit() {
        return repository;
    }

    /// What a full ref name points to, a tag object included.
    public Optional<String> ref(String name) {
        return io(() -> Optional.ofNullable(repository.exactRef(name)).map(GitRepository::target));
    }

    /// The commit at the tip of `branch`.
    public Optional<CommitSha> branch(String branch) {
        return ref(Constants.R_HEADS + branch).map(CommitSha::new);
    }

    /// Object ids by full ref name, in the order of the names.
    ///
    /// @param prefix `refs/…`; need not end at a slash
    public Map<String, String> refs(String prefix) {
        var slash = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        return io(() -> {
            var result = new TreeMap<String, String>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(slash)) {
                if (ref.getName().startsWith(prefix) && !ref.isSymbolic()) {
                    result.put(ref.getName(), target(ref));
                }
            }
            return result;
        });
    }

    /// Points a ref to an object whatever it pointed to; for building a world.
    public void setRef(String name, String objectId) {
        if (!moveRefs(List.of(new GitRefChange(name, Optional.empty(), objectId, true)))) {
            throw new IllegalStateException("cannot write " + name);
        }
    }

    /// Moves all refs or none, each only when it is what its change expects it to be.
    ///
    /// @return whether they were moved
    public boolean moveRefs(Collection<GitRefChange> changes) {
        return io(() -> {
            var batch = repository.getRefDatabase().newBatchUpdate();
            batch.setAtomic(true).setAllowNonFastForwards(true);
            for (var change : changes) {
                var now = ref(change.name()).orElse(GitRefChange.ABSENT);
                if (!change.before().orElse(now).equals(now)) {
                    return false;
                }
                if (!change.after().equals(now)) {
                    batch.addCommand(
                            new ReceiveCommand(
                                    ObjectId.fromString(now),
                                    ObjectId.fromString(change.after()),
                                    change.name()));
                }
            }
            try (var walk = new RevWalk(repository)) {
                batch.execute(walk, NullProgressMonitor.INSTANCE);
            }
            return batch.getCommands().stream()
                    .allMatch(c -> c.getResult() == ReceiveCommand.Result.OK);
        });
    }

    /// Writes a commit on top of `branch`, which is made when it is not there, and moves the branch.
    public CommitSha commit(String branch, GitChange change) {
        var sha = writer().commit(branch(branch), change);
        setRef(Constants.R_HEADS + branch, sha.value());
        return sha;
    }

    /// The commit a person means: a full or abbreviated sha, `main`, `heads/main`, `tags/v1` or a
    /// full ref name. A tag means the commit it marks.
    public Optional<CommitSha> resolve(String name) {
        for (var candidate :
                List.of(name, "refs/" + name, Constants.R_HEADS + name, Constants.R_TAGS + name)) {
            var id =
                    candidate.startsWith("refs/") && Repository.isValidRefName(candidate)
                            ? ref(candidate)
                            : Optional.<String>empty();
            if (id.isPresent()) {
                return commitAt(id.get());
            }
        }
        if (name.equals(Constants.HEAD)) {
            return io(() -> Optional.ofNullable(repository.resolve(Constants.HEAD)))
                    .flatMap(id -> commitAt(id.name()));
        }
        return AbbreviatedObjectId.isId(name) && name.length() >= 7
                ? unabbreviated(name).flatMap(this::commitAt)
                : Optional.empty();
    }

    private Optional<String> unabbreviated(String prefix) {
        return io(() -> {
            try (var reader = repository.newObjectReader()) {
                var found = reader.resolve(AbbreviatedObjectId.fromString(prefix));
                return found.size() == 1
                        ? Optional.of(found.iterator().next().name())
                        : Optional.empty();
            }
        });
    }

    private Optional<CommitSha> commitAt(String id) {
        return parse(
                id,
                (walk, object) ->
                        walk.peel(object) instanceof RevCommit commit
                                ? Optional.of(new CommitSha(commit.name()))
                                : Optional.empty());
    }

    /// `commit`, `tree`, `blob` or `tag`; empty when there is no such object.
    public Optional<String> type(String id) {
        return parse(id, (_, object) -> Optional.of(Constants.typeString(object.getType())));
    }

    /// A commit; empty when there is none of this sha.
    public Optional<GitCommit> commit(CommitSha sha) {
        return parse(
                sha.value(),
                (walk, object) -> {
                    if (!(object instanceof RevCommit commit)) {
                        return Optional.empty();
                    }
                    walk.parseBody(commit);
                    return Optional.of(GitCommit.of(commit));
                });
    }

    /// An annotated tag; empty when there is none of this id.
    public Optional<GitTag> tag(String id) {
        return parse(
                id,
                (walk, object) -> {
                    if (!(object instanceof RevTag tag)) {
                        return Optional.empty();
                    }
                    walk.parseBody(tag);
                    return Optional.of(GitTag.of(tag));
                });
    }

    /// The bytes of a blob; empty when there is none of this id.
    public Optional<byte[]> blob(String id) {
        return type(id).filter("blob"::equals)
                .map(_ ->
                        io(() ->
                                repository
                                        .open(ObjectId.fromString(id), Constants.OBJ_BLOB)
                                        .getBytes(LONGEST_READ)));
    }

    /// The tree of a commit or the tree itself; empty when `id` is neither.
    public Optional<String> treeOf(String id) {
        return parse(
                id,
                (walk, object) ->
                        switch (object.getType()) {
                            case Constants.OBJ_TREE -> Optional.of(object.name());
                            case Constants.OBJ_COMMIT ->
                                    Optional.of(walk.parseCommit(object).getTree().name());
                            default -> Optional.empty();
                        });
    }

    /// The entries of a tree in Git's order, trees before their content.
    public List<GitEntry> tree(String treeId, boolean recursive) {
        return io(() -> {
            var entries = new ArrayList<GitEntry>();
            try (var walk = new TreeWalk(repository)) {
                walk.addTree(ObjectId.fromString(treeId));
                while (walk.next()) {
                    entries.add(GitEntry.of(walk));
                    if (recursive && walk.isSubtree()) {
                        walk.enterSubtree();
                    }
                }
            }
            return entries;
        });
    }

    /// What lies at `path` in the tree of a commit; the empty path is not an entry.
    public Optional<GitEntry> at(CommitSha commit, String path) {
        return io(() -> {
            var tree = treeOf(commit.value());
            if (tree.isEmpty() || path.isEmpty()) {
                return Optional.empty();
            }
            var root = ObjectId.fromString(tree.get());
            try (var walk = TreeWalk.forPath(repository, path, root)) {
                return walk == null ? Optional.empty() : Optional.of(GitEntry.of(walk));
            }
        });
    }

    /// The bytes of a file of a commit.
    public Optional<byte[]> file(CommitSha commit, String path) {
        return at(commit, path).filter(e -> e.type().equals("blob")).flatMap(e -> blob(e.sha()));
    }

    /// Commits reachable from `from` and not from `without`, newest first.
    public List<GitCommit> log(CommitSha from, Optional<CommitSha> without, int atMost) {
        return log(from, without, "", atMost);
    }

    /// Those of them that changed something at `path`; the empty path means all.
    public List<GitCommit> log(
            CommitSha from, Optional<CommitSha> without, String path, int atMost) {
        return io(() -> {
            try (var walk = new RevWalk(repository)) {
                walk.sort(RevSort.TOPO);
                if (!path.isEmpty()) {
                    walk.setTreeFilter(
                            AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
                }
                walk.markStart(walk.parseCommit(id(from)));
                if (without.isPresent()) {
                    walk.markUninteresting(walk.parseCommit(id(without.get())));
                }
                var commits = new ArrayList<GitCommit>();
                for (var commit : walk) {
                    if (commits.size() == atMost) {
                        break;
                    }
                    commits.add(GitCommit.of(commit));
                }
                return commits;
            }
        });
    }

    /// Whether `descendant` contains `ancestor`; a commit contains itself.
    public boolean contains(CommitSha descendant, CommitSha ancestor) {
        return io(() -> {
            try (var walk = new RevWalk(repository)) {
                return walk.isMergedInto(
                        walk.parseCommit(id(ancestor)), walk.parseCommit(id(descendant)));
            }
        });
    }

    @Override
    public void close() {
        repository.close();
    }

    interface Io<T> {
        T run() throws IOException;
    }

    private interface Reading<T> {
        Optional<T> read(RevWalk walk, RevObject object) throws IOException;
    }

    static <T> T io(Io<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's Git repository: " + e.getMessage(), e);
        }
    }

    private <T> Optional<T> parse(String id, Reading<T> reading) {
        return io(() -> {
            try (var walk = new RevWalk(repository)) {
                return reading.read(walk, walk.parseAny(ObjectId.fromString(id)));
            } catch (MissingObjectException | InvalidObjectIdException e) {
                return Optional.empty();
            }
        });
    }

    static ObjectId id(CommitSha sha) {
        return ObjectId.fromString(sha.value());
    }

    private static String target(Ref ref) {
        return ref.getObjectId() == null ? GitRefChange.ABSENT : ref.getObjectId().name();
    }
}
