package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;

/// The refs of the repository as GitHub lets people move them. Everything that moves one goes
/// through here, so that pull requests follow and listeners hear of it.
public final class GitHubRefs {
    /// Where the branches of forks lie; never shown.
    static final String FORKS = "refs/forks/";

    private static final String HEADS = "refs/heads/";

    private final GitHubCore core;
    private final List<Consumer<Moved>> followers = new ArrayList<>();
    private volatile Optional<String> closed = Optional.empty();

    /// A ref that has moved, told while the world is still locked.
    record Moved(String name, String before, String after, String actor) {}

    GitHubRefs(GitHubCore core) {
        this.core = core;
    }

    void follow(Consumer<Moved> follower) {
        followers.add(follower);
    }

    /// Refuses every ref whose name begins so, as an instance with rules of its own may; until the
    /// world is closed.
    public void close(String prefix) {
        closed = Optional.of(prefix);
    }

    /// Makes a ref.
    ///
    /// @throws GitHubRefusal 422 when it exists, its name is not allowed or there is no such object
    public void create(String name, String objectId, String actor) {
        core.change(() -> {
            allowed(name);
            if (!known(objectId)) {
                throw new GitHubRefusal(422, "Object does not exist");
            }
            RemoteRules.creatable(!move(List.of(absent(name, objectId)), actor));
            return name;
        });
    }

    private static GitRefChange absent(String name, String objectId) {
        return new GitRefChange(name, Optional.of(GitRefChange.ABSENT), objectId, false);
    }

    /// Moves a ref that exists.
    ///
    /// @throws GitHubRefusal 422 when it does not, or would lose commits without `force`
    public void update(String name, String objectId, boolean force, String actor) {
        core.change(() -> {
            var now =
                    core.git
                            .ref(name)
                            .orElseThrow(() -> new GitHubRefusal(422, "Reference does not exist"));
            var change = new GitRefChange(name, Optional.of(now), objectId, force);
            movable(change);
            return move(List.of(change), actor);
        });
    }

    private void movable(GitRefChange change) {
        var now = core.git.ref(change.name()).orElse(GitRefChange.ABSENT);
        RemoteRules.movable(change, now, this::known, this::forward);
    }

    /// Deletes a ref.
    ///
    /// @throws GitHubRefusal 422 when it does not exist
    public void delete(String name, String actor) {
        core.change(() -> {
            var change = new GitRefChange(name, Optional.empty(), GitRefChange.ABSENT, true);
            movable(change);
            return move(List.of(change), actor);
        });
    }

    /// Compare and set over several refs: all are moved or none.
    ///
    /// @throws GitHubRefusal 422 with the reason why none was moved
    public void updateAll(List<GitRefChange> changes, String actor) {
        core.change(() -> {
            for (var change : changes) {
                allowed(change.name());
                movable(change);
            }
            if (!move(changes, actor)) {
                throw new GitHubRefusal(422, "Reference cannot be updated");
            }
            return changes;
        });
    }

    /// Moves refs without asking whether that is allowed; the caller holds the lock.
    boolean move(List<GitRefChange> changes, String actor) {
        var moved =
                changes.stream()
                        .map(c ->
                                new Moved(
                                        c.name(),
                                        core.git.ref(c.name()).orElse(GitRefChange.ABSENT),
                                        c.after(),
                                        actor))
                        .filter(m -> !m.before().equals(m.after()))
                        .toList();
        if (!core.git.moveRefs(changes)) {
            return false;
        }
        for (var ref : moved) {
            tell(ref);
            followers.forEach(f -> f.accept(ref));
        }
        return true;
    }

    private void tell(Moved ref) {
        if (ref.name().startsWith(FORKS)) {
            return;
        }
        core.emit(new GitHubEvent.RefMoved(ref.name(), ref.before(), ref.after(), ref.actor()));
        if (ref.name().startsWith(HEADS) && !ref.after().equals(GitRefChange.ABSENT)) {
            core.emit(
                    new GitHubEvent.Pushed(
                            ref.name().substring(HEADS.length()),
                            Optional.of(ref.before())
                                    .filter(b -> !b.equals(GitRefChange.ABSENT))
                                    .map(CommitSha::new),
                            new CommitSha(ref.after()),
                            ref.actor()));
        }
    }

    private boolean forward(String before, String after) {
        var commits =
                core.git.type(before).equals(Optional.of("commit"))
                        && core.git.type(after).equals(Optional.of("commit"));
        return commits && core.git.contains(new CommitSha(after), new CommitSha(before));
    }

    private boolean known(String id) {
        return CommitSha.isOne(id) && core.git.type(id).isPresent();
    }

    private void allowed(String name) {
        var reserved = name.startsWith("refs/pull/") || name.startsWith(FORKS);
        if (!name.startsWith("refs/") || name.chars().filter(c -> c == '/').count() < 2) {
            throw new GitHubRefusal(
                    422, "Reference name must start with 'refs/' and contain at least two slashes");
        }
        if (reserved
                || closed.map(name::startsWith).orElse(false)
                || !Repository.isValidRefName(name)) {
            throw new GitHubRefusal(422, name + " is not a valid ref name.");
        }
    }
}
