package dev.slipway.ui.promotion;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Observed;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.github.Checks;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Event;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Operation;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Rules;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.production.Fit;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Schema;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Repair;
import dev.slipway.release.Situation;
import dev.slipway.release.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Services of a small world: the real engine and journal, over steps that are true when looked at.
final class DemoReleases implements Releasing, AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T14:02:11Z");

    final List<Gate> gates = new ArrayList<>();
    final List<String> started = new ArrayList<>();
    String base = "1".repeat(40);
    int proposals;
    private final InstantSource clock;
    private final SqliteJournal journal;
    private final Operations operations;
    private final Driver driver;

    DemoReleases(Path folder, InstantSource clock) {
        this.clock = clock;
        journal = SqliteJournal.open(folder.resolve("journal.db"), "demo");
        operations = new Operations(folder.resolve("journal.db"), "session"::equals);
        driver =
                new Driver(
                        journal,
                        (_, _) -> _ -> Observation.Done.seen(Map.of()),
                        Rules.of(World.Bounds.LIVE),
                        Moment.Source.of(clock, System::nanoTime, "boot"),
                        new Driver.Seat("kim-mbp", "session"));
        gates.add(gate("pr-open", Gate.State.PASS));
        gates.add(gate("checks", Gate.State.PASS));
    }

    static Gate gate(String id, Gate.State state) {
        return new Gate(id, "The gate " + id, state, "Seen at 14:02.", NOW);
    }

    static Plan plan(String base) {
        var back =
                new PlanStep.OnFailure.Compensate(
                        List.of(
                                PlanStep.mutation("traffic-back.web", Provider.CLOUDFLARE, Map.of())
                                        .told("Put the traffic of web back to r41", "", "", "")));
        return Plan.of(
                "0123456789ab",
                "promotion",
                "r42",
                "demo",
                NOW,
                Map.of(
                        "commit", "8b4d0c7" + "0".repeat(33),
                        "pullRequest", "482",
                        "pullRequests", "482",
                        "liveRelease", "r41",
                        "live.web", "11111111-old",
                        "schema", "0042_email_verified",
                        "environment", "production",
                        "repository", "codex/codex",
                        "branch", "main",
                        "base", base),
                List.of(
                        PlanStep.check("claim-lock", Map.of())
                                .told("Claim the lock", "GitHub ref", "automatic", "stop"),
                        PlanStep.check("merge", Map.of("title", "New payment flow"))
                                .told("Merge #482 at 8b4d0c7", "GitHub: main", "revert PR", "stop")
                                .withNoReturn(),
                        PlanStep.check("await-versions", Map.of("workers", "web=web-production"))
                                .told("Wait for the versions", "nothing", "-", "stop"),
                        PlanStep.check("migrate.apply", Map.of("pending", "0043_payment_intents"))
                                .told(
                                        "Migrate 0043_payment_intents",
                                        "Neon: production",
                                        "stays",
                                        "stop"),
                        PlanStep.mutation(
                                        "traffic-10.web",
                                        Provider.CLOUDFLARE,
                                        Map.of("percent", "10"))
                                .told(
                                        "Give web 10 % of the traffic",
                                        "Cloudflare: web", "automatic", "back")
                                .onFailure(back),
                        PlanStep.check(
                                        "traffic-10",
                                        Map.of(
                                                "percent",
                                                "10",
                                                "probes",
                                                "5",
                                                "maxErrorRate",
                                                "0.01",
                                                "maxP95Millis",
                                                "400"))
                                .told("Watch 10 % of the traffic", "nothing", "automatic", "back")
                                .onFailure(back),
                        PlanStep.check("tag", Map.of("tag", "production-r42"))
                                .told("Tag production-r42", "GitHub: tags", "-", "stop")));
    }

    ProductionState reported(String schema) {
        return new ProductionState(
                NOW,
                Optional.of("r41"),
                Optional.empty(),
                List.of(),
                new Schema(Optional.empty(), Optional.of(schema), NOW, Optional.empty()),
                Optional.empty(),
                List.of(),
                Fit.UNKNOWN,
                Map.of());
    }

    @Override
    public Proposal propose(Target target) {
        proposals++;
        var commit = new CommitSha("8b4d0c7" + "0".repeat(33));
        var situation =
                new Situation(
                        clock.instant(),
                        "kim",
                        target,
                        Optional.empty(),
                        commit,
                        commit,
                        Optional.empty(),
                        true,
                        List.of(),
                        new Observed<>(Checks.unknown("not asked"), NOW),
                        new Observed<>(List.of(), NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        reported("not asked"),
                        42,
                        List.of(),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Reading.unknown("not asked", NOW),
                        Situation.Conditions.unknown("not asked", NOW));
        return new Proposal(situation, plan(base), gates);
    }

    @Override
    public Proposal rehearse(Proposal proposal, RehearsalListener listener) {
        throw new IllegalStateException("nothing is pending in this world");
    }

    @Override
    public Repair repair(String tag, Repair.How how, RehearsalListener listener) {
        throw new IllegalStateException("nothing is skipped in this world");
    }

    @Override
    public Proposal waive(Proposal proposal, String gate, String reason) {
        return new Proposal(
                proposal.situation(),
                proposal.plan(),
                proposal.gates().stream()
                        .map(g -> g.id().equals(gate) ? g.waived(reason) : g)
                        .toList());
    }

    @Override
    public Operation start(
            Proposal proposal, String phrase, Permit permit, List<Happening.Listener> listeners) {
        permit.require(clock.instant());
        started.add(phrase + " because " + permit.reason());
        return driver.start(proposal.plan(), Fence.NONE, permit.by(), permit.reason(), listeners);
    }

    @Override
    public Operation resume(
            Plan plan, Event.Decision decision, Permit permit, List<Happening.Listener> listeners) {
        permit.require(clock.instant());
        started.add(decision + " because " + permit.reason());
        return driver.resume(
                plan.id(), Fence.NONE, decision, permit.by(), permit.reason(), listeners);
    }

    @Override
    public Optional<Operation> running(String id) {
        return driver.running(id);
    }

    @Override
    public void rollBack(String id, Permit permit) {
        permit.require(clock.instant());
        started.add("roll back because " + permit.reason());
    }

    @Override
    public Optional<OperationDetail> operation(String id) {
        return operations.one(id);
    }

    @Override
    public List<OperationRow> operations() {
        return operations.list();
    }

    @Override
    public ProductionState production() {
        return reported("Neon does not answer.");
    }

    @Override
    public Set<String> waivable() {
        return Set.of("checks");
    }

    /// As if another process had begun the plan and is gone.
    void beginElsewhere() {
        var at = new Moment(NOW, 1, "old boot");
        var plan = plan(base);
        journal.begin(
                plan, new Event.Started(plan.hash(), "kim", "kim-mbp", "gone", "release r42"), at);
        journal.append(plan.id(), new Event.Confirmed("claim-lock", Map.of(), Map.of()), at);
        journal.append(plan.id(), new Event.Confirmed("merge", Map.of(), Map.of()), at);
    }

    @Override
    public void close() {
        journal.close();
    }
}
