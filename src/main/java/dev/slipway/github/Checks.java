package dev.slipway.github;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the machines say about a commit.
///
/// @param all the checks that were read; may be fewer than [#total()]
/// @param total how many there are
/// @param source where they were read
/// @param doubt why the state is [State#UNKNOWN] although checks were read, or which were not read;
///     empty when there is no doubt
public record Checks(
        State state, List<Check> all, int total, Source source, Optional<String> doubt) {
    public Checks {
        all = List.copyOf(all);
    }

    /// Nothing could be read.
    public static Checks unknown(String why) {
        return new Checks(State.UNKNOWN, List.of(), 0, Source.NOTHING, Optional.of(why));
    }

    /// All checks together.
    public enum State {
        /// There is at least one and every one passed, was skipped or is neutral.
        PASSING,
        FAILING,
        PENDING,
        /// There certainly is none.
        NONE,
        /// Not readable, or not all of it. Never to be shown as green.
        UNKNOWN
    }

    /// Where checks were read.
    public enum Source {
        /// Check runs and commit statuses: everything GitHub has.
        CHECKS_AND_STATUSES,
        /// Workflow runs and commit statuses, because the token cannot read check runs. Checks of
        /// other apps do not show here.
        RUNS_AND_STATUSES,
        NOTHING
    }

    /// One check.
    ///
    /// @param name of the check run, the status's context, or the workflow's name
    /// @param word GitHub's own word for its result
    /// @param run id of the workflow run behind it
    public record Check(
            String name,
            Kind kind,
            Result result,
            String word,
            Optional<URI> link,
            Optional<Instant> started,
            Optional<Instant> completed,
            OptionalLong run) {}

    /// What a check is at GitHub.
    public enum Kind {
        CHECK_RUN,
        STATUS,
        WORKFLOW_RUN
    }

    /// What came of one check.
    public enum Result {
        PASS,
        FAIL,
        PENDING,
        /// Skipped or neutral: counts as passed.
        SKIPPED,
        /// A word this program does not know.
        UNKNOWN
    }

    /// How many passed or were skipped.
    public int passed() {
        return (int)
                all.stream()
                        .filter(c -> c.result() == Result.PASS || c.result() == Result.SKIPPED)
                        .count();
    }
}
