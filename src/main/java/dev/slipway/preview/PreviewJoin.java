package dev.slipway.preview;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.Checks;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.health.Probe;
import dev.slipway.migration.HeadMigrations;
import dev.slipway.neon.Branch;
import dev.slipway.preview.Preview.Database;
import dev.slipway.preview.Preview.Health;
import dev.slipway.preview.Preview.HealthState;
import dev.slipway.preview.Preview.Isolation;
import dev.slipway.preview.Preview.Name;
import dev.slipway.preview.Preview.NameState;
import dev.slipway.preview.Preview.Presence;
import dev.slipway.preview.Preview.State;
import dev.slipway.preview.Preview.Trait;
import dev.slipway.preview.Preview.WorkerPreview;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Joins what each provider says into one preview for each open pull request. Pure. A part whose
/// provider did not answer is unknown, and a preview with an unknown part is never called ready.
public final class PreviewJoin {
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Stack stack;
    private final Sources now;

    private PreviewJoin(Stack stack, Sources sources) {
        this.stack = stack;
        this.now = sources;
    }

    /// What was read. An empty optional is a provider that never answered.
    ///
    /// @param branches branches of the Neon project
    /// @param awake ids of branches whose compute runs
    /// @param productionBranch id of production's branch
    /// @param scripts all Workers of the account, with when each was deployed
    /// @param versions live version by script, where it was asked for
    /// @param records hostnames that have a DNS record
    /// @param resolved what hostnames with a record lead to
    /// @param migrations how the migrations of a head stand against production's ledger
    /// @param health what Workers answered, by pull request
    public record Sources(
            Instant asOf,
            List<OpenPullRequest> pullRequests,
            Optional<List<Branch>> branches,
            Set<String> awake,
            Optional<String> productionBranch,
            Optional<Map<String, Instant>> scripts,
            Map<String, String> versions,
            Optional<Set<String>> records,
            Map<String, NameState> resolved,
            Map<PullRequestNumber, HeadMigrations> migrations,
            Map<PullRequestNumber, Health> health) {}

    /// The previews, the one that needs attention most first, then the newest first.
    public static List<Preview> of(Stack stack, Sources sources) {
        var join = new PreviewJoin(stack, sources);
        return sources.pullRequests().stream()
                .map(join::preview)
                .sorted(
                        Comparator.comparing(Preview::state)
                                .thenComparing(Comparator.comparing(Preview::updated).reversed()))
                .toList();
    }

    /// How a round of probes is, together.
    public static HealthState health(List<Probe> probes) {
        if (probes.isEmpty()) {
            return HealthState.NOT_CHECKED;
        }
        if (probes.stream().anyMatch(p -> p.outcome() == Probe.Outcome.FAILING)) {
            return HealthState.FAILING;
        }
        if (!probes.stream().allMatch(Probe::healthy)) {
            return HealthState.UNKNOWN;
        }
        return probes.stream().anyMatch(p -> p.latency().compareTo(SLOW) > 0)
                ? HealthState.SLOW
                : HealthState.HEALTHY;
    }

    private Preview preview(OpenPullRequest pr) {
        var branch = branch(pr);
        var asked = now.health().getOrDefault(pr.number(), Health.UNCHECKED);
        var health =
                now.scripts()
                        .map(scripts -> asked.of(deployment(stack, pr, scripts)))
                        .orElse(asked);
        var workers = workers(pr);
        var names = names(pr);
        var database = database(pr, branch, health);
        var finding = finding(pr, branch, workers, names, database, health);
        return new Preview(
                pr.number(),
                pr.title(),
                pr.url(),
                pr.author(),
                pr.fork() ? pr.headOwner().orElse("?") + ":" + pr.head() : pr.head(),
                pr.headSha(),
                traits(pr),
                finding.state(),
                finding.reason(),
                database,
                workers,
                names,
                pr.checks(),
                health,
                pr.updated(),
                branch.flatMap(Branch::expires));
    }

    private static List<Trait> traits(OpenPullRequest pr) {
        var traits = new ArrayList<Trait>();
        if (pr.draft()) {
            traits.add(Trait.DRAFT);
        }
        if (pr.mergeable() == OpenPullRequest.Mergeable.CONFLICTING) {
            traits.add(Trait.CONFLICT);
        }
        if (pr.fork()) {
            traits.add(Trait.FORK);
        }
        return traits;
    }

    private Optional<Branch> branch(OpenPullRequest pr) {
        var names = stack.previewNames();
        return now.branches().orElse(List.of()).stream()
                .filter(b -> names.branch(b.name()).map(pr.number()::equals).orElse(false))
                .findFirst();
    }

