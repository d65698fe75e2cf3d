package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.World;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.LiveWorker.LiveVersion;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// From a situation to the plan that takes it to production. Pure: the same situation gives the same
/// plan, but for its id.
///
/// The order is fixed for migrations that only add: schema first, then code, then traffic. Every
/// prefix of it keeps live code on a schema it knows.
public final class PromotionPlanner {
    /// GitHub limits how much content one token creates in a minute.
    private static final int MOST_COMMENTS = 10;

    private final Stack stack;
    private final World world;
    private final Situation now;
    private final List<Migration> pending;
    private final List<PlanStep> steps = new ArrayList<>();

    private PromotionPlanner(Stack stack, World world, Situation now) {
        this.stack = stack;
        this.world = world;
        this.now = now;
        this.pending = now.ledger().value().map(LedgerState::pending).orElse(List.of());
    }

    /// Plans. Ask [Gates] first whether the plan may run.
    ///
    /// @param id of the operation, see [Plan#freshId]
    public static Plan plan(String id, Stack stack, World world, Situation situation) {
        return new PromotionPlanner(stack, world, situation).build(id);
    }

    /// What a person types to start it.
    public static String phrase(Plan plan) {
        return "promote " + plan.target();
    }

    private String release() {
        return "r" + now.release();
    }

    private Plan build(String id) {
        add(ClaimLock.step(Optional.of(now.release())));
        restorePoint();
        if (!pending.isEmpty()) {
            rehearsal();
        }
        now.pullRequest().ifPresent(pr -> merge());
        awaitVersions();
        if (!pending.isEmpty()) {
            migration();
        }
        if (!now.production().workers().stream().allMatch(w -> w.only().isEmpty())) {
            checkLive();
        }
        stage();
        stack.promotion().traffic().forEach(this::traffic);
        finish();
        return Plan.of(id, "promotion", release(), world.id(), now.observed(), pins(), steps);
    }

    private void add(PlanStep step) {
        steps.add(step);
    }

    private Map<String, String> pins() {
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("branch", stack.branch());
        pins.put("by", now.by());
        pins.put("release", release());
        pins.put("commit", now.commit().value());
        pins.put("base", now.base().value());
        now.tree().ifPresent(tree -> pins.put("tree", tree));
        now.pullRequest().ifPresent(pr -> pins.put("pullRequest", "" + pr.number().value()));
        pins.put(
                "pullRequests",
                now.shipped().stream()
                        .map(PullRequestNumber::value)
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")));
        for (var worker : now.production().workers()) {
            worker.only().ifPresent(live -> pins.put("live." + worker.name(), live.id()));
        }
        now.production().commit().map(CommitSha::value).ifPresent(c -> pins.put("liveCommit", c));
        now.production().release().ifPresent(r -> pins.put("liveRelease", r));
        now.ledger().value().flatMap(LedgerState::latest).ifPresent(l -> pins.put("schema", l));
        pending.forEach(migration -> pins.put("migration." + migration.tag(), migration.hash()));
        now.neon().value().ifPresent(neon -> pins.put("neonBranch", neon.branchId()));
        pins.put("neonProject", stack.neon().project());
        pins.put("account", stack.cloudflare().account());
        return pins;
    }

    private void restorePoint() {
        var branch = branchId();
        add(
                PlanStep.check(
                                "record-restore-point",
                                Map.of(
                                        "branch", branch,
                                        "database", stack.neon().database(),
                                        "role", stack.neon().role()))
                        .told(
                                "Record the restore point",
                                "Neon: reads " + stack.neon().branch(),
                                "nothing to undo",
                                "stop, nothing changed"));
        var window = now.neon().value().map(Situation.NeonFacts::window).orElse(Duration.ZERO);
        if (window.compareTo(soak().plus(Duration.ofHours(24))) < 0) {
            add(
                    PlanStep.mutation(
                                    "record-restore-point.branch",
                                    Provider.NEON,
                                    Map.of("parent", branch, "keepHours", "72"))
                            .told(
                                    "Keep the restore point in a branch for 72 h",
                                    "Neon: new branch",
                                    "deletes itself",
                                    "stop, nothing changed")
                            .lasting(new Lasting.Once()));
        }
    }

    private String branchId() {
        return now.neon().value().map(Situation.NeonFacts::branchId).orElse("");
    }

    private Map<String, String> migrationParameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("database", stack.neon().database());
        parameters.put("role", stack.neon().role());
        parameters.put("folder", stack.migrations().folder());
        parameters.put("schema", stack.migrations().schema());
        parameters.put("table", stack.migrations().table());
        parameters.put("tree", now.tree().orElse(""));
        parameters.put(
                "pending", pending.stream().map(Migration::tag).collect(Collectors.joining(",")));
        parameters.put(
                "hashes", pending.stream().map(Migration::hash).collect(Collectors.joining(",")));
        return parameters;
    }

