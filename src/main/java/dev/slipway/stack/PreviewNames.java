package dev.slipway.stack;

import dev.slipway.domain.PullRequestNumber;
import java.util.Optional;
import java.util.function.Function;

/// Tells which remote name belongs to which pull request. What production uses belongs to none,
/// whatever a pattern says.
public final class PreviewNames {
    private final Stack stack;

    PreviewNames(Stack stack) {
        this.stack = stack;
    }

    /// A name that was recognised.
    ///
    /// @param worker the Worker it belongs to
    public record Match(StackWorker worker, PullRequestNumber pullRequest) {}

    /// Reads the name of a script.
    public Optional<Match> script(String name) {
        return match(name, StackWorker::script, StackWorker::previewScript);
    }

    /// Reads a hostname.
    public Optional<Match> hostname(String name) {
        return match(name, StackWorker::hostname, StackWorker::previewHostname);
    }

    /// Reads the name of a Neon branch.
    public Optional<PullRequestNumber> branch(String name) {
        return name.equals(stack.neon().branch())
                ? Optional.empty()
                : stack.neon().previewBranch().flatMap(pattern -> pattern.read(name));
    }

    private Optional<Match> match(
            String name,
            Function<StackWorker, String> production,
            Function<StackWorker, Optional<NamePattern>> preview) {
        if (stack.workers().stream().anyMatch(worker -> production.apply(worker).equals(name))) {
            return Optional.empty();
        }
        for (var worker : stack.workers()) {
            var number = preview.apply(worker).flatMap(pattern -> pattern.read(name));
            if (number.isPresent()) {
                return Optional.of(new Match(worker, number.get()));
            }
        }
        return Optional.empty();
    }
}
