package dev.slipway.release;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Observed;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.World;
import dev.slipway.github.Checks;
import dev.slipway.github.GitHub;
import dev.slipway.github.PullRequest;
import dev.slipway.github.Repository;
import dev.slipway.github.RepositoryTree;
import dev.slipway.github.Review;
import dev.slipway.github.Tag;
import dev.slipway.migration.LedgerState;
import dev.slipway.neon.Neon;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.pipeline.DeployerCheck;
import dev.slipway.pipeline.Deployers;
import dev.slipway.production.Databases;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Releases;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.drill.Practice;
import dev.slipway.release.rollback.Holds;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads everything a promotion is decided from. What a provider does not tell becomes a doubt, and
/// a doubt closes its gate.
public final class Survey {
    /// How much longer than a promotion is expected to take a token has to serve.
    private static final Duration TOKEN_MARGIN = Duration.ofHours(1);

    private final World world;
    private final Stack stack;
    private final GitHub gitHub;
    private final Neon neon;
    private final Cloudflare cloudflare;
    private final ProductionReader production;
    private final ProductionLock lock;
    private final RehearsalShelf shelf;
    private final ProductionLocks locks;
    private final Supplier<Practice> practice;
    private final InstantSource clock;

    /// @param shelf rehearsals that were done; surveying makes none
    /// @param practice whether going back was practised lately
    public Survey(
            World world,
            Stack stack,
            GitHub gitHub,
            Neon neon,
            Cloudflare cloudflare,
            ProductionReader production,
            ProductionLock lock,
            RehearsalShelf shelf,
            ProductionLocks locks,
            Supplier<Practice> practice,
            InstantSource clock) {
        this.world = world;
        this.stack = stack;
        this.gitHub = gitHub;
        this.neon = neon;
        this.cloudflare = cloudflare;
        this.production = production;
        this.lock = lock;
        this.shelf = shelf;
        this.locks = locks;
        this.practice = practice;
        this.clock = clock;
    }

    /// Reads the situation of `target`.
    ///
    /// @throws dev.slipway.domain.RefusedException when the repository has no such pull request or commit
    /// @throws FailureException when GitHub cannot be asked about it
    public Situation of(Target target) {
        var observed = clock.instant();
        var by = gitHub.login();
        var subject = Subject.read(gitHub, stack, target);
        var pullRequest = subject.pullRequest();
        var commit = subject.commit();
        var base = subject.base();
        var onBase =
                pullRequest.isPresent()
                        || gitHub.compare(commit.value(), base.value()).behind() == 0;
        var tree = subject.tree();
        var now = production.read(ProductionReader.Wake.ALLOWED);
        var ledger = ledger(tree);
        var tags = gitHub.tags();
        return new Situation(
                observed,
                by,
                target,
                pullRequest,
                commit,
                base,
                tree,
                onBase,
                shipped(pullRequest, commit, base, now),
                new Observed<>(checks(commit), clock.instant()),
                new Observed<>(reviews(pullRequest), clock.instant()),
                reading(() -> gitHub.rules(stack.branch())),
                ledger,
                rehearsal(tree, ledger, now),
                now,
                Releases.next(stack.environment(), tags.stream().map(Tag::name).toList()),
                new SecretSurvey(stack, cloudflare, new Asking(clock)).of(now),
                deployers(pullRequest.isPresent() ? base : commit),
                running(base),
                held(commit, base, tags, now),
                reading(this::holder),
                reading(this::neon),
                reading(() -> tokens(observed)),
                new ConditionsSurvey(stack, gitHub, cloudflare, practice, new Asking(clock))
                        .of(commit, base, tree, now));
    }

    private <T> Reading<T> reading(Supplier<T> read) {
        return new Asking(clock).of(read);
    }

    // what is shipped

    /// The subjects of commits name numbers, and those of another history may name pull requests of
    /// another repository.
    private List<PullRequestNumber> shipped(
            Optional<PullRequest> pullRequest,
            CommitSha commit,
            CommitSha base,
            ProductionState now) {
        var target = pullRequest.isPresent() ? base : commit;
        var numbers = new LinkedHashSet<PullRequestNumber>();
        now.commit()
                .filter(live -> !live.equals(target))
                .ifPresent(live ->
                        numbers.addAll(
                                gitHub.existing(
                                        gitHub.compare(live.value(), target.value())
                                                .pullRequests())));
        pullRequest.map(PullRequest::number).ifPresent(numbers::add);
        return List.copyOf(numbers);
    }

    private Checks checks(CommitSha commit) {
        try {
            return gitHub.checks(commit);
        } catch (FailureException e) {
            return Checks.unknown(e.failure().sentence());
        }
    }

    private List<Review> reviews(Optional<PullRequest> pullRequest) {
        return pullRequest.map(pr -> gitHub.reviews(pr.number())).orElse(List.of());
    }

    // database

    private Reading<LedgerState> ledger(Optional<String> tree) {
        if (tree.isEmpty()) {
            return Reading.unknown(
                    "There is no test merge, so nobody can say which migrations it would hold.",
                    clock.instant());
        }
        var schema = production.schema(ProductionReader.Wake.ALLOWED, tree);
        return schema.state()
                .map(state -> Reading.of(state, schema.asOf()))
                .orElseGet(() -> Reading.unknown(schema.doubt().orElse("unknown"), schema.asOf()));
    }

