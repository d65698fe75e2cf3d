package dev.slipway.release;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.github.Commit;
import dev.slipway.github.GitHub;
import dev.slipway.github.Ref;
import dev.slipway.migration.Ledger;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Operation;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Safeguards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees what is done to production beside an operation by those who need no lock: CI, a colleague in a
/// dashboard, a push. Cloudflare's deployments, the base branch and the migration ledger are compared
/// with what was there before; what this operation did itself is told by its marks, its merge and its
/// migrations. Anything else pauses the operation, with the name of whoever did it.
///
/// What is there when a sitting begins is what it begins on: of a new operation that must be what its
/// plan saw, and a person who resumes has seen it. Safe for use by several threads.
final class Bystanders implements Fence {
    private static final Logger LOG = LoggerFactory.getLogger(Bystanders.class);

    /// Kind of the plans that only put things back: each of their steps compares for itself, and nothing
    /// may slow them down.
    private static final String GOING_BACK = "rollback";

    private final Plan plan;
    private final Cloudflare cloudflare;
    private final GitHub gitHub;
    private final Function<String, Ledger> ledger;
    private final ReentrantLock turn = new ReentrantLock();
    private final Set<String> known = new HashSet<>();
    private final boolean begins;
    private Optional<Set<String>> rows = Optional.empty();
    private boolean lookedBefore;

    /// What was seen in this sitting. Whichever look sees it first, no change is sent after it.
    private Optional<String> noticed = Optional.empty();

    private String group = "";

    /// @param ledger reads the ledger of a Neon branch
    /// @param begins whether the operation begins now, so that its plan says what must be there
    Bystanders(
            Plan plan,
            Cloudflare cloudflare,
            GitHub gitHub,
            Function<String, Ledger> ledger,
            boolean begins) {
        this.plan = plan;
        this.cloudflare = cloudflare;
        this.gitHub = gitHub;
        this.ledger = ledger;
        this.begins = begins;
    }

    /// Looks before the first change of each numbered step. What puts traffic back is never held up.
    @Override
    public Clearance clear(Passage passage) {
        var step = passage.step();
        if (plan.kind().equals(GOING_BACK) || step.closing() || compensates(step)) {
            return new Clearance.Clear();
        }
        try {
            if (!step.group().equals(group)) {
                look(true);
            }
            var change = noticed();
            if (change.isPresent()) {
                return new Clearance.PauseAsked("", change.get());
            }
            group = step.group();
            return new Clearance.Clear();
        } catch (FailureException e) {
            return new Clearance.CannotTell(e.failure());
        }
    }

    private boolean compensates(PlanStep step) {
        return plan.steps().stream().noneMatch(s -> s.key().equals(step.key()));
    }

    private Optional<String> noticed() {
        turn.lock();
        try {
            return noticed;
        } finally {
            turn.unlock();
        }
    }

    /// What somebody else changed since the last look, sentences; empty when nobody did.
    ///
    /// @param database whether the ledger is read too
    /// @throws FailureException when it cannot be found out
    Optional<String> look(boolean database) {
        turn.lock();
        try {
            // Everything is read before anything counts as seen.
            var newest = new TreeMap<String, Optional<Deployment>>();
            var scripts = scripts();
            scripts.keySet().forEach(script -> newest.put(script, newest(script)));
            var head = head().filter(ref -> !known.contains(ref.sha()));
            var commit = head.flatMap(ref -> gitHub.commit(new CommitSha(ref.sha())));
            var hashes = database ? hashes() : Optional.<Set<String>>empty();
            var changes = new ArrayList<String>();
            newest.forEach((script, found) ->
                    found.flatMap(d -> deployed(script, scripts.getOrDefault(script, ""), d))
                            .ifPresent(changes::add));
            head.flatMap(ref -> pushed(ref, commit)).ifPresent(changes::add);
            hashes.flatMap(this::migrated).ifPresent(changes::add);
            lookedBefore = true;
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            noticed =
                    Optional.of(
                            String.join(" ", changes)
                                    + " Nothing of it was overwritten; look at it, then go on or back,"
                                    + " or leave it.");
            return noticed;
        } finally {
            turn.unlock();
        }
    }

