package dev.slipway.release.rollback;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.neon.BranchRestore;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.step.AwaitRestored;
import dev.slipway.release.step.HoldCommit;
import dev.slipway.release.step.Maintenance;
import dev.slipway.release.step.ProtectBranch;
import dev.slipway.release.step.RestoreBranch;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From what was observed to the plan that gives production the database of before, and the code that
/// fits it. Pure. What production holds is kept on the backup branch, whatever happens.
///
/// @param release the commit a restore held, which its undo lets go; empty for none
record RestorePlanner(
        Stack stack, World world, RestoreScene scene, boolean hold, Optional<PlanStep> release) {
    /// Whose protection is taken away.
    static final String UNPROTECT = "unprotect";

    private static final String MAINTENANCE = "maintenance";
    private static final String OPEN = "open";

    private static final String PROTECT = "protect";

    Plan plan(String id) {
        var code = new CodeSteps(stack, world, scene.code(), scene.to());
        return Plan.of(
                id,
                RollbackProposal.KIND,
                scene.to().name(),
                world.id(),
                scene.code().observed(),
                pins(code),
                steps(code));
    }

    private Map<String, String> pins(CodeSteps code) {
        var pins = new LinkedHashMap<>(code.pins());
        pins.put("restoreTo", scene.source().words());
        scene.source().undoes().ifPresent(id -> pins.put("undoes", id));
        return pins;
    }

    private List<PlanStep> steps(CodeSteps code) {
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.empty()));
        steps.addAll(maintenance(MAINTENANCE, true));
        scene.neon().value().ifPresent(facts -> steps.addAll(database(facts)));
        steps.addAll(code.backWhereOther());
        steps.addAll(maintenance(OPEN, false));
        steps.add(code.check());
        if (hold) {
            code.hold().ifPresent(steps::add);
        }
        release.ifPresent(step -> steps.add(step.onFailure(new OnFailure.WarnOnly())));
        steps.addAll(code.record());
        maintenance("see-open", false)
                .forEach(step ->
                        steps.add(
                                step.onFailure(new OnFailure.WarnOnly())
                                        .lasting(new Lasting.Once())
                                        .atTheEnd()));
        scene.neon()
                .value()
                .filter(facts -> facts.branch().isProtected())
                .ifPresent(facts -> steps.add(protectedAtTheEnd(facts)));
        steps.add(ReleaseLock.step());
        return steps;
    }

    private List<PlanStep> maintenance(String group, boolean on) {
        var facts = scene.maintenance().flatMap(Reading::value);
        return facts.stream()
                .flatMap(f ->
                        stack.workers().stream()
                                .flatMap(w ->
                                        f.of(w.name()).stream()
                                                .map(where -> maintenance(group, w, where, on))))
                .toList();
    }

    private static PlanStep maintenance(
            String group, StackWorker worker, Maintenance.Where where, boolean on) {
        var step =
                Maintenance.step(group + "." + worker.name(), where, on)
                        .told(
                                on
                                        ? "Let " + where.by() + " answer for " + worker.name()
                                        : "Let " + worker.name() + " answer again",
                                "Cloudflare: route " + where.pattern(),
                                "automatic, at the end",
                                on ? "stop, nothing changed" : "stop, tried again at the end");
        return on ? step.lasting(new Lasting.Until(OPEN + "." + worker.name())) : step;
    }

    private List<PlanStep> database(RestoreFacts facts) {
        var name = facts.branch().name();
        var id = facts.branch().id();
        var touches = "Neon: " + name;
        var steps = new ArrayList<PlanStep>();
        steps.add(
                fence("fence", id)
                        .told(
                                "Let no migration run meanwhile",
                                touches,
                                "nothing to undo",
                                "stop, nothing changed")
                        .lasting(new Lasting.Until(RestoreBranch.KEY)));
        if (facts.branch().isProtected()) {
            steps.add(
                    ProtectBranch.step(UNPROTECT, id, false)
                            .told(
                                    "Take the protection of " + name + " away",
                                    touches,
                                    "automatic, at the end",
                                    "stop, nothing changed")
                            .lasting(new Lasting.Until(PROTECT)));
        }
        steps.add(
                RestoreBranch.step(restore(facts), name)
                        .told(
                                "Restore " + name + " to " + scene.source().words(),
                                touches + ", kept as " + facts.backup(),
                                "slipway rollback --undo",
                                "stop, the database stays as it is"));
        if (facts.branch().isProtected()) {
            steps.add(
                    ProtectBranch.step(PROTECT, id, true)
                            .told(
                                    "Protect " + name + " again",
                                    touches,
                                    "nothing to undo",
                                    "stop, tried again at the end"));
        }
        steps.add(
                AwaitRestored.step(
                                id,
                                stack.migrations().schema(),
                                stack.migrations().table(),
                                scene.look()
                                        .value()
                                        .map(look -> AwaitRestored.digest(look.ledger()))
                                        .orElse(""))
                        .told(
                                "Wait for the database, read its ledger",
                                "nothing",
                                "nothing to undo",
                                "stop, a person decides"));
        steps.add(
                fence("fence-again", id)
                        .told(
                                "Raise the lock of the database again",
                                touches,
                                "nothing to undo",
                                "stop, a person decides"));
        return steps;
    }

    private static PlanStep fence(String key, String branch) {
        return PlanStep.mutation(key, Provider.POSTGRES, Map.of("branch", branch));
    }

    private static PlanStep protectedAtTheEnd(RestoreFacts facts) {
        var name = facts.branch().name();
        return ProtectBranch.step("see-protected", facts.branch().id(), true)
                .told(
                        "See that " + name + " is protected",
                        "Neon: " + name,
                        "nothing to undo",
                        "warn, protect it by hand")
                .onFailure(new OnFailure.WarnOnly())
                .lasting(new Lasting.Once())
                .atTheEnd();
    }

    private BranchRestore restore(RestoreFacts facts) {
        var id = facts.branch().id();
        return new BranchRestore(
                id, scene.source().branch().orElse(id), scene.source().at(), facts.backup());
    }

    /// What takes the hold of the plan `restored` away again; empty when it held nothing.
    static Optional<PlanStep> letGo(Plan restored) {
        return restored.step(HoldCommit.KEY)
                .map(held ->
                        HoldCommit.release(
                                new dev.slipway.domain.CommitSha(held.parameter("commit")),
                                "the rollback to " + restored.target() + " was undone"));
    }
}
