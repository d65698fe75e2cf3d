package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LedgerState.Entry;
import dev.slipway.migration.Migration;
import dev.slipway.migration.rehearsal.Effects;
import dev.slipway.operation.Plan;
import dev.slipway.production.ProductionReader;
import dev.slipway.stack.Stack;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Proposes repairs for migrations that Drizzle skips. They are started like promotions, by
/// [Promotions#start].
public final class Repairs {
    private final World world;
    private final Stack stack;
    private final GitHub gitHub;
    private final Survey survey;
    private final Rehearsals rehearsals;
    private final EffectsTrial trial;
    private final ProductionReader production;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Repairs(
            World world,
            Stack stack,
            GitHub gitHub,
            Survey survey,
            Rehearsals rehearsals,
            EffectsTrial trial,
            ProductionReader production,
            InstantSource clock,
            RandomGenerator random) {
        this.world = world;
        this.stack = stack;
        this.gitHub = gitHub;
        this.survey = survey;
        this.rehearsals = rehearsals;
        this.trial = trial;
        this.production = production;
        this.clock = clock;
        this.random = random;
    }

    /// Observes, tries it on a throw-away branch, and plans. Production is only read.
    ///
    /// @param tag the migration; it is looked for on the base branch, then in open pull requests
    /// @throws RefusedException when nobody has it, or it is not skipped
    /// @throws FailureException when a remote cannot be asked
    public Repair propose(String tag, Repair.How how, RehearsalListener listener) {
        listener.stage("Looks for " + tag + ".");
        var situation = survey.of(find(tag));
        var state =
                situation
                        .ledger()
                        .value()
                        .orElseThrow(() ->
                                new RefusedException(
                                        situation.ledger().doubt() + " Nothing was changed."));
        var migration = skipped(tag, state);
        var gates = new RepairGates(stack, world.bounds(), situation);
        return switch (how) {
            case APPLY -> {
                var rehearsal =
                        new Asking(clock)
                                .of(() ->
                                        rehearsals.ofSkipped(
                                                situation.target(),
                                                situation.tree().orElseThrow(),
                                                state,
                                                situation.production(),
                                                migration,
                                                listener));
                yield new Repair(
                        migration,
                        how,
                        new Proposal(
                                situation.rehearsed(rehearsal),
                                plan(situation, migration, how, rehearsal.value()),
                                gates.apply(migration, rehearsal)),
                        rehearsal.value(),
                        List.of());
            }
            case RECORD -> {
                var effects = new Asking(clock).of(() -> trial.of(migration, listener));
                yield new Repair(
                        migration,
                        how,
                        new Proposal(
                                situation,
                                plan(situation, migration, how, Optional.empty()),
                                gates.record(migration, effects)),
                        Optional.empty(),
                        effects.value().orElse(List.<Effects.Found>of()));
            }
        };
    }

    private Plan plan(
            Situation situation,
            Migration migration,
            Repair.How how,
            Optional<RehearsalResult> rehearsal) {
        return RepairPlanner.plan(
                Plan.freshId(random), stack, world, situation, migration, how, rehearsal);
    }

    /// Where the migration is.
    private Target find(String tag) {
        var base = gitHub.ref("refs/heads/" + stack.branch());
        if (base.isPresent() && holds(base.get().sha(), tag)) {
            return new Target.OfCommit(new dev.slipway.domain.CommitSha(base.get().sha()));
        }
        var holding =
                gitHub.openPullRequests().stream()
                        .filter(each -> !each.fork())
                        .filter(each -> holds(each.headSha().value(), tag))
                        .map(OpenPullRequest::number)
                        .toList();
        if (holding.size() == 1) {
            return new Target.OfPullRequest(holding.getFirst());
        }
        throw new RefusedException(
                holding.isEmpty()
                        ? "Neither "
                                + stack.branch()
                                + " nor an open pull request has a migration "
                                + tag
                                + ". Nothing was changed."
                        : tag
                                + " is in several open pull requests: "
                                + holding
                                + ". Merge one of them first. Nothing was changed.");
    }

    private boolean holds(String sha, String tag) {
        try {
            return production.folder(sha).migrations().stream()
                    .anyMatch(migration -> migration.tag().equals(tag));
        } catch (InputException e) {
            return false;
        }
    }

    private static Migration skipped(String tag, LedgerState state) {
        var entry =
                state.entries().stream()
                        .filter(each -> each.migration().tag().equals(tag))
                        .findFirst()
                        .orElseThrow(() ->
                                new RefusedException(
                                        "The merged tree has no migration "
                                                + tag
                                                + ". Nothing was changed."));
        return switch (entry.state()) {
            case SKIPPED_BY_DRIZZLE -> entry.migration();
            case APPLIED -> throw no(entry, "is applied already; there is nothing to repair");
            case PENDING -> throw no(entry, "is pending; promote what holds it");
            case EDITED_AFTER_APPLY ->
                    throw no(
                            entry,
                            "was edited after it ran; put the file back as it was and write the change"
                                    + " as a new migration");
        };
    }

    private static RefusedException no(Entry entry, String why) {
        return new RefusedException(entry.migration().tag() + " " + why + ". Nothing was changed.");
    }
}
