package dev.slipway.sandbox.world;

import static dev.slipway.sandbox.world.GitRepository.id;
import static dev.slipway.sandbox.world.GitRepository.io;

import dev.slipway.domain.CommitSha;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/// Writes the objects of a repository: blobs, trees, commits and tags. Moves no ref. Safe for many
/// threads.
public final class GitWriter {
    private final Repository repository;

    GitWriter(Repository repository) {
        this.repository = repository;
    }

    private interface Insertion<T> {
        T into(ObjectInserter inserter) throws IOException;
    }

    private <T> T insert(Insertion<T> work) {
        return io(() -> {
            try (var inserter = repository.newObjectInserter()) {
                var result = work.into(inserter);
                inserter.flush();
                return result;
            }
        });
    }

    /// Writes a blob and gives its id.
    public String blob(byte[] content) {
        return insert(inserter -> inserter.insert(Constants.OBJ_BLOB, content).name());
    }

    /// Writes a tree: the entries of `base` with these instead. An entry without object id removes
    /// what lies at its path.
    ///
    /// @param entries mode and object id by path from the top of the tree
    public String tree(Optional<String> base, Map<String, Optional<GitEntry>> entries) {
        return insert(inserter -> {
            var index = index(base.map(ObjectId::fromString));
            var editor = index.editor();
            for (var path : entries.keySet()) {
                editor.add(new DirCacheEditor.DeleteTree(path));
                editor.add(new DirCacheEditor.DeletePath(path));
            }
            editor.finish();
            var builder = index.builder();
            if (index.getEntryCount() > 0) {
                builder.keep(0, index.getEntryCount());
            }
            try (var reader = repository.newObjectReader()) {
                for (var added : entries.entrySet()) {
                    if (added.getValue().isEmpty()) {
                        continue;
                    }
                    var entry = added.getValue().get();
                    var id = ObjectId.fromString(entry.sha());
                    if (entry.type().equals("tree")) {
                        builder.addTree(Constants.encode(added.getKey()), 0, reader, id);
                    } else {
                        var line = new DirCacheEntry(added.getKey());
                        line.setFileMode(FileMode.fromBits(Integer.parseInt(entry.mode(), 8)));
                        line.setObjectId(id);
                        builder.add(line);
                    }
                }
            }
            builder.finish();
            return index.writeTree(inserter).name();
        });
    }

    /// Writes a commit on top of `parent`.
    public CommitSha commit(Optional<CommitSha> parent, GitChange change) {
        var tree =
                insert(inserter -> {
                    var index = index(parent.isPresent() ? treeOf(parent.get()) : Optional.empty());
                    var editor = index.editor();
                    for (var file : change.files().entrySet()) {
                        editor.add(
                                file.getValue().isEmpty()
                                        ? new DirCacheEditor.DeletePath(file.getKey())
                                        : placed(
                                                file.getKey(),
                                                inserter.insert(
                                                        Constants.OBJ_BLOB,
                                                        file.getValue().get())));
                    }
                    editor.finish();
                    return index.writeTree(inserter).name();
                });
        return commit(
                tree,
                parent.stream().toList(),
                change.message(),
                change.author(),
                change.at(),
                change.author(),
                change.at());
    }

    /// A file of this content; what was there keeps its mode.
    private static DirCacheEditor.PathEdit placed(String path, ObjectId blob) {
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setObjectId(blob);
                if (entry.getRawMode() == 0) {
                    entry.setFileMode(FileMode.REGULAR_FILE);
                }
            }
        };
    }

    /// Writes a commit of an existing tree.
    public CommitSha commit(
            String tree,
            List<CommitSha> parents,
            String message,
            GitPerson author,
            Instant authoredAt,
            GitPerson committer,
            Instant committedAt) {
        var commit = new CommitBuilder();
        commit.setTreeId(ObjectId.fromString(tree));
        commit.setParentIds(parents.stream().map(GitRepository::id).toList());
        commit.setMessage(message);
        commit.setAuthor(ident(author, authoredAt));
        commit.setCommitter(ident(committer, committedAt));
        return insert(inserter -> new CommitSha(inserter.insert(commit).name()));
    }

    /// Writes an annotated tag and gives its id.
    public String tag(String name, String message, String objectId, GitPerson tagger, Instant at) {
        return insert(inserter -> {
            var tag = new TagBuilder();
            tag.setTag(name);
            tag.setMessage(message);
            tag.setTagger(ident(tagger, at));
            var target = ObjectId.fromString(objectId);
            tag.setObjectId(target, repository.open(target).getType());
            return inserter.insert(tag).name();
        });
    }

    private Optional<ObjectId> treeOf(CommitSha commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return Optional.of(walk.parseCommit(id(commit)).getTree());
        }
    }

    /// Git's index, in memory: the content of a tree as a flat list, ready to be edited.
    private DirCache index(Optional<ObjectId> tree) throws IOException {
        if (tree.isEmpty()) {
            return DirCache.newInCore();
        }
        try (var reader = repository.newObjectReader()) {
            return DirCache.read(reader, tree.get());
        }
    }

    private static PersonIdent ident(GitPerson person, Instant at) {
        return new PersonIdent(person.name(), person.email(), at, ZoneOffset.UTC);
    }
}
