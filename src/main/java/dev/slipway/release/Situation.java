package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Observed;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.BranchRules;
import dev.slipway.github.Checks;
import dev.slipway.github.Environment;
import dev.slipway.github.PullRequest;
import dev.slipway.github.Review;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.production.ProductionState;
import dev.slipway.release.drill.Practice;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything a promotion is decided from, observed once. Gates and planner read nothing else.
///
/// @param observed when the reading began
/// @param by the login that asks
/// @param pullRequest present for a pull request
/// @param commit what will be shipped: the head of the pull request, or the commit itself
/// @param base head of the base branch
/// @param tree sha of the tree that will be on the base branch: of GitHub's test merge, or of the
///     commit; empty while GitHub computes it
/// @param onBase whether a commit is on the base branch; true for a pull request
/// @param shipped what else is on the base branch since the live commit, and the pull request itself
/// @param ledger migrations of the tree beside production's ledger
/// @param rehearsal what rehearsing the pending migrations showed, or the skipped one that is to be run;
///     unknown until that was done
/// @param production what runs now
/// @param release number this release will have
/// @param rules rules of the base branch
/// @param secrets names of the secrets of each Worker's script, empty when unknown
/// @param deployers who else deploys on a push to the base branch
/// @param running workflow runs of the base branch under way that deploy, as sentences
/// @param held why the commit is held, empty when it is not
/// @param lock who holds production
/// @param neon ids, window and limits of the project
/// @param tokens when tokens end, by name
/// @param conditions what else must be right around the commit
public record Situation(
        Instant observed,
        String by,
        Target target,
        Optional<PullRequest> pullRequest,
        CommitSha commit,
        CommitSha base,
        Optional<String> tree,
        boolean onBase,
        List<PullRequestNumber> shipped,
        Observed<Checks> checks,
        Observed<List<Review>> reviews,
        Reading<BranchRules> rules,
        Reading<LedgerState> ledger,
        Reading<RehearsalResult> rehearsal,
        ProductionState production,
        int release,
        List<SecretNames> secrets,
        Reading<Deployers> deployers,
        Reading<List<String>> running,
        Reading<Optional<String>> held,
        Reading<LockHolder> lock,
        Reading<NeonFacts> neon,
        Reading<TokenFacts> tokens,
        Conditions conditions) {

    public Situation {
        shipped = List.copyOf(shipped);
        secrets = List.copyOf(secrets);
    }

    /// Whether something is pending, may be rehearsed, and no rehearsal is true for it.
    public boolean rehearsalMissing() {
        return rehearsal.value().isEmpty()
                && tree.isPresent()
                && ledger.value()
                        .filter(state -> state.problems().isEmpty() && !state.pending().isEmpty())
                        .isPresent();
    }

    /// The same after a rehearsal, or after one that did not come about.
    Situation rehearsed(Reading<RehearsalResult> result) {
        return new Situation(
                observed,
                by,
                target,
                pullRequest,
                commit,
                base,
                tree,
                onBase,
                shipped,
                checks,
                reviews,
                rules,
                ledger,
                result,
                production,
                release,
                secrets,
                deployers,
                running,
                held,
                lock,
                neon,
                tokens,
                conditions);
    }

    /// Something that was read, or the sentence that says why not.
    public record Reading<T>(Optional<T> value, String doubt, Instant asOf) {
        /// It was read.
        public static <T> Reading<T> of(T value, Instant asOf) {
            return new Reading<>(Optional.of(value), "", asOf);
        }

        /// It was not.
        public static <T> Reading<T> unknown(String doubt, Instant asOf) {
            return new Reading<>(Optional.empty(), doubt, asOf);
        }
    }

    /// The names of a Worker's secrets.
    public record SecretNames(String worker, Reading<Set<String>> names) {}

    /// Who else deploys.
    ///
    /// @param blocking one sentence each: workflow, line, what it runs
    /// @param ignored the same for those the stack file lists with a reason
    public record Deployers(List<String> blocking, List<String> ignored) {
        public Deployers {
            blocking = List.copyOf(blocking);
            ignored = List.copyOf(ignored);
        }
    }

    /// Who holds production.
    ///
    /// @param free whether it can be claimed
    public record LockHolder(boolean free, String sentence) {
        /// What a look at the lock says.
        public static LockHolder of(LockStatus status) {
            var free = status.state() == LockStatus.State.FREE;
            return new LockHolder(free, free ? "Nobody holds production." : status.sentence());
        }
    }

    /// What the Neon project allows.
    ///
    /// @param branchId id of the production branch
    /// @param branches how many there are
    /// @param limit how many the plan includes, when Neon says it
    /// @param window how far back it can go
    public record NeonFacts(
            String branchId, int branches, Optional<Integer> limit, Duration window) {}

    /// When tokens end and what they lack.
    ///
    /// @param problems one sentence each; empty when every token serves
    public record TokenFacts(List<String> problems, String evidence) {
        public TokenFacts {
            problems = List.copyOf(problems);
        }
    }

    /// What else must be right around the commit.
    ///
    /// @param environment what GitHub's environment says of the commit; unknown when nobody asks
    /// @param baseStack `slipway.yaml` of the base branch, empty when the branch has none
    /// @param scripts names of every Worker of the account
    /// @param configs what changes beside the code of each Worker
    /// @param practice whether going back was practised lately
    /// @param secretChanges when a secret of a Worker was changed last, by Worker; absent for none that
    ///     its newest versions know of
    public record Conditions(
            Reading<EnvironmentFacts> environment,
            Reading<Optional<Stack>> baseStack,
            Reading<Set<String>> scripts,
            Reading<List<ConfigChange>> configs,
            Reading<Practice> practice,
            Reading<Map<String, Instant>> secretChanges) {
        /// Nothing of it is known.
        public static Conditions unknown(String doubt, Instant asOf) {
            return new Conditions(
                    Reading.unknown(doubt, asOf),
                    Reading.unknown(doubt, asOf),
                    Reading.unknown(doubt, asOf),
                    Reading.unknown(doubt, asOf),
                    Reading.unknown(doubt, asOf),
                    Reading.unknown(doubt, asOf));
        }
    }

    /// What GitHub's environment says of the commit.
    ///
    /// @param environment empty when GitHub has none of this name
    /// @param decisions of its reviewers about runs of the commit, newest first
    /// @param waiting whom runs of the commit wait for, by run
    public record EnvironmentFacts(
            Optional<Environment> environment,
            List<Decision> decisions,
            Map<String, List<String>> waiting) {
        public EnvironmentFacts {
            decisions = List.copyOf(decisions);
            waiting = Map.copyOf(waiting);
        }

        /// A reviewer's word.
        ///
        /// @param run which run it was about, for people: `CI run 12`
        /// @param by login; empty when the account is gone
        public record Decision(String run, boolean approved, Optional<String> by, String comment) {}
    }

    /// What the wrangler file of a live Worker changes beside its code.
    ///
    /// @param triggers one phrase each
    /// @param migrations tags of new Durable Object migrations
    /// @param doubt why it is not known, one sentence; empty when it is
    public record ConfigChange(
            String worker, List<String> triggers, List<String> migrations, String doubt) {
        public ConfigChange {
            triggers = List.copyOf(triggers);
            migrations = List.copyOf(migrations);
        }
    }
}