    private Database database(OpenPullRequest pr, Optional<Branch> branch, Health health) {
        var found = Optional.ofNullable(now.migrations().get(pr.number()));
        var troubles =
                found.map(HeadMigrations::skipped).orElse(List.of()).stream()
                        .map(tag -> tag + " skipped by Drizzle")
                        .toList();
        return new Database(
                branch.map(Branch::name),
                branch.map(Branch::id),
                found.map(HeadMigrations::pending),
                troubles,
                branch.map(b -> isolation(b, health))
                        .orElse(now.branches().isPresent() ? Isolation.NONE : Isolation.NOT_PROVEN),
                branch.map(b -> now.awake().contains(b.id())).orElse(false));
    }

    /// Proven only by Workers that say which branch they are connected to.
    private Isolation isolation(Branch branch, Health health) {
        var said =
                health.probes().stream()
                        .map(p -> p.answer().flatMap(Probe.Answer::branch))
                        .toList();
        var production = now.productionBranch().orElse("");
        if (said.stream()
                .flatMap(Optional::stream)
                .anyMatch(b -> b.equals(production) || b.equals(stack.neon().branch()))) {
            return Isolation.SHARES_PRODUCTION;
        }
        return !said.isEmpty()
                        && said.stream()
                                .allMatch(b ->
                                        b.map(name ->
                                                        name.equals(branch.id())
                                                                || name.equals(branch.name()))
                                                .orElse(false))
                ? Isolation.ISOLATED
                : Isolation.NOT_PROVEN;
    }

    private List<WorkerPreview> workers(OpenPullRequest pr) {
        return stack.workers().stream()
                .filter(w -> w.previewScript().isPresent())
                .map(w -> worker(w, script(w, pr)))
                .toList();
    }

    private WorkerPreview worker(StackWorker worker, String script) {
        var state =
                now.scripts()
                        .map(s -> s.containsKey(script) ? Presence.DEPLOYED : Presence.MISSING)
                        .orElse(Presence.UNKNOWN);
        return new WorkerPreview(
                worker.name(), script, state, Optional.ofNullable(now.versions().get(script)));
    }

    /// The preview script of `worker` for `pr`.
    static String script(StackWorker worker, OpenPullRequest pr) {
        return worker.previewScript().orElseThrow().name(pr.number(), pr.head());
    }

    /// When the newest Worker of `pr` was deployed; empty when there is none.
    static Optional<Instant> deployment(
            Stack stack, OpenPullRequest pr, Map<String, Instant> scripts) {
        return stack.workers().stream()
                .filter(w -> w.previewScript().isPresent())
                .flatMap(w -> Optional.ofNullable(scripts.get(script(w, pr))).stream())
                .max(Comparator.naturalOrder());
    }

    /// The preview hostname of `worker` for `pr`, when it has one.
    static Optional<String> hostname(StackWorker worker, OpenPullRequest pr) {
        return worker.previewHostname().map(pattern -> pattern.name(pr.number(), pr.head()));
    }

    private List<Name> names(OpenPullRequest pr) {
        return stack.workers().stream()
                .flatMap(w -> hostname(w, pr).stream())
                .map(name -> new Name(name, state(name)))
                .toList();
    }

    private NameState state(String name) {
        if (now.records().isEmpty()) {
            return now.resolved().getOrDefault(name, NameState.UNKNOWN);
        }
        return now.records().get().contains(name)
                ? now.resolved().getOrDefault(name, NameState.UNKNOWN)
                : NameState.NO_RECORD;
    }

    private record Finding(State state, String reason) {}

    private Finding finding(
            OpenPullRequest pr,
            Optional<Branch> branch,
            List<WorkerPreview> workers,
            List<Name> names,
            Database database,
            Health health) {
        var there = workers.stream().filter(w -> w.state() == Presence.DEPLOYED).count();
        var silent = silent();
        if (!silent.isEmpty()) {
            return new Finding(State.UNKNOWN, silent + " not answering");
        }
        if (branch.flatMap(Branch::expires).map(e -> e.isBefore(now.asOf())).orElse(false)) {
            return new Finding(State.EXPIRED, "its database branch has expired");
        }
        if (branch.isEmpty() && there == 0) {
            return notCreated(pr);
        }
        var failing = failing(pr, health);
        if (failing.isPresent()) {
            return new Finding(State.FAILING, failing.get());
        }
        if (database.isolation() == Isolation.SHARES_PRODUCTION) {
            return new Finding(State.FAILING, "its Workers use production's database");
        }
        if (pr.checks().state() == Checks.State.PENDING) {
            return new Finding(State.BUILDING, words(pr.checks(), Checks.Result.PENDING));
        }
        var missing = missing(branch, workers, names);
        if (!missing.isEmpty()) {
            return new Finding(State.PARTIAL, String.join(", ", missing));
        }
        if (!database.troubles().isEmpty()) {
            return new Finding(State.PARTIAL, String.join(", ", database.troubles()));
        }
        var doubt = doubt(pr, workers, names, health);
        if (doubt.isPresent()) {
            return new Finding(State.UNKNOWN, doubt.get());
        }
        return new Finding(
                State.READY,
                database.pending()
                        .map(tags ->
                                tags.isEmpty()
                                        ? "no migration"
                                        : tags.size() == 1
                                                ? tags.getFirst() + " pending"
                                                : tags.size() + " migrations pending")
                        .orElse("migrations not known"));
    }

