package dev.slipway.release;

import dev.slipway.domain.World;
import dev.slipway.github.Checks;
import dev.slipway.github.PullRequest;
import dev.slipway.github.Review;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Gate.State;
import dev.slipway.release.Situation.Reading;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What must hold before a promotion changes anything. Pure: the same situation gives the same
/// gates. What is not known blocks like what is wrong.
public final class Gates {
    private final Stack stack;
    private final World.Bounds bounds;
    private final Situation now;

    private Gates(Stack stack, World.Bounds bounds, Situation now) {
        this.stack = stack;
        this.bounds = bounds;
        this.now = now;
    }

    /// Every gate, in the order people read them.
    public static List<Gate> of(Stack stack, World.Bounds bounds, Situation situation) {
        return new Gates(stack, bounds, situation).all();
    }

    private List<Gate> all() {
        var gates = new ArrayList<Gate>();
        now.pullRequest()
                .ifPresentOrElse(
                        pr -> gates.addAll(pullRequest(pr)), () -> gates.add(commitOnBase()));
        gates.add(checks());
        gates.add(approval());
        gates.add(ledger());
        gates.add(verdict());
        gates.add(live());
        gates.add(secrets());
        gates.add(tokens());
        gates.add(branchSlot());
        gates.add(historyWindow());
        gates.add(hold());
        gates.add(lock());
        gates.add(nobodyDeploying());
        gates.add(oneDeployer());
        return List.copyOf(gates);
    }

    private List<Gate> pullRequest(PullRequest pr) {
        var name = pr.number().toString();
        return List.of(
                seen(
                        "pr-open",
                        "Pull request is open",
                        pr.state() == PullRequest.State.OPEN,
                        name + " is open.",
                        name + " is " + pr.state().name().toLowerCase(Locale.ROOT) + "."),
                seen(
                        "pr-not-draft",
                        "Pull request is no draft",
                        !pr.draft(),
                        name + " is ready for review.",
                        name + " is a draft. Mark it ready for review."),
                seen(
                        "pr-not-fork",
                        "Code comes from this repository",
                        !pr.fork(),
                        "The branch " + pr.head() + " lives in " + stack.repository() + ".",
                        name
                                + " comes from a fork. Push its commits to a branch of "
                                + stack.repository()
                                + "."),
                mergeable(pr),
                seen(
                        "base-branch",
                        "Merges into the production branch",
                        pr.base().equals(stack.branch()),
                        "The base is " + stack.branch() + ".",
                        "The base is "
                                + pr.base()
                                + ", production is released from "
                                + stack.branch()
                                + "."));
    }

    private Gate mergeable(PullRequest pr) {
        if (now.rules().value().map(rules -> rules.mergeQueue()).orElse(false)) {
            return gate(
                    "mergeable",
                    "Merges without conflict",
                    State.FAIL,
                    stack.branch()
                            + " takes pull requests only through its merge queue. Queue it there,"
                            + " then promote the commit.",
                    now.observed());
        }
        if (pr.mergeable().map(can -> !can).orElse(false)) {
            return gate(
                    "mergeable",
                    "Merges without conflict",
                    State.FAIL,
                    pr.number() + " conflicts with " + stack.branch() + ". Resolve the conflict.",
                    now.observed());
        }
        if (pr.mergeable().isEmpty() || now.tree().isEmpty()) {
            return gate(
                    "mergeable",
                    "Merges without conflict",
                    State.UNKNOWN,
                    "GitHub has not computed the test merge of " + pr.number() + " yet. Ask again.",
                    now.observed());
        }
        return gate(
                "mergeable",
                "Merges without conflict",
                State.PASS,
                "The test merge with " + now.base().brief() + " has no conflict.",
                now.observed());
    }

    private Gate commitOnBase() {
        return seen(
                "on-base-branch",
                "Commit is on the production branch",
                now.onBase(),
                now.commit().brief() + " is on " + stack.branch() + ".",
                now.commit().brief() + " is not on " + stack.branch() + ".");
    }

    private Gate checks() {
        var checks = now.checks().value();
        var count = checks.passed() + " of " + checks.total();
        var head = now.commit().brief();
        var open =
                checks.all().stream()
                        .filter(c -> c.result() == Checks.Result.FAIL)
                        .map(Checks.Check::name)
                        .limit(3)
                        .collect(Collectors.joining(", "));
        return switch (checks.state()) {
            case PASSING ->
                    gate("checks", CHECKS, State.PASS, count + " passed on " + head + ".", asOf());
            case NONE ->
                    gate(
                            "checks",
                            CHECKS,
                            State.UNKNOWN,
                            "There is no check on " + head + ", so nothing says that it works.",
                            asOf());
            case FAILING ->
                    gate(
                            "checks",
                            CHECKS,
                            State.FAIL,
                            "Checks on " + head + " failed: " + open + ".",
                            asOf());
            case PENDING ->
                    gate(
                            "checks",
                            CHECKS,
                            State.FAIL,
                            "Checks on "
                                    + head
                                    + " are not complete: "
                                    + count
                                    + " passed. Wait for them.",
                            asOf());
            case UNKNOWN ->
                    gate(
                            "checks",
                            CHECKS,
                            State.UNKNOWN,
                            "Checks on " + head + " cannot be read: " + checks.doubt().orElse(""),
                            asOf());
        };
    }

