package dev.slipway.simulation;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.World;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Layout;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.Patience;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.InTurn;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Rules;
import dev.slipway.operation.StepWorks;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.operation.lock.Takeover;
import dev.slipway.postgres.Postgres;
import dev.slipway.release.PromotionSteps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// One run: a world, one or two operators, one scheduler, one thread. The same scenario, fate and
/// safety give the same run, to the bit.
final class Run {
    static final String CANARY = "canary-0f3a";
    private static final List<String> BASE = List.of("m0001", "m0002", "m0003");
    private static final Duration FAIR_WEATHER = Duration.ofHours(3);
    private static final int MOST_STEPS = 60_000;
    private static final Map<String, Migration> MIGRATIONS = new ConcurrentHashMap<>();

    private final Scenario scenario;
    private final Fate fate;
    private final Safety safety;
    private final boolean verbose;
    private final Time time = new Time();
    private final SimDatabase production;
    private final SimCloudflare cloudflare;
    private final SimGitHub gitHub;
    private final SimNeon neon;
    private final Audit audit;
    private final Planning planning;
    private final List<Operator> operators = new ArrayList<>();
    private final Map<String, Tree> trees = new LinkedHashMap<>();
    private final SplittableRandom ci;
    private final Rules rules;
    private long numbers = 1_000;
    private long hash = 1;
    private final List<String> story = new ArrayList<>();

    /// What a tree of the repository holds.
    record Tree(List<String> migrations, boolean broken) {}

    /// What came of a run.
    record Result(
            List<String> violations,
            long trace,
            List<Fate.Event> faults,
            List<String> ends,
            List<String> story) {
        boolean broken() {
            return !violations.isEmpty();
        }
    }

    Run(Scenario scenario, Fate fate, Safety safety, boolean verbose) {
        this.scenario = scenario;
        this.fate = fate;
        this.safety = safety;
        this.verbose = verbose;
        ci = new SplittableRandom(scenario.seed() ^ 0xc1);
        audit = new Audit(this);
        var state = new SimDatabase.State();
        state.ledgerTable = true;
        for (var tag : BASE) {
            state.columns.add(tag);
            state.insert(migration(tag).hash(), migration(tag).when());
        }
        production = new SimDatabase(SimNeon.MAIN, state);
        cloudflare = new SimCloudflare(this);
        gitHub = new SimGitHub(this);
        neon = new SimNeon(this, production);
        rules = Rules.of(bounds()).with(safety.safeguards());
        planning = new Planning(this);
        begin();
    }

    Result play() {
        for (var i = 0; i < scenario.operators(); i++) {
            var operator = new Operator(this, i, scenario.seed());
            operators.add(operator);
            time.in(Duration.ofMillis(i * (long) ci.nextInt(1, 400_000)), operator::comes);
        }
        scenario.others().forEach(o -> time.in(o.at(), () -> happens(o)));
        time.in(FAIR_WEATHER, fate::calmDown);
        var steps = 0;
        while (steps++ < MOST_STEPS && audit.violations().isEmpty() && !done()) {
            if (!time.next()) {
                break;
            }
        }
        if (audit.violations().isEmpty()) {
            // What is still on its way lands.
            time.pass(Duration.ofMinutes(10));
            audit.end(operators);
        }
        var ends =
                operators.stream()
                        .map(o -> o.state().map(Enum::name).orElse("NOTHING_STARTED"))
                        .toList();
        operators.forEach(o -> o.journal().close());
        return new Result(audit.violations(), hash, fate.happened(), ends, story);
    }

    private boolean done() {
        for (var operator : operators) {
            if (!operator.done()) {
                return false;
            }
        }
        return true;
    }

    /// Whether whoever else is there has ended.
    boolean alone(Operator operator) {
        for (var other : operators) {
            if (other != operator && !other.done()) {
                return false;
            }
        }
        return true;
    }

    // the world

    private void begin() {
        var base = tree(new Tree(BASE, false));
        var first = gitHub.commit(base, List.of(), "begin");
        gitHub.push(SimGitHub.MAIN, first);
        for (var script : scripts()) {
            cloudflare.upload(script, first.value(), new TreeSet<>(BASE), false);
        }
        for (var number = 1; number <= 2; number++) {
            var all = new ArrayList<>(BASE);
            for (var i = 0; i < scenario.pending(); i++) {
                all.add("m0" + number + "1" + i);
            }
            var head =
                    gitHub.commit(tree(new Tree(all, scenario.broken())), List.of(first), "head");
            gitHub.open(number, head, testMerge(first, head));
        }
        if (!scenario.pullRequest()) {
            var all = new ArrayList<>(BASE);
            if (scenario.pending() > 0) {
                all.add("m0004");
            }
            var next =
                    gitHub.commit(tree(new Tree(all, scenario.broken())), List.of(first), "next");
            gitHub.push(SimGitHub.MAIN, next);
            pushed(next, gitHub.commit(next.value()).tree());
        }
    }