    private String silent() {
        var silent = new ArrayList<String>();
        if (now.branches().isEmpty()) {
            silent.add("Neon");
        }
        if (now.scripts().isEmpty()) {
            silent.add("Cloudflare");
        }
        return String.join(" and ", silent);
    }

    private static Finding notCreated(OpenPullRequest pr) {
        if (pr.fork()) {
            return new Finding(State.NOT_CREATED, "forks get no database");
        }
        if (pr.draft()) {
            return new Finding(State.NOT_CREATED, "created when marked ready");
        }
        if (pr.mergeable() == OpenPullRequest.Mergeable.CONFLICTING) {
            return new Finding(State.NOT_CREATED, "conflicts with the base branch");
        }
        return pr.checks().state() == Checks.State.PENDING
                ? new Finding(State.BUILDING, words(pr.checks(), Checks.Result.PENDING))
                : new Finding(State.NOT_CREATED, "the preview workflow has not run");
    }

    private static Optional<String> failing(OpenPullRequest pr, Health health) {
        var sick =
                health.probes().stream()
                        .filter(p -> p.outcome() == Probe.Outcome.FAILING)
                        .findFirst();
        if (sick.isPresent()) {
            return Optional.of(
                    sick.get().worker()
                            + ": "
                            + (sick.get().status() > 0 ? sick.get().status() + " " : "")
                            + "on "
                            + "/health");
        }
        return pr.checks().state() == Checks.State.FAILING
                ? Optional.of(words(pr.checks(), Checks.Result.FAIL) + " failed")
                : Optional.empty();
    }

    /// What is not known of a preview that has nothing wrong that is known.
    private static Optional<String> doubt(
            OpenPullRequest pr, List<WorkerPreview> workers, List<Name> names, Health health) {
        if (pr.checks().state() == Checks.State.UNKNOWN) {
            return Optional.of("checks not known");
        }
        var unresolved =
                names.stream()
                        .filter(n -> n.state() == NameState.UNKNOWN)
                        .map(Name::name)
                        .findFirst();
        if (unresolved.isPresent()) {
            return unresolved.map(name -> "not known whether " + name + " resolves");
        }
        return workers.isEmpty() ? Optional.empty() : doubt(health);
    }

    private static Optional<String> doubt(Health health) {
        return switch (health.state()) {
            case HEALTHY, SLOW -> Optional.empty();
            case NOT_CHECKED -> Optional.of("health not checked");
            case UNKNOWN, FAILING ->
                    health.probes().stream()
                            .filter(probe -> !probe.healthy())
                            .map(probe -> probe.worker() + ": " + probe.detail())
                            .findFirst();
        };
    }

    private static String words(Checks checks, Checks.Result result) {
        var names =
                checks.all().stream()
                        .filter(c -> c.result() == result)
                        .map(Checks.Check::name)
                        .toList();
        if (names.isEmpty()) {
            return result == Checks.Result.PENDING ? "checks are running" : "checks";
        }
        return names.stream().limit(2).collect(Collectors.joining(", "))
                + (names.size() > 2 ? " and " + (names.size() - 2) + " more" : "");
    }

    private List<String> missing(
            Optional<Branch> branch, List<WorkerPreview> workers, List<Name> names) {
        var missing = new ArrayList<String>();
        if (branch.isEmpty() && stack.neon().previewBranch().isPresent()) {
            missing.add("no database branch");
        }
        workers.stream()
                .filter(w -> w.state() == Presence.MISSING)
                .forEach(w -> missing.add(w.name() + ": not deployed"));
        var dead =
                names.stream()
                        .filter(n ->
                                n.state() == NameState.NO_RECORD
                                        || n.state() == NameState.DOES_NOT_RESOLVE)
                        .map(Name::name)
                        .toList();
        if (workers.stream().allMatch(w -> w.state() == Presence.DEPLOYED) && !dead.isEmpty()) {
            missing.add(dead.getFirst() + " does not resolve");
        }
        return missing;
    }
}