    private static final String CHECKS = "Checks are green";

    private Instant asOf() {
        return now.checks().asOf();
    }

    private Gate approval() {
        var needed =
                Math.max(
                        stack.policy().approvals(),
                        now.rules().value().map(r -> r.approvals()).orElse(0));
        if (now.pullRequest().isEmpty() || needed == 0) {
            return gate(
                    "approval",
                    "Approved",
                    State.PASS,
                    "No review is asked for.",
                    now.reviews().asOf());
        }
        var latest = new HashMap<String, Review>();
        for (var review : now.reviews().value()) {
            if (review.author().isPresent()
                    && (review.state() == Review.State.APPROVED
                            || review.state() == Review.State.CHANGES_REQUESTED
                            || review.state() == Review.State.DISMISSED)) {
                latest.put(review.author().get(), review);
            }
        }
        var against =
                latest.values().stream()
                        .filter(r -> r.state() == Review.State.CHANGES_REQUESTED)
                        .flatMap(r -> r.author().stream())
                        .sorted()
                        .toList();
        var approving =
                latest.values().stream()
                        .filter(r -> r.state() == Review.State.APPROVED)
                        .filter(r -> r.commit().map(now.commit()::equals).orElse(false))
                        .count();
        if (!against.isEmpty()) {
            return gate(
                    "approval",
                    "Approved",
                    State.FAIL,
                    "Changes are requested by " + String.join(", ", against) + ".",
                    now.reviews().asOf());
        }
        return gate(
                "approval",
                "Approved",
                approving >= needed ? State.PASS : State.FAIL,
                approving + " of " + needed + " approvals of " + now.commit().brief() + ".",
                now.reviews().asOf());
    }

    private Gate ledger() {
        return read(
                "ledger",
                "Migrations and ledger agree",
                now.ledger(),
                state -> {
                    var wrong = wrongOf(state);
                    return wrong.isEmpty()
                            ? new Finding(
                                    State.PASS,
                                    state.pending().isEmpty()
                                            ? "Nothing is pending."
                                            : state.pending().size()
                                                    + " pending: "
                                                    + tags(state.pending())
                                                    + ".")
                            : new Finding(
                                    State.FAIL,
                                    String.join(" ", wrong)
                                            + (state.pending().isEmpty()
                                                    ? ""
                                                    : " Pending: " + state.pending().size() + ".")
                                            + " Nothing was changed.");
                });
    }