    private String pendingTitle() {
        return pending.size() == 1
                ? pending.getFirst().tag()
                : pending.size()
                        + " migrations, "
                        + pending.getFirst().tag()
                        + " to "
                        + pending.getLast().tag();
    }

    private void rehearsal() {
        add(
                PlanStep.mutation("rehearse.branch", Provider.NEON, Map.of("parent", branchId()))
                        .told(
                                "Branch production for a rehearsal",
                                "Neon: throw-away branch",
                                "automatic",
                                "stop, nothing changed")
                        .lasting(new Lasting.Once()));
        add(
                PlanStep.mutation("rehearse.migrate", Provider.POSTGRES, migrationParameters())
                        .told(
                                "Rehearse " + pendingTitle(),
                                "Neon: throw-away branch",
                                "automatic",
                                "stop, nothing changed")
                        .lasting(new Lasting.Once()));
        add(
                PlanStep.mutation("rehearse.remove", Provider.NEON, Map.of())
                        .told(
                                "Remove the rehearsal branch",
                                "Neon: throw-away branch",
                                "nothing to undo",
                                "warn, it expires by itself")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once()));
    }

    private void merge() {
        var pr = now.pullRequest().orElseThrow();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("number", "" + pr.number().value());
        parameters.put("head", now.commit().value());
        parameters.put("base", now.base().value());
        parameters.put("tree", now.tree().orElse(""));
        parameters.put("method", stack.promotion().merge().key());
        parameters.put("title", pr.title());
        add(
                PlanStep.mutation("merge", Provider.GITHUB, parameters)
                        .told(
                                "Merge " + pr.number() + " at " + now.commit().brief(),
                                "GitHub: " + stack.branch(),
                                "revert pull request",
                                "stop, users see " + liveName())
                        .withNoReturn());
    }

    private String liveName() {
        return now.production()
                .release()
                .or(() -> now.production().commit().map(CommitSha::brief))
                .orElse("what they see now");
    }

    private void awaitVersions() {
        var workers =
                stack.workers().stream()
                        .map(w -> w.name() + "=" + w.script())
                        .collect(Collectors.joining(","));
        if (stack.versions() instanceof Stack.Versions.Workflow workflow) {
            add(
                    PlanStep.mutation(
                                    "await-versions.dispatch",
                                    Provider.GITHUB,
                                    Map.of(
                                            "workflow", workflow.file(),
                                            "branch", stack.branch(),
                                            "commit", commitParameter()))
                            .told(
                                    "Start " + workflow.file(),
                                    "GitHub: Actions",
                                    "nothing to undo",
                                    "stop, users see " + liveName())
                            .lasting(new Lasting.Once()));
        }
        add(
                PlanStep.waiting(
                                "await-versions",
                                Map.of("workers", workers, "commit", commitParameter()))
                        .told(
                                "Wait for the versions of " + shippedName(),
                                "nothing",
                                "nothing to undo",
                                "stop, users see " + liveName())
                        .asking(Provider.CLOUDFLARE));
    }

    /// Empty for a pull request: its commit is the output `merge.sha`.
    private String commitParameter() {
        return now.pullRequest().isPresent() ? "" : now.commit().value();
    }

    private String shippedName() {
        return now.pullRequest()
                .map(pr -> pr.number() + " merged")
                .orElseGet(() -> now.commit().brief());
    }

    private void migration() {
        add(
                PlanStep.mutation(
                                "migrate.fence",
                                Provider.POSTGRES,
                                Map.of(
                                        "branch", branchId(),
                                        "database", stack.neon().database(),
                                        "role", stack.neon().role()))
                        .told(
                                "Raise the fence in the database",
                                "Neon: schema slipway",
                                "nothing to undo",
                                "stop, " + liveName() + " keeps working")
                        .lasting(new Lasting.Once()));
        var parameters = new LinkedHashMap<>(migrationParameters());
        parameters.put("branch", branchId());
        add(
                PlanStep.mutation("migrate.apply", Provider.POSTGRES, parameters)
                        .told(
                                "Migrate " + pendingTitle(),
                                "Neon: " + stack.neon().branch(),
                                "stays, safe for days",
                                "stop, " + liveName() + " keeps working"));
    }

    private void checkLive() {
        var parameters = new LinkedHashMap<String, String>();
        for (var worker : stack.workers()) {
            live(worker).ifPresent(v -> parameters.putAll(ProbePoint.of(worker, v.id(), false)));
        }
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        add(
                PlanStep.check("check-live", parameters)
                        .told(
                                pending.isEmpty()
                                        ? "Check that " + liveName() + " is well"
                                        : "Check " + liveName() + " on the new schema",
                                "nothing",
                                "nothing to undo",
                                "stop, " + liveName() + " keeps all traffic"));
    }

    private Optional<LiveVersion> live(StackWorker worker) {
        return now.production().workers().stream()
                .filter(w -> w.name().equals(worker.name()))
                .findFirst()
                .flatMap(LiveWorker::only);
    }

    private void stage() {
        var staged = stack.workers().stream().filter(w -> live(w).isPresent()).toList();
        for (var worker : staged) {
            add(
                    shift("stage", worker, 0)
                            .told(
                                    "Stage " + worker.name() + " at 0 %",
                                    "Cloudflare: " + worker.script(),
                                    "automatic",
                                    "traffic stays with " + liveName())
                            .lasting(new Lasting.Until(nextShift(0, worker)))
                            .onFailure(trafficBack(staged)));
        }
        if (!staged.isEmpty()) {
            var parameters = new LinkedHashMap<String, String>();
            staged.forEach(w -> parameters.putAll(ProbePoint.of(w, "", true)));
            parameters.putAll(ProbePoint.limits(stack.promotion()));
            add(
                    PlanStep.check("smoke", parameters)
                            .told(
                                    "Smoke the new versions at 0 %",
                                    "nothing", "automatic", "users see " + liveName())
                            .onFailure(trafficBack(staged)));
        }
    }

    private String nextShift(int percent, StackWorker worker) {
        return stack.promotion().traffic().stream()
                .filter(p -> p > percent)
                .findFirst()
                .map(p -> "traffic-" + p + "." + worker.name())
                .orElse("release-lock");
    }

    private PlanStep shift(String group, StackWorker worker, int percent) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("script", worker.script());
        parameters.put("worker", worker.name());
        parameters.put("percent", "" + percent);
        live(worker).ifPresent(v -> parameters.put("from", v.id()));
        return PlanStep.mutation(group + "." + worker.name(), Provider.CLOUDFLARE, parameters);
    }

    private OnFailure trafficBack(List<StackWorker> workers) {
        return new OnFailure.Compensate(
                workers.stream()
                        .filter(w -> live(w).isPresent())
                        .map(w ->
                                PlanStep.mutation(
                                                "traffic-back." + w.name(),
                                                Provider.CLOUDFLARE,
                                                Map.of(
                                                        "script", w.script(),
                                                        "worker", w.name(),
                                                        "to", live(w).orElseThrow().id()))
                                        .told(
                                                "Put the traffic of "
                                                        + w.name()
                                                        + " back to "
                                                        + liveName(),
                                                "Cloudflare: " + w.script(),
                                                "nothing to undo",
                                                "needs a person"))
                        .toList());
    }

    private void traffic(int percent) {
        var last = percent == 100;
        var moving = stack.workers().stream().filter(w -> last || live(w).isPresent()).toList();
        var back = stack.workers().stream().anyMatch(w -> live(w).isPresent());
        var policy = back ? trafficBack(stack.workers()) : new OnFailure.StopSafe();
        for (var worker : moving) {
            add(
                    shift("traffic-" + percent, worker, percent)
                            .told(
                                    "Give " + worker.name() + " " + percent + " % of the traffic",
                                    "Cloudflare: " + worker.script(),
                                    "automatic",
                                    "traffic back to " + liveName())
                            .lasting(
                                    last
                                            ? new Lasting.Always()
                                            : new Lasting.Until(nextShift(percent, worker)))
                            .onFailure(policy));
        }
        if (moving.isEmpty()) {
            return;
        }
        var parameters = new LinkedHashMap<String, String>();
        moving.forEach(w -> parameters.putAll(ProbePoint.of(w, "", true)));
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        parameters.put("percent", "" + percent);
        add(
                PlanStep.check("traffic-" + percent, parameters)
                        .told(
                                "Watch " + percent + " % of the traffic",
                                "nothing",
                                "automatic",
                                "traffic back to " + liveName())
                        .onFailure(policy));
    }

    private Duration soak() {
        return stack.promotion().soak().orElse(world.bounds().soak());
    }

    private void finish() {
        var back = stack.workers().stream().anyMatch(w -> live(w).isPresent());
        var parameters = new LinkedHashMap<String, String>();
        stack.workers().forEach(w -> parameters.putAll(ProbePoint.of(w, "", false)));
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        parameters.put("soakMillis", "" + soak().toMillis());
        add(
                PlanStep.check("settle", parameters)
                        .told(
                                "Watch all traffic for " + words(soak()),
                                "nothing",
                                "automatic",
                                "traffic back to " + liveName())
                        .onFailure(back ? trafficBack(stack.workers()) : new OnFailure.StopSafe())
                        .within(soak().plus(world.bounds().stepDeadline())));
        var tag = stack.environment() + "-" + release();
        add(
                PlanStep.mutation(
                                "tag",
                                Provider.GITHUB,
                                Map.of("tag", tag, "commit", commitParameter()))
                        .told(
                                "Tag " + tag,
                                "GitHub: tags",
                                "delete the tag",
                                "stop, " + release() + " is live")
                        .lasting(new Lasting.Once()));
        if (stack.promotion().timestampTag()) {
            add(
                    PlanStep.mutation(
                                    "tag.deploy",
                                    Provider.GITHUB,
                                    Map.of("commit", commitParameter()))
                            .told(
                                    "Tag deploy-<time>",
                                    "GitHub: tags",
                                    "delete the tag",
                                    "warn only")
                            .onFailure(new OnFailure.WarnOnly())
                            .lasting(new Lasting.Once()));
        }
        add(
                PlanStep.mutation(
                                "record-deployment.create",
                                Provider.GITHUB,
                                Map.of("commit", commitParameter()))
                        .told(
                                "Record the deployment",
                                "GitHub: deployments",
                                "set inactive",
                                "warn only")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once()));
        add(
                PlanStep.mutation("record-deployment.status", Provider.GITHUB, Map.of())
                        .told(
                                "Mark the deployment as successful",
                                "GitHub: deployments",
                                "set inactive",
                                "warn only")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once()));
        for (var number : told()) {
            add(
                    PlanStep.mutation(
                                    "comment." + number.value(),
                                    Provider.GITHUB,
                                    Map.of("number", "" + number.value()))
                            .told(
                                    "Comment on " + number,
                                    "GitHub: " + number,
                                    "edit the comment",
                                    "warn only")
                            .onFailure(new OnFailure.WarnOnly())
                            .lasting(new Lasting.Once()));
        }
        if (!pending.isEmpty()) {
            add(
                    PlanStep.mutation("discard-rehearsal", Provider.NEON, Map.of())
                            .told(
                                    "See that no rehearsal branch is left",
                                    "Neon: throw-away branch",
                                    "nothing to undo",
                                    "warn, it expires by itself")
                            .onFailure(new OnFailure.WarnOnly())
                            .lasting(new Lasting.Once())
                            .atTheEnd());
        }
        add(ReleaseLock.step());
    }

    /// The pull requests that are told: the newest ones when a release ships very many.
    private List<PullRequestNumber> told() {
        var all = now.shipped();
        return all.subList(Math.max(0, all.size() - MOST_COMMENTS), all.size());
    }

    private static String words(Duration duration) {
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min"
                : duration.toSeconds() + " s";
    }
}
