package dev.slipway.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of one commit, read from Git without a checkout.
public final class RepoTree {
    private final Repository repository;
    private final ObjectId tree;

    private RepoTree(Repository repository, ObjectId tree) {
        this.repository = repository;
        this.tree = tree;
    }

    /// The files of `commit`; a tag is followed to its commit.
    ///
    /// @throws UncheckedIOException when it is not there
    public static RepoTree of(Repository repository, ObjectId commit) {
        try (var walk = new RevWalk(repository)) {
            return new RepoTree(repository, walk.parseCommit(commit).getTree().getId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every file, by path.
    public List<String> paths() {
        return below("");
    }

    /// Every file below `folder`, by full path; an empty name is the whole tree.
    public List<String> below(String folder) {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        var found = new TreeSet<String>();
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            while (walk.next()) {
                var path = walk.getPathString();
                if (walk.isSubtree()) {
                    if (prefix.startsWith(path + "/") || path.startsWith(prefix)) {
                        walk.enterSubtree();
                    }
                } else if (path.startsWith(prefix)) {
                    found.add(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(found);
    }

    /// The bytes of a file, when it is there.
    public Optional<byte[]> bytes(String path) {
        try (var walk = TreeWalk.forPath(repository, path, tree)) {
            return walk == null || walk.isSubtree()
                    ? Optional.empty()
                    : Optional.of(repository.open(walk.getObjectId(0)).getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of a file, when it is there.
    public Optional<String> text(String path) {
        return bytes(path).map(b -> new String(b, StandardCharsets.UTF_8));
    }
}