    private CommitSha testMerge(CommitSha base, CommitSha head) {
        var below = trees.get(gitHub.commit(base.value()).tree());
        var above = trees.get(gitHub.commit(head.value()).tree());
        var all = new TreeSet<>(below.migrations());
        all.addAll(above.migrations());
        return gitHub.commit(
                tree(new Tree(List.copyOf(all), above.broken())),
                List.of(base, head),
                "test merge");
    }

    private String tree(Tree content) {
        var sha = sha("tree");
        trees.put(sha, content);
        return sha;
    }

    /// A commit came to the base branch.
    void pushed(CommitSha commit, String tree) {
        trees.computeIfAbsent(tree, _ -> trees.get(gitHub.commit(commit.value()).tree()));
        for (var number = 1; number <= 2; number++) {
            gitHub.retest(number, head -> testMerge(commit, head));
        }
        if (!scenario.dispatch()) {
            build(commit);
        }
    }

    /// CI builds and uploads the versions of a commit.
    void build(CommitSha commit) {
        for (var script : scripts()) {
            time.in(
                    Duration.ofSeconds(ci.nextInt(20, 90)),
                    () -> {
                        var content = trees.get(gitHub.commit(commit.value()).tree());
                        cloudflare.upload(
                                script,
                                commit.value(),
                                new TreeSet<>(content.migrations()),
                                content.broken());
                    });
        }
    }

    /// What the tree of a merge on top of `base` holds.
    void merged(String tree, String base, CommitSha head) {
        var below = trees.get(gitHub.commit(base).tree());
        var above = trees.get(gitHub.commit(head.value()).tree());
        var all = new TreeSet<>(below.migrations());
        all.addAll(above.migrations());
        trees.putIfAbsent(tree, new Tree(List.copyOf(all), above.broken()));
    }

    private void happens(Scenario.Other other) {
        if (fate.calm()) {
            return;
        }
        audit.foreign();
        trace(8, "others: " + other.deed());
        var script = scripts().get(other.which() % scripts().size());
        var number = 1 + other.which();
        switch (other.deed()) {
            case DEPLOY_FROM_DASHBOARD ->
                    cloudflare.dashboard(
                            script, cloudflare.script(script).versions().getFirst().id());
            case DEPLOY_NEWEST -> {
                var old = cloudflare.upload(script, sha("commit"), new TreeSet<>(BASE), false);
                cloudflare.dashboard(script, old.id());
            }
            case PUSH_TO_MAIN -> {
                var main = gitHub.ref(SimGitHub.MAIN).orElseThrow();
                var content = trees.get(gitHub.commit(main).tree());
                var next = gitHub.commit(tree(content), List.of(new CommitSha(main)), "others");
                gitHub.push(SimGitHub.MAIN, next);
                pushed(next, gitHub.commit(next.value()).tree());
            }
            case FORCE_PUSH -> {
                var main = new CommitSha(gitHub.ref(SimGitHub.MAIN).orElseThrow());
                var content =
                        trees.get(gitHub.commit(gitHub.pull(number).headSha().value()).tree());
                gitHub.forcePush(number, gitHub.commit(tree(content), List.of(main), "forced"));
                gitHub.retest(number, head -> testMerge(main, head));
            }
            case CLOSE_PULL_REQUEST -> gitHub.close(number);
            case TAG -> gitHub.tagged("production-r" + (1 + other.which()));
        }
    }

    /// Somebody deploys every Worker anew from the dashboard.
    void overtaken() {
        audit.foreign();
        trace(8, "others deploy");
        for (var script : scripts()) {
            cloudflare.dashboard(script, cloudflare.script(script).versions().getFirst().id());
        }
    }

    List<String> scripts() {
        return List.of("web", "auth").subList(0, scenario.workers());
    }

    static boolean isLock(String ref) {
        return ref.startsWith("refs/slipway/") || ref.startsWith("refs/heads/slipway/");
    }

    boolean fits(String version) {
        return production.committed().columns.containsAll(cloudflare.needs(version));
    }

    Set<String> columnsOf(Set<String> hashes) {
        var columns = new TreeSet<String>();
        MIGRATIONS.forEach((tag, migration) -> {
            if (hashes.contains(migration.hash())) {
                columns.add(tag);
            }
        });
        return columns;
    }