    private Optional<Deployment> newest(String script) {
        try {
            return cloudflare.deployments(script).stream().findFirst();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Ref> head() {
        return Optional.ofNullable(plan.pins().get("branch"))
                .flatMap(branch -> gitHub.ref("refs/heads/" + branch));
    }

    /// The Workers of the plan by their script.
    private Map<String, String> scripts() {
        var scripts = new TreeMap<String, String>();
        plan.steps().stream()
                .filter(s -> s.parameters().containsKey("script"))
                .forEach(s -> scripts.put(s.parameter("script"), s.parameter("worker")));
        return scripts;
    }

    /// Readings lag behind, so one that shows what was there before says nothing.
    private Optional<String> deployed(String script, String worker, Deployment newest) {
        if (!known.add(newest.id()) || ours(newest.message().orElse(""))) {
            return Optional.empty();
        }
        var live = pinned("live." + worker);
        if (!lookedBefore && (live.isEmpty() || newest.only().equals(live))) {
            return Optional.empty();
        }
        return Optional.of(
                "%s was deployed by %s (%s)."
                        .formatted(script, newest.author().orElse("somebody"), newest.source()));
    }

    private Optional<String> pushed(Ref ref, Optional<Commit> commit) {
        known.add(ref.sha());
        var base = pinned("base");
        if (!lookedBefore && (base.isEmpty() || base.get().equals(ref.sha()))) {
            return Optional.empty();
        }
        // Our merge gives the branch the very tree that was checked.
        if (commit.filter(c -> c.tree().equals(plan.pins().get("tree"))).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s was pushed to by %s: %s."
                        .formatted(
                                plan.pins().getOrDefault("branch", "The base branch"),
                                commit.map(Commit::author).orElse("somebody"),
                                commit.map(c -> c.sha().brief() + " " + c.subject())
                                        .orElse(ref.sha().substring(0, 7))));
    }

    /// What the plan saw, which counts for the sitting that begins it.
    private Optional<String> pinned(String name) {
        return begins ? Optional.ofNullable(plan.pins().get(name)) : Optional.empty();
    }

    /// Nothing while somebody has locked the ledger: a migration waits for them and compares every row
    /// itself, so nothing else has to wait.
    private Optional<Set<String>> hashes() {
        try {
            return Optional.ofNullable(plan.pins().get("neonBranch"))
                    .map(ledger)
                    .map(l -> l.rows().stream().map(Ledger.Row::hash).collect(Collectors.toSet()));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Busy) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<String> migrated(Set<String> now) {
        var earlier = rows.orElse(now);
        rows = Optional.of(now);
        var came = new HashSet<>(now);
        came.removeAll(earlier);
        plan.pins()
                .forEach((name, hash) -> {
                    if (name.startsWith("migration.")) {
                        came.remove(hash);
                    }
                });
        var went = new HashSet<>(earlier);
        went.removeAll(now);
        return came.isEmpty() && went.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The migration ledger was changed by somebody else, who leaves no name there:"
                                + " %d rows came, %d went.".formatted(came.size(), went.size()));
    }

    private boolean ours(String message) {
        return Safeguards.Marks.EXACT.carry(message, plan.marks());
    }

    /// Looks now and again until the sitting of `operation` is over, on a virtual thread; not into the
    /// database.
    void watch(Operation operation, Duration every) {
        if (plan.kind().equals(GOING_BACK)) {
            return;
        }
        Thread.ofVirtual()
                .name("bystanders of " + plan.id())
                .start(() -> {
                    while (!operation.over()) {
                        operation.awaitAtMost(every);
                        if (!operation.over()) {
                            lookAside().ifPresent(change -> operation.pause("", change));
                        }
                    }
                });
    }

    private Optional<String> lookAside() {
        try {
            return look(false);
        } catch (FailureException e) {
            // The look before the next change decides; this one only comes sooner.
            LOG.debug("nobody could be watched: {}", e.failure().sentence());
            return Optional.empty();
        }
    }

    /// Asks several fences, the last one immediately before the change; the first that is not clear
    /// decides.
    static Fence all(List<Fence> fences) {
        return passage -> {
            for (var fence : fences) {
                var clearance = fence.clear(passage);
                if (!(clearance instanceof Clearance.Clear)) {
                    return clearance;
                }
            }
            return new Clearance.Clear();
        };
    }
}