    private Reading<RehearsalResult> rehearsal(
            Optional<String> tree, Reading<LedgerState> ledger, ProductionState now) {
        if (tree.isEmpty() || ledger.value().isEmpty()) {
            return Reading.unknown(ledger.doubt(), ledger.asOf());
        }
        return shelf.find(RehearsalBasis.of(tree.get(), ledger.value().get(), now))
                .map(result -> Reading.of(withLocks(result), result.asOf()))
                .orElseGet(() -> Reading.unknown("Not rehearsed yet.", clock.instant()));
    }

    /// Who holds locks is never kept: it is looked at each time.
    private RehearsalResult withLocks(RehearsalResult result) {
        return result.report().map(locks::forecast).map(result::with).orElse(result);
    }

    private Situation.NeonFacts neon() {
        var project = neon.read();
        var branches = neon.branches();
        return new Situation.NeonFacts(
                new Databases(neon, stack).production(branches).id(),
                branches.size(),
                project.branchLimit().isPresent()
                        ? Optional.of(project.branchLimit().getAsInt())
                        : Optional.empty(),
                project.history());
    }

    // other people

    private Deployers check(CommitSha commit) {
        return DeployerCheck.of(
                RepositoryTree.read(gitHub, commit.value()),
                stack.branch(),
                stack.ignoredWorkflows());
    }

    private Reading<Situation.Deployers> deployers(CommitSha commit) {
        return reading(() -> {
            var check = check(commit);
            return new Situation.Deployers(
                    check.blocking().stream().map(d -> d + ".").toList(),
                    check.found().stream().flatMap(d -> ignored(d).stream()).distinct().toList());
        });
    }

    private static Optional<String> ignored(Deployers.Deployer deployer) {
        return deployer.ignored().map(reason -> file(deployer.file()) + " (" + reason + ")");
    }

    private Reading<List<String>> running(CommitSha base) {
        return reading(() -> {
            var deploying =
                    check(base).found().stream()
                            .map(Deployers.Deployer::file)
                            .collect(Collectors.toSet());
            return gitHub.unfinishedRuns(stack.branch()).stream()
                    .filter(run -> deploying.contains(run.path()))
                    .map(run ->
                            run.name()
                                    + " run "
                                    + run.number()
                                    + " is "
                                    + run.status().replace('_', ' ')
                                    + ".")
                    .toList();
        });
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Reading<Optional<String>> held(
            CommitSha commit, CommitSha base, List<Tag> tags, ProductionState now) {
        return reading(() -> Holds.of(gitHub, commit).or(() -> carried(base, tags, now)));
    }

    /// A release that was rolled back stays on the base branch, and would come back with whatever is
    /// promoted next.
    private Optional<String> carried(CommitSha base, List<Tag> tags, ProductionState now) {
        var live =
                now.release()
                        .map(name -> Integer.parseInt(name.substring(1)))
                        .orElse(Integer.MAX_VALUE);
        return tags.stream()
                .filter(tag ->
                        Releases.number(stack.environment(), tag.name())
                                .map(number -> number > live)
                                .orElse(false))
                .filter(tag -> gitHub.compare(tag.commit().value(), base.value()).behind() == 0)
                .flatMap(tag ->
                        Holds.of(gitHub, tag.commit())
                                .map(why ->
                                        why
                                                + ". "
                                                + stack.branch()
                                                + " still holds "
                                                + tag.commit().brief()
                                                + ". Revert it there, then \"slipway unhold "
                                                + tag.commit().value()
                                                + "\".")
                                .stream())
                .findFirst();
    }

    private Situation.LockHolder holder() {
        return Situation.LockHolder.of(lock.status(_ -> false));
    }

    private Situation.TokenFacts tokens(Instant now) {
        var problems = new ArrayList<String>();
        var report = gitHub.token();
        var until = now.plus(world.bounds().soak()).plus(TOKEN_MARGIN);
        problems.addAll(repository(report.repository()));
        expiry(Provider.GITHUB, report.expires(), until).ifPresent(problems::add);
        report.missing()
                .forEach(probe ->
                        problems.add(
                                "GitHub refuses to "
                                        + probe.use()
                                        + ": the token lacks "
                                        + probe.permission()
                                        + "."));
        var status = cloudflare.token();
        if (!status.active()) {
            problems.add("The Cloudflare token is " + status.status() + ".");
        }
        expiry(Provider.CLOUDFLARE, status.expires(), until).ifPresent(problems::add);
        var ends =
                Stream.of(report.expires(), status.expires())
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo);
        return new Situation.TokenFacts(
                problems,
                ends.map(end -> "The first token ends at " + end + ".")
                        .orElse("No token states an end."));
    }

    private List<String> repository(Repository repository) {
        var problems = new ArrayList<String>();
        if (repository.archived()) {
            problems.add(repository.fullName() + " is archived, so GitHub takes no change of it.");
        }
        // GitHub answers for the old name as long as nobody takes it.
        if (!repository.fullName().equalsIgnoreCase(stack.repository())) {
            problems.add(
                    stack.repository()
                            + " is called "
                            + repository.fullName()
                            + " now. Correct slipway.yaml.");
        }
        return problems;
    }

    private static Optional<String> expiry(
            Provider provider, Optional<Instant> expires, Instant until) {
        return expires.filter(end -> end.isBefore(until))
                .map(end ->
                        "The "
                                + provider.title()
                                + " token ends at "
                                + end
                                + ", before a promotion is sure to be over.");
    }
}
