package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.cloudflare.VersionDetail.Binding;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Asking;
import dev.slipway.release.Gate;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.ProbePoint;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.step.UploadAgain;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Makes what serves the newest version again, where a newer one has no traffic: after a rollback
/// Cloudflare refuses changes of secrets, and "wrangler secret put" of the next deployment by CI breaks. The
/// code that serves is uploaded once more with its own bindings, and gets the traffic it has already.
///
/// @param look observes production
public record Heals(
        World world,
        Stack stack,
        Cloudflare cloudflare,
        Supplier<Scene> look,
        InstantSource clock,
        RandomGenerator random) {
    private static final GateQuestion NEEDED =
            new GateQuestion("needed", "A newer version has no traffic");
    private static final GateQuestion SAME =
            new GateQuestion("same", "What serves can be uploaded as it is");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");

    /// Observes and plans. Changes nothing.
    ///
    /// @throws RefusedException when nothing needs it
    /// @throws FailureException when production cannot be read
    public HealProposal propose() {
        return propose(look.get());
    }

    /// Plans from what was observed.
    ///
    /// @throws RefusedException when nothing needs it
    public HealProposal propose(Scene scene) {
        var overtaken = scene.overtaken();
        if (overtaken.isEmpty()) {
            throw new RefusedException(nothing(scene));
        }
        var workers = stack.workers().stream().filter(w -> of(w, overtaken).isPresent()).toList();
        return new HealProposal(
                overtaken,
                Plan.of(
                        Plan.freshId(random),
                        HealProposal.KIND,
                        workers.stream().map(StackWorker::name).collect(Collectors.joining(", ")),
                        world.id(),
                        scene.observed(),
                        pins(scene, overtaken),
                        steps(scene, workers, overtaken)),
                gates(scene, workers, overtaken));
    }

    private static List<String> nothing(Scene scene) {
        var doubts =
                scene.versions().entrySet().stream()
                        .filter(e -> e.getValue().value().isEmpty())
                        .map(e -> e.getKey() + ": " + e.getValue().doubt())
                        .sorted()
                        .toList();
        var all = new ArrayList<String>();
        if (doubts.isEmpty()) {
            all.add(
                    "The newest version of every Worker is the one that serves, or none has all traffic.");
        } else {
            all.add("Which version is the newest is not known.");
            all.addAll(doubts);
        }
        all.add("Nothing was changed.");
        return all;
    }

    private static Optional<Overtaken> of(StackWorker worker, List<Overtaken> overtaken) {
        return overtaken.stream().filter(o -> o.worker().equals(worker.name())).findFirst();
    }

    private List<PlanStep> steps(
            Scene scene, List<StackWorker> workers, List<Overtaken> overtaken) {
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.empty()));
        for (var worker : workers) {
            var serves = of(worker, overtaken).orElseThrow().serves();
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("script", worker.script());
            parameters.put("worker", worker.name());
            parameters.put("like", serves);
            parameters.put("on", on(scene, worker));
            scene.commitOf(worker.name(), serves).ifPresent(c -> parameters.put("commit", c));
            steps.add(
                    PlanStep.mutation(
                                    UploadAgain.GROUP + "." + worker.name(),
                                    Provider.CLOUDFLARE,
                                    parameters)
                            .told(
                                    "Upload what serves of " + worker.name() + " again",
                                    "Cloudflare: " + worker.script(),
                                    "nothing to undo, it gets no traffic",
                                    "stop, users see what they saw"));
        }
        for (var worker : workers) {
            steps.add(
                    PlanStep.mutation(
                                    "serve." + worker.name(),
                                    Provider.CLOUDFLARE,
                                    Map.of(
                                            "script",
                                            worker.script(),
                                            "worker",
                                            worker.name(),
                                            "toOf",
                                            UploadAgain.GROUP + "." + worker.name(),
                                            "on",
                                            on(scene, worker)))
                            .told(
                                    "Let the upload of " + worker.name() + " serve",
                                    "Cloudflare: " + worker.script(),
                                    "roll back",
                                    "stop, both versions have the same code"));
        }
        steps.add(check(workers));
        steps.add(ReleaseLock.step());
        return steps;
    }

    private PlanStep check(List<StackWorker> workers) {
        var parameters = new LinkedHashMap<String, String>();
        workers.forEach(w -> parameters.putAll(ProbePoint.of(w, "", false)));
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        parameters.put("made", UploadAgain.GROUP);
        return PlanStep.check("check-back", parameters)
                .told(
                        "Check that they answer as before",
                        "nothing",
                        "nothing to undo",
                        "stop, a person decides");
    }

    private static String on(Scene scene, StackWorker worker) {
        return scene.production().workers().stream()
                .filter(w -> w.name().equals(worker.name()))
                .findFirst()
                .flatMap(LiveWorker::deployment)
                .orElse("");
    }

    private Map<String, String> pins(Scene scene, List<Overtaken> overtaken) {
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("by", scene.by());
        scene.liveCommit().ifPresent(c -> pins.put("commit", c.value()));
        overtaken.forEach(o -> pins.put("live." + o.worker(), o.serves()));
        pins.put("account", stack.cloudflare().account());
        return pins;
    }

    private List<Gate> gates(Scene scene, List<StackWorker> workers, List<Overtaken> overtaken) {
        return List.of(
                NEEDED.answer(
                        Finding.pass(
                                overtaken.stream()
                                        .map(o ->
                                                o.worker()
                                                        + ": "
                                                        + Returning.brief(o.newest().id())
                                                        + " has none")
                                        .collect(Collectors.joining(", ", "", "."))),
                        scene.observed()),
                SAME.judge(new Asking(clock).of(() -> obstacles(workers, overtaken)), Heals::same),
                LOCK.judge(scene.lock(), Heals::free));
    }

    private static Finding same(List<String> obstacles) {
        return Finding.of(
                obstacles.isEmpty(),
                "Code, bindings, compatibility and limits are taken over.",
                String.join(" ", obstacles)
                        + " Deploy its commit with CI instead, or deploy its newest version. Nothing was"
                        + " changed.");
    }

    private static Finding free(LockHolder holder) {
        return Finding.of(holder.free(), holder.sentence(), holder.sentence());
    }

    /// Static files belong to an upload and cannot be read back, so a copy would lack them.
    private List<String> obstacles(List<StackWorker> workers, List<Overtaken> overtaken) {
        var files =
                cloudflare.scripts().stream()
                        .filter(s -> s.hasAssets())
                        .map(s -> s.name())
                        .collect(Collectors.toSet());
        var obstacles = new ArrayList<String>();
        for (var worker : workers) {
            var serves = of(worker, overtaken).orElseThrow().serves();
            var detail = cloudflare.version(worker.script(), serves);
            if (detail.isEmpty()) {
                obstacles.add(
                        "Cloudflare does not show the version "
                                + Returning.brief(serves)
                                + " of "
                                + worker.name()
                                + ".");
            } else if (files.contains(worker.script()) || detail.filter(Heals::files).isPresent()) {
                obstacles.add(
                        worker.name()
                                + " has static assets, which cannot be read back, so an upload would lack"
                                + " them.");
            }
        }
        return obstacles;
    }

    private static boolean files(VersionDetail version) {
        return version.bindings().stream().map(Binding::type).anyMatch("assets"::equals);
    }
}