    MigrationFolder folder(String tree) {
        return new MigrationFolder(
                "drizzle",
                Layout.JOURNAL,
                trees.get(tree).migrations().stream().map(Run::migration).toList(),
                List.of());
    }

    private static Migration migration(String tag) {
        var known = MIGRATIONS.get(tag);
        return known != null ? known : MIGRATIONS.computeIfAbsent(tag, Run::written);
    }

    private static Migration written(String tag) {
        return Migration.of(
                tag,
                "drizzle/" + tag + ".sql",
                Long.parseLong(tag.substring(1)),
                ("alter table shop add column " + tag + " text;").getBytes(StandardCharsets.UTF_8));
    }

    // what an operator's program is given

    StepWorks works(Line line, ProductionLock lock) {
        Postgres postgres =
                (address, session) ->
                        line.read(
                                        dev.slipway.domain.Provider.POSTGRES,
                                        "connect",
                                        _ ->
                                                new SimBackend(
                                                        this,
                                                        line,
                                                        database(address.host()),
                                                        session.application()))
                                .connection();
        var patience =
                new Patience() {
                    @Override
                    public void pause(Duration wait) {
                        time.pass(wait);
                        line.operator().mustLive();
                    }

                    @Override
                    public long nanos() {
                        return time.now();
                    }
                };
        return new PromotionSteps(
                planning.world(),
                gitHub.over(line),
                neon.over(line),
                cloudflare.over(line),
                new SimProber(this, line),
                postgres,
                new DrizzleMigrator(postgres, safety.epoch(), patience),
                branch -> neon.connection(line, branch),
                this::folder,
                lock,
                () -> line.operator().now().wall(),
                InTurn.ALL);
    }

    private SimDatabase database(String host) {
        return neon.database(host.substring(0, host.indexOf('.')))
                .orElseThrow(() ->
                        Line.failed(
                                new dev.slipway.domain.Failure.Unreachable(
                                        dev.slipway.domain.Provider.POSTGRES, "no such endpoint")));
    }

    Optional<Plan> plan(String id, Operator operator) {
        var plan = planning.plan(id, operator);
        plan.ifPresent(audit::approved);
        return plan;
    }

    /// The program of an operator is gone: its connections break.
    void gone(Operator operator) {
        neon.backendsOf(operator).forEach(SimBackend::end);
    }

    /// Who holds the lock, as everybody can see.
    Optional<Takeover.Held> lockHolder() {
        return audit.lock().filter(Takeover.Held::held);
    }

    /// How long after a takeover nothing of the former holder can take effect any more.
    Duration reconcileTime() {
        return bounds().quiet().values().stream()
                .max(Duration::compareTo)
                .orElseThrow()
                .plus(bounds().mutation());
    }

    void noted(Operator operator, Entry entry) {
        trace(
                operator.index(),
                "#"
                        + entry.event().getClass().getSimpleName()
                        + (entry.event() instanceof Event.OfStep s ? " " + s.step() : "")
                        + (verbose ? "  " + entry.event() : ""));
        if (!operator.copying()) {
            operator.plan().ifPresent(p -> audit.noted(operator, p, entry.event()));
        }
    }

    // ids and the trace

    long number() {
        return ++numbers;
    }

    String id(String kind) {
        return kind + "-" + Long.toHexString(0x10000000L + ++numbers);
    }

    String sha(String kind) {
        var digits = Long.toHexString(++numbers);
        return HexFormat.of().toHexDigits(kind.hashCode())
                + "0".repeat(32 - digits.length())
                + digits;
    }

    String planId() {
        return HexFormat.of().toHexDigits((int) ++numbers) + "0000";
    }

    /// Adds to the trace; the text is kept only when somebody reads it.
    void trace(int who, String what) {
        hash = hash * 0x9E3779B97F4A7C15L + what.hashCode() + who + time.now();
        hash ^= hash >>> 29;
        if (verbose) {
            story.add(
                    "%10.1f  %s  %s"
                            .formatted(
                                    time.now() / 1e9, who == 0 ? "A" : who == 1 ? "B" : "-", what));
        }
    }

    Scenario scenario() {
        return scenario;
    }

    Fate fate() {
        return fate;
    }

    Safety safety() {
        return safety;
    }

    Rules rules() {
        return rules;
    }

    Time time() {
        return time;
    }

    Audit audit() {
        return audit;
    }

    boolean verbose() {
        return verbose;
    }

    SimCloudflare cloudflare() {
        return cloudflare;
    }

    SimGitHub gitHub() {
        return gitHub;
    }

    SimNeon neon() {
        return neon;
    }

    SimDatabase production() {
        return production;
    }

    World.Bounds bounds() {
        return World.Bounds.LIVE;
    }
}
