package dev.slipway.operation.lock;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.github.Commit;
import dev.slipway.github.GitHub;
import dev.slipway.github.Ref;
import dev.slipway.github.RefUpdate;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The chain as commits on `refs/slipway/<env>`, or on the branch `slipway/<env>` where GitHub does
/// not take that namespace.
///
/// Appending changes one ref, so it runs inside [dev.slipway.http.Wire#during].
public final class GitHubRefChain implements RefChain {
    private static final String README = "README";
    private static final String NOTE =
            "The commits of this ref are the production lock of Slipway. Do not delete it.\n";

    /// How GitHub refuses a name, for everybody alike. What it refuses one person must not make two
    /// locks, so another refusal is told and no other ref is tried.
    private static final int INVALID = 422;

    private final GitHub github;
    private final String own;
    private final String branch;
    private final AtomicBoolean ownRefused = new AtomicBoolean();

    /// Where the chain was found, which never changes.
    private final AtomicReference<@Nullable String> found = new AtomicReference<>();

    /// The newest commit that was read or written here.
    private final AtomicReference<@Nullable Commit> newest = new AtomicReference<>();

    /// @param environment as in `slipway.yaml`, usually `production`
    public GitHubRefChain(GitHub github, String environment) {
        this.github = github;
        this.own = "refs/slipway/" + environment;
        this.branch = "refs/heads/slipway/" + environment;
    }

    @Override
    public Optional<Tip> tip() {
        return ref().map(ref -> tip(commit(ref.sha())));
    }

    @Override
    public Optional<Tip> link(String sha) {
        return github.commit(new CommitSha(sha)).map(GitHubRefChain::tip);
    }

    @Override
    public List<Tip> bringing(String name, int most) {
        return ref().stream()
                .flatMap(ref -> github.changes(name, new CommitSha(ref.sha()), most).stream())
                .map(GitHubRefChain::tip)
                .toList();
    }

    @Override
    public Optional<String> file(Tip link, String name) {
        return github.file(name, new CommitSha(link.sha()))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Tip> append(Optional<Tip> after, String message, Map<String, String> files) {
        return after.isPresent() ? advance(after.get(), message, files) : begin(message, files);
    }

    private Optional<Tip> advance(Tip after, String message, Map<String, String> files) {
        var parent = commit(after.sha());
        var tree = files.isEmpty() ? parent.tree() : tree(files);
        var next = github.createCommit(message, tree, List.of(parent.sha()));
        var name = name();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            github.updateRefs(
                    List.of(RefUpdate.advance(name.get(), after.sha(), next.sha().value())));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Refused && moved(after)) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(kept(next));
    }

    private String tree(Map<String, String> files) {
        var all = new HashMap<>(files);
        all.put(README, NOTE);
        return github.createTree(all);
    }

    private Optional<Tip> begin(String message, Map<String, String> files) {
        var first = github.createCommit(message, tree(files), List.of());
        var name = ownRefused.get() ? branch : own;
        try {
            github.createRef(name, first.sha().value());
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.Refused refused)) {
                throw e;
            }
            if (ref().isPresent()) {
                return Optional.empty();
            }
            if (refused.status() == INVALID && ownRefused.compareAndSet(false, true)) {
                // Certainly not carried out, so the caller's next attempt takes the branch.
                throw new FailureException(
                        new Failure.Busy(
                                Provider.GITHUB,
                                "it does not take " + own + " (" + refused.message() + ")"),
                        e);
            }
            throw e;
        }
        found.set(name);
        return Optional.of(kept(first));
    }

    /// A change that was seen to be answered needs no second look for what it says.
    private Tip kept(Commit commit) {
        newest.set(commit);
        return tip(commit);
    }

    private boolean moved(Tip after) {
        return ref().map(Ref::sha).filter(after.sha()::equals).isEmpty();
    }

    private Optional<Ref> ref() {
        var first = github.ref(own);
        var ref = first.isPresent() ? first : github.ref(branch);
        ref.map(Ref::name).ifPresent(found::set);
        return ref;
    }

    private Optional<String> name() {
        return Optional.ofNullable(found.get()).or(() -> ref().map(Ref::name));
    }

    private Commit commit(String sha) {
        var known = newest.get();
        if (known != null && known.sha().value().equals(sha)) {
            return known;
        }
        var read =
                github.commit(new CommitSha(sha))
                        .orElseThrow(() ->
                                new FailureException(
                                        new Failure.NotFound(Provider.GITHUB, "commit " + sha)));
        newest.set(read);
        return read;
    }

    private static Tip tip(Commit commit) {
        return new Tip(
                commit.sha().value(),
                commit.parents().stream().findFirst().map(CommitSha::value),
                commit.message(),
                commit.committed());
    }
}
