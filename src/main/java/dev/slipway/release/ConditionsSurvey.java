package dev.slipway.release;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Script;
import dev.slipway.cloudflare.Version;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.github.GitHub;
import dev.slipway.github.RepositoryTree;
import dev.slipway.github.RunApproval;
import dev.slipway.pipeline.WorkerConfig;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Situation.ConfigChange;
import dev.slipway.release.Situation.EnvironmentFacts;
import dev.slipway.release.drill.Practice;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackFile;
import dev.slipway.stack.StackWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads what must be right around a commit: who approved it at GitHub's environment, the stack file
/// of the base branch, which Workers there are, and what changes beside their code.
record ConditionsSurvey(
        Stack stack,
        GitHub gitHub,
        Cloudflare cloudflare,
        Supplier<Practice> practice,
        Asking asking) {
    /// Runs of one commit that are looked at, the newest; each costs up to two calls.
    private static final int MOST_RUNS = 20;

    /// Versions that are looked at for changes of secrets: those Cloudflare still deploys.
    private static final int MOST_VERSIONS = 100;

    /// @param tree sha of the tree that will be on the base branch, empty when it is not known
    Situation.Conditions of(
            CommitSha commit, CommitSha base, Optional<String> tree, ProductionState now) {
        return new Situation.Conditions(
                environment(commit),
                asking.of(() -> baseStack(base)),
                asking.of(() ->
                        cloudflare.scripts().stream()
                                .map(Script::name)
                                .collect(Collectors.toSet())),
                configs(tree, now),
                asking.of(practice),
                asking.of(this::secretChanges));
    }

    /// A change of a secret makes a version of its own.
    private Map<String, Instant> secretChanges() {
        var changes = new TreeMap<String, Instant>();
        for (var worker : stack.workers()) {
            versions(worker).stream()
                    .filter(v -> v.trigger().equals(Optional.of("secret")))
                    .map(Version::created)
                    .max(Comparator.naturalOrder())
                    .ifPresent(at -> changes.put(worker.name(), at));
        }
        return changes;
    }

    private List<Version> versions(StackWorker worker) {
        try {
            return cloudflare.versions(worker.script(), MOST_VERSIONS);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return List.of();
            }
            throw e;
        }
    }

    private Situation.Reading<EnvironmentFacts> environment(CommitSha commit) {
        return stack.policy().environmentApproval()
                ? asking.of(() -> facts(commit))
                : Situation.Reading.unknown(
                        "slipway.yaml does not ask for it.", asking.clock().instant());
    }

    private EnvironmentFacts facts(CommitSha commit) {
        var name = stack.environment();
        var decisions = new ArrayList<EnvironmentFacts.Decision>();
        var waiting = new LinkedHashMap<String, List<String>>();
        for (var run : gitHub.runs(commit).stream().limit(MOST_RUNS).toList()) {
            var title = run.name() + " run " + run.number();
            gitHub.approvals(run.id()).stream()
                    .filter(a -> a.environments().contains(name))
                    .filter(a -> a.state() != RunApproval.State.PENDING)
                    .map(a ->
                            new EnvironmentFacts.Decision(
                                    title,
                                    a.state() == RunApproval.State.APPROVED,
                                    a.by(),
                                    a.comment()))
                    .forEach(decisions::add);
            if (!run.completed()) {
                gitHub.pendingDeployments(run.id()).stream()
                        .filter(p -> p.environment().equals(name))
                        .forEach(p -> waiting.put(title, p.reviewers()));
            }
        }
        return new EnvironmentFacts(
                gitHub.environments().stream().filter(e -> e.name().equals(name)).findFirst(),
                decisions,
                waiting);
    }

    private Optional<Stack> baseStack(CommitSha base) {
        return gitHub.file(StackFile.NAME, base)
                .map(bytes ->
                        StackFile.read(StackFile.NAME + " on " + stack.branch(), bytes).stack());
    }

    // beside the code

    private Situation.Reading<List<ConfigChange>> configs(
            Optional<String> tree, ProductionState now) {
        if (tree.isEmpty()) {
            return Situation.Reading.unknown(
                    "There is no test merge, so nobody can say what it would change beside the"
                            + " code.",
                    asking.clock().instant());
        }
        return asking.of(() -> {
            var shipped = WorkerConfig.all(RepositoryTree.read(gitHub, tree.get()));
            var live = new HashMap<String, WorkerConfig.All>();
            var changes = new ArrayList<ConfigChange>();
            for (var worker : stack.workers()) {
                var config = shipped.of(worker.script());
                var version = version(worker, now);
                if (version.isPresent() && config.isPresent()) {
                    changes.add(change(worker, config.get(), version.get(), live));
                } else if (version.isPresent() && !shipped.unreadable().isEmpty()) {
                    changes.add(unknown(worker, String.join("; ", shipped.unreadable())));
                }
            }
            return changes;
        });
    }

    private static ConfigChange unknown(StackWorker worker, String doubt) {
        return new ConfigChange(worker.name(), List.of(), List.of(), doubt);
    }

    private static Optional<LiveWorker.LiveVersion> version(
            StackWorker worker, ProductionState now) {
        return now.workers().stream()
                .filter(w -> w.name().equals(worker.name()))
                .findFirst()
                .flatMap(LiveWorker::only);
    }

    private ConfigChange change(
            StackWorker worker,
            WorkerConfig config,
            LiveWorker.LiveVersion version,
            Map<String, WorkerConfig.All> trees) {
        var commit = version.commit().filter(CommitSha::isOne);
        if (commit.isEmpty()) {
            return unknown(
                    worker,
                    "the live version of "
                            + worker.name()
                            + " does not say of which commit it is, so its "
                            + config.file()
                            + " cannot be compared");
        }
        var all = trees.computeIfAbsent(commit.get(), this::configsOf);
        var before = all.of(worker.script());
        return before.isEmpty() && !all.unreadable().isEmpty()
                ? unknown(worker, "as it is live, " + String.join("; ", all.unreadable()))
                : new ConfigChange(
                        worker.name(),
                        config.changedTriggers(before),
                        config.newMigrations(before),
                        "");
    }

    /// @throws FailureException when GitHub does not have the commit any more
    private WorkerConfig.All configsOf(String commit) {
        return WorkerConfig.all(RepositoryTree.read(gitHub, commit));
    }
}
