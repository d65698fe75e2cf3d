package dev.slipway.sandbox.world;

import static dev.slipway.sandbox.world.GitRepository.id;
import static dev.slipway.sandbox.world.GitRepository.io;

import dev.slipway.domain.CommitSha;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.util.io.NullOutputStream;

/// What needs two histories: merging, rebasing, comparing. Writes objects, moves no ref.
public final class GitMerges {
    private final GitRepository git;
    private final Repository repository;

    GitMerges(GitRepository git) {
        this.git = git;
        this.repository = git.jgit();
    }

    /// The tree of merging `theirs` into `ours`; empty when they conflict.
    public Optional<String> tree(CommitSha ours, CommitSha theirs) {
        return io(() -> merged(null, id(ours), id(theirs)));
    }

    private Optional<String> merged(
            @org.jspecify.annotations.Nullable RevCommit ancestor,
            AnyObjectId ours,
            AnyObjectId theirs)
            throws IOException {
        var merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
        if (ancestor != null) {
            merger = MergeStrategy.RESOLVE.newMerger(repository, true);
            merger.setBase(ancestor);
        }
        if (!merger.merge(ours, theirs)) {
            return Optional.empty();
        }
        merger.getObjectInserter().flush();
        return Optional.of(merger.getResultTreeId().name());
    }

    /// The commits of `head` that `base` lacks, replayed on top of `base` in order, merges left out.
    ///
    /// @return the new tip, or empty when one of them conflicts
    public Optional<CommitSha> rebased(
            CommitSha base, CommitSha head, GitPerson committer, Instant at) {
        var replay = new ArrayList<>(git.log(head, Optional.of(base), Integer.MAX_VALUE));
        replay.removeIf(c -> c.parents().size() != 1);
        var tip = base;
        for (var commit : replay.reversed()) {
            var parent = commit.parents().getFirst();
            var onto = tip;
            var tree =
                    io(() -> {
                        try (var walk = new RevWalk(repository)) {
                            return merged(walk.parseCommit(id(parent)), id(onto), id(commit.sha()));
                        }
                    });
            if (tree.isEmpty()) {
                return Optional.empty();
            }
            tip =
                    git.writer()
                            .commit(
                                    tree.get(),
                                    List.of(tip),
                                    commit.message(),
                                    commit.author(),
                                    commit.authoredAt(),
                                    committer,
                                    at);
        }
        return Optional.of(tip);
    }

    /// The newest commit that both contain.
    public Optional<CommitSha> ancestor(CommitSha one, CommitSha other) {
        return io(() -> {
            try (var walk = new RevWalk(repository)) {
                walk.setRevFilter(RevFilter.MERGE_BASE);
                walk.markStart(walk.parseCommit(id(one)));
                walk.markStart(walk.parseCommit(id(other)));
                return Optional.ofNullable(walk.next()).map(c -> new CommitSha(c.name()));
            }
        });
    }

    /// How many commits `from` contains that `without` does not.
    public int ahead(CommitSha from, CommitSha without) {
        return io(() -> {
            try (var walk = new RevWalk(repository)) {
                walk.sort(RevSort.NONE);
                walk.markStart(walk.parseCommit(id(from)));
                walk.markUninteresting(walk.parseCommit(id(without)));
                int count = 0;
                for (var _ : walk) {
                    count++;
                }
                return count;
            }
        });
    }

    /// What changed from one commit or tree to another, by path; renames are recognised.
    ///
    /// @param from empty means everything was added
    public List<GitFileChange> files(Optional<CommitSha> from, CommitSha to) {
        return files(from, to, Integer.MAX_VALUE);
    }

    /// The first `most` of them, by name only: counting the lines of a long history takes minutes, and
    /// an incomplete clone does not even hold all its files.
    public List<GitFileChange> files(Optional<CommitSha> from, CommitSha to, int most) {
        return io(() -> {
            try (var walk = new RevWalk(repository);
                    var formatter = new DiffFormatter(NullOutputStream.INSTANCE)) {
                formatter.setRepository(repository);
                var lines = most == Integer.MAX_VALUE;
                formatter.setDetectRenames(lines);
                var before = from.isPresent() ? walk.parseCommit(id(from.get())).getTree() : null;
                var changes = new ArrayList<GitFileChange>();
                for (var entry : formatter.scan(before, walk.parseCommit(id(to)).getTree())) {
                    if (changes.size() == most) {
                        break;
                    }
                    changes.add(change(formatter, entry, lines));
                }
                return changes;
            }
        });
    }

    private GitFileChange change(DiffFormatter formatter, DiffEntry entry, boolean lines)
            throws IOException {
        var removed = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
        var path = removed ? entry.getOldPath() : entry.getNewPath();
        var sha = (removed ? entry.getOldId() : entry.getNewId()).name();
        var status =
                switch (entry.getChangeType()) {
                    case ADD, COPY -> "added";
                    case DELETE -> "removed";
                    case MODIFY -> "modified";
                    case RENAME -> "renamed";
                };
        var previous =
                entry.getChangeType() == DiffEntry.ChangeType.RENAME
                        ? Optional.of(entry.getOldPath())
                        : Optional.<String>empty();
        if (!lines) {
            return new GitFileChange(path, status, previous, sha, 0, 0, "");
        }
        var edits = formatter.toFileHeader(entry).toEditList();
        int added = 0;
        int deleted = 0;
        for (var edit : edits) {
            added += edit.getLengthB();
            deleted += edit.getLengthA();
        }
        var before = text(entry.getOldId().toObjectId(), entry.getOldMode().getObjectType());
        var after = text(entry.getNewId().toObjectId(), entry.getNewMode().getObjectType());
        var patch = "";
        if (!edits.isEmpty()) {
            var out = new java.io.ByteArrayOutputStream();
            try (var hunks = new DiffFormatter(out)) {
                hunks.setRepository(repository);
                hunks.format(edits, before, after);
            }
            patch = out.toString(java.nio.charset.StandardCharsets.UTF_8).stripTrailing();
        }
        return new GitFileChange(path, status, previous, sha, added, deleted, patch);
    }

    private RawText text(ObjectId id, int type) throws IOException {
        return type != Constants.OBJ_BLOB || id.equals(ObjectId.zeroId())
                ? RawText.EMPTY_TEXT
                : new RawText(repository.open(id).getBytes());
    }
}
