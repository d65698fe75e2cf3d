package dev.slipway.release.fit;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Script;
import dev.slipway.cloudflare.Share;
import dev.slipway.domain.CommitSha;
import dev.slipway.github.Commit;
import dev.slipway.github.GitHub;
import dev.slipway.github.PullRequest;
import dev.slipway.release.fit.Carried.NotTried;
import dev.slipway.stack.NamePattern;
import dev.slipway.stack.StackWorker;
import java.util.List;
import java.util.Optional;

/// Finds the built code of what is released. Before a merge there is none of the merge itself; where the
/// test merge has the very tree of the pull request's head, what was built from the head is that code.
record Candidates(GitHub gitHub, Cloudflare cloudflare) {
    /// So many versions are looked through for one of the commit.
    private static final int VERSIONS = 100;

    /// A commit whose builds are the code of what is released.
    ///
    /// @param pullRequest present where previews may have built it
    record Built(CommitSha commit, Optional<PullRequest> pullRequest) {}

    /// What `released` was built from.
    ///
    /// @throws NotTried when nothing can have been built from it
    Built built(Released released) throws NotTried {
        if (released.commit().isPresent()) {
            return new Built(released.commit().get(), Optional.empty());
        }
        var pull =
                released.pullRequest()
                        .flatMap(gitHub::pullRequest)
                        .orElseThrow(() -> new NotTried("there is no " + released.name()));
        var head = gitHub.commit(pull.headSha()).map(Commit::tree);
        if (!head.equals(Optional.of(released.tree()))) {
            throw new NotTried(
                    "its code is built after the merge; the head of "
                            + released.name()
                            + " is another tree than its test merge");
        }
        return new Built(pull.headSha(), Optional.of(pull));
    }

    /// The version of `worker` that was built from `built`.
    ///
    /// @param scripts every Worker of the account
    /// @throws NotTried when there is none
    Source of(StackWorker worker, Built built, List<Script> scripts) throws NotTried {
        var preview = built.pullRequest().flatMap(pull -> previewName(worker, pull));
        if (preview.isPresent()) {
            var found = live(preview.get(), scripts).filter(each -> builtFrom(each, built));
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (scripts.stream().noneMatch(script -> script.name().equals(worker.script()))) {
            throw new NotTried("nothing was built of it yet");
        }
        return cloudflare.versions(worker.script(), VERSIONS).stream()
                .filter(version -> version.commit().equals(Optional.of(built.commit().value())))
                .findFirst()
                .map(version -> new Source(worker.script(), version.id()))
                .orElseThrow(() ->
                        new NotTried("no version of it was built from " + built.commit().brief()));
    }

    private static Optional<String> previewName(StackWorker worker, PullRequest pull) {
        return worker.previewScript().map(pattern -> name(pattern, pull));
    }

    private static String name(NamePattern pattern, PullRequest pull) {
        return pattern.name(pull.number(), pull.head());
    }

    private Optional<Source> live(String name, List<Script> scripts) {
        return scripts.stream()
                .filter(script -> script.name().equals(name))
                .flatMap(script -> cloudflare.deployments(name).stream().limit(1))
                .map(Deployment::shares)
                .filter(shares -> shares.size() == 1)
                .map(List::getFirst)
                .map(Share::version)
                .map(version -> new Source(name, version))
                .findFirst();
    }

    private boolean builtFrom(Source source, Built built) {
        return cloudflare
                .version(source.script(), source.version())
                .flatMap(detail -> detail.version().commit())
                .equals(Optional.of(built.commit().value()));
    }
}