    private static List<String> wrongOf(LedgerState state) {
        var wrong = new ArrayList<>(state.problems());
        var skipped = state.in(LedgerState.State.SKIPPED_BY_DRIZZLE);
        if (!skipped.isEmpty()) {
            wrong.add(
                    "Drizzle skips "
                            + tags(skipped)
                            + " for ever, because a newer migration ran before.");
        }
        var edited = state.in(LedgerState.State.EDITED_AFTER_APPLY);
        if (!edited.isEmpty()) {
            wrong.add("Changed after it ran in production: " + tags(edited) + ".");
        }
        if (!state.unknown().isEmpty()) {
            wrong.add(
                    "Production ran "
                            + state.unknown().size()
                            + " that the repository does not have: "
                            + state.unknown().stream()
                                    .map(Gates::name)
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
        return wrong;
    }

    private static String name(Ledger.Row row) {
        return row.name()
                .orElse(
                        "row "
                                + row.id()
                                + ", hash "
                                + row.hash().substring(0, Math.min(8, row.hash().length())));
    }

    private static String tags(List<Migration> migrations) {
        return migrations.stream().map(Migration::tag).collect(Collectors.joining(", "));
    }

    private Gate verdict() {
        return read(
                "verdict",
                "Pending migrations only add",
                now.dangers(),
                dangers ->
                        dangers.isEmpty()
                                ? new Finding(State.PASS, "Live code keeps what it uses.")
                                : new Finding(
                                        State.FAIL,
                                        String.join(" ", dangers) + " Nothing was changed."));
    }

    private Gate live() {
        var workers = now.production().workers();
        var doubt =
                workers.stream()
                        .filter(w -> w.state() == LiveWorker.State.UNKNOWN)
                        .map(w -> w.name() + ": " + w.doubt().orElse("unknown"))
                        .toList();
        if (!doubt.isEmpty()) {
            return gate(
                    "live",
                    "One known version is live",
                    State.UNKNOWN,
                    String.join("; ", doubt) + ".",
                    now.production().asOf());
        }
        var split =
                workers.stream()
                        .filter(w -> w.state() == LiveWorker.State.SPLIT)
                        .map(LiveWorker::sentence)
                        .toList();
        return seen(
                "live",
                "One known version is live",
                split.isEmpty(),
                workers.stream().map(LiveWorker::sentence).collect(Collectors.joining(", ")) + ".",
                "Traffic is split: " + String.join(", ", split) + ". Finish or undo that first.");
    }

    private Gate secrets() {
        var missing = new ArrayList<String>();
        for (var worker : stack.workers()) {
            var reading =
                    now.secrets().stream()
                            .filter(s -> s.worker().equals(worker.name()))
                            .findFirst()
                            .map(Situation.SecretNames::names);
            if (worker.secrets().isEmpty()) {
                continue;
            }
            if (reading.isEmpty() || reading.get().value().isEmpty()) {
                return gate(
                        "secrets",
                        "Secrets are there",
                        State.UNKNOWN,
                        "The secrets of "
                                + worker.name()
                                + " cannot be read: "
                                + reading.map(Reading::doubt).orElse(""),
                        now.observed());
            }
            Set<String> present = reading.get().value().get();
            worker.secrets().stream()
                    .filter(name -> !present.contains(name))
                    .forEach(name -> missing.add(worker.name() + " has no secret " + name));
        }
        return seen(
                "secrets",
                "Secrets are there",
                missing.isEmpty(),
                "Every Worker has the secrets it needs, by name.",
                String.join("; ", missing) + ". Nothing was deployed. Add it, then ask again.");
    }

    private Gate tokens() {
        return read(
                "tokens",
                "Tokens serve past the end",
                now.tokens(),
                facts ->
                        facts.problems().isEmpty()
                                ? new Finding(State.PASS, facts.evidence())
                                : new Finding(State.FAIL, String.join(" ", facts.problems())));
    }

    private Gate branchSlot() {
        return read(
                "branch-slot",
                "Room for a rehearsal branch",
                now.neon(),
                neon ->
                        neon.limit().isEmpty()
                                ? new Finding(
                                        State.PASS,
                                        neon.branches() + " branches, no limit is stated.")
                                : new Finding(
                                        neon.branches() < neon.limit().get()
                                                ? State.PASS
                                                : State.FAIL,
                                        neon.branches()
                                                + " of "
                                                + neon.limit().get()
                                                + " branches are used."));
    }

    private Gate historyWindow() {
        return read(
                "history-window",
                "Restore point will last",
                now.neon(),
                neon -> {
                    var needed = soak().plus(Duration.ofHours(24));
                    return neon.window().compareTo(needed) >= 0
                            ? new Finding(
                                    State.PASS,
                                    "History reaches back " + neon.window().toHours() + " h.")
                            : neon.window().compareTo(soak()) > 0
                                    ? new Finding(
                                            State.PASS,
                                            "History reaches back only "
                                                    + neon.window().toHours()
                                                    + " h, so a branch keeps the restore point.")
                                    : new Finding(
                                            State.FAIL,
                                            "History reaches back "
                                                    + neon.window().toMinutes()
                                                    + " min, less than the time all traffic is"
                                                    + " watched.");
                });
    }

    private Duration soak() {
        return stack.promotion().soak().orElse(bounds.soak());
    }

    private Gate hold() {
        return read(
                "hold",
                "Commit is not held",
                now.held(),
                why ->
                        why.map(text -> new Finding(State.FAIL, "The commit is held: " + text))
                                .orElse(new Finding(State.PASS, "No hold.")));
    }

    private Gate lock() {
        return read(
                "lock",
                "Production is free",
                now.lock(),
                holder -> new Finding(holder.free() ? State.PASS : State.FAIL, holder.sentence()));
    }

    private Gate nobodyDeploying() {
        return read(
                "nobody-deploying",
                "Nobody is deploying",
                now.running(),
                running ->
                        running.isEmpty()
                                ? new Finding(State.PASS, "No deploying workflow runs.")
                                : new Finding(State.FAIL, String.join(" ", running)));
    }

    private Gate oneDeployer() {
        return read(
                "one-deployer",
                "Nothing else deploys on push",
                now.deployers(),
                found ->
                        found.blocking().isEmpty()
                                ? new Finding(
                                        State.PASS,
                                        found.ignored().isEmpty()
                                                ? "No workflow deploys on a push to "
                                                        + stack.branch()
                                                        + "."
                                                : "Listed under ci.ignored: "
                                                        + String.join("; ", found.ignored())
                                                        + ".")
                                : new Finding(
                                        State.FAIL,
                                        String.join(" ", found.blocking())
                                                + " Remove it, or list it under ci.ignored with"
                                                + " a reason."));
    }

    private record Finding(State state, String evidence) {}

    private static <T> Gate read(
            String id, String title, Reading<T> reading, Function<T, Finding> judge) {
        var finding =
                reading.value()
                        .map(judge)
                        .orElseGet(() -> new Finding(State.UNKNOWN, reading.doubt()));
        return gate(id, title, finding.state(), finding.evidence(), reading.asOf());
    }

    private Gate seen(String id, String title, boolean holds, String well, String wrong) {
        return gate(
                id, title, holds ? State.PASS : State.FAIL, holds ? well : wrong, now.observed());
    }

    private static Gate gate(String id, String title, State state, String evidence, Instant asOf) {
        return new Gate(id, title, state, evidence, asOf);
    }
}
