package dev.slipway.release.fit;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.NewScript;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.health.Prober;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.release.fit.Carried.NotTried;
import dev.slipway.release.throwaway.ThrowAwayScripts;
import dev.slipway.release.throwaway.ThrowAwayScripts.ThrowAwayScript;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Begins trials. One costs some ten calls to Cloudflare for each code of each Worker, made side by side.
///
/// @param scripts where the code is put
public record FitTrials(
        World.Bounds bounds,
        Stack stack,
        GitHub gitHub,
        Cloudflare cloudflare,
        Prober prober,
        ThrowAwayScripts scripts) {

    /// Puts today's code and that of `released` into throw-away scripts on a database. What cannot be tried
    /// is told by the trial; nothing is thrown for it.
    ///
    /// @param database connection string of the rehearsal's branch
    /// @param say hears what is done
    /// @throws InterruptedException when the thread was interrupted; nothing stays then
    public FitTrial open(
            Released released, ProductionState now, Secret database, Consumer<String> say)
            throws InterruptedException {
        say.accept(
                "Puts today's code and that of " + released.name() + " into throw-away scripts.");
        var live = now.release().orElse("The code that is live");
        var opened = new ConcurrentLinkedQueue<ThrowAwayScript>();
        boolean whole = false;
        try {
            var attempts = attempts(released, now, database, opened);
            whole = true;
            return new FitTrial(prober, bounds, live, released.name(), attempts, say);
        } finally {
            if (!whole) {
                opened.forEach(ThrowAwayScript::close);
            }
        }
    }

    private List<Attempt> attempts(
            Released released, ProductionState now, Secret database, Queue<ThrowAwayScript> opened)
            throws InterruptedException {
        try {
            return all(
                    sources(released, now).stream()
                            .<Callable<Attempt>>map(one -> () -> attempt(one, database, opened))
                            .toList());
        } catch (FailureException e) {
            var reason = e.failure().sentence();
            return stack.workers().stream()
                    .flatMap(worker ->
                            Stream.of(Tried.Code.values())
                                    .map(code -> Attempt.not(worker, code, reason)))
                    .toList();
        }
    }

    /// Code to be tried, or why not.
    private record Wanted(StackWorker worker, Tried.Code code, Find find) {}

    @FunctionalInterface
    private interface Find {
        Source source() throws NotTried;
    }

    private List<Wanted> sources(Released released, ProductionState now) {
        var wanted = new ArrayList<Wanted>();
        for (var worker : stack.workers()) {
            wanted.add(new Wanted(worker, Tried.Code.LIVE, () -> live(worker, now)));
        }
        var candidates = new Candidates(gitHub, cloudflare);
        try {
            var built = candidates.built(released);
            var scriptsNow = cloudflare.scripts();
            for (var worker : stack.workers()) {
                wanted.add(
                        new Wanted(
                                worker,
                                Tried.Code.NEW,
                                () -> candidates.of(worker, built, scriptsNow)));
            }
        } catch (NotTried e) {
            for (var worker : stack.workers()) {
                wanted.add(
                        new Wanted(
                                worker,
                                Tried.Code.NEW,
                                () -> {
                                    throw e;
                                }));
            }
        }
        return wanted;
    }

    private static Source live(StackWorker worker, ProductionState now) throws NotTried {
        var live =
                now.workers().stream()
                        .filter(one -> one.name().equals(worker.name()))
                        .findFirst()
                        .orElseThrow(() -> new NotTried("it is not known what is live"));
        return live.only()
                .map(version -> new Source(live.script(), version.id()))
                .orElseThrow(() -> new NotTried(reason(live)));
    }

    private static String reason(LiveWorker live) {
        return switch (live.state()) {
            case LIVE, UNKNOWN -> "it is not known what is live";
            case SPLIT -> "several versions share its traffic";
            case NOT_DEPLOYED -> "it was never deployed";
        };
    }

    /// Puts today's code of each Worker into a throw-away script on a database, so that it can be deployed
    /// and put back there. What cannot be is told by the result; nothing is thrown for it.
    ///
    /// @param database connection string of a throw-away branch
    /// @throws InterruptedException when the thread was interrupted; nothing stays then
    public Canaries canaries(ProductionState now, Secret database) throws InterruptedException {
        var opened = new ConcurrentLinkedQueue<ThrowAwayScript>();
        boolean whole = false;
        try {
            var placed =
                    all(
                            stack.workers().stream()
                                    .map(w -> new Wanted(w, Tried.Code.LIVE, () -> live(w, now)))
                                    .<Callable<Placed>>map(
                                            one -> () -> place(one, database, opened))
                                    .toList());
            whole = true;
            var obstacles = new LinkedHashMap<String, String>();
            placed.stream()
                    .filter(one -> one.canary().isEmpty())
                    .forEach(one -> obstacles.put(one.worker().name(), one.reason()));
            return new Canaries(
                    placed.stream().flatMap(one -> one.canary().stream()).toList(),
                    obstacles,
                    prober,
                    bounds);
        } finally {
            if (!whole) {
                opened.forEach(ThrowAwayScript::close);
            }
        }
    }

    private Attempt attempt(Wanted wanted, Secret database, Queue<ThrowAwayScript> opened) {
        var placed = place(wanted, database, opened);
        return placed.canary()
                .map(canary -> Attempt.of(wanted.worker(), wanted.code(), canary.script()))
                .orElseGet(() -> Attempt.not(wanted.worker(), wanted.code(), placed.reason()));
    }

    /// @param reason why it is nowhere; empty when it is in a script
    private record Placed(StackWorker worker, Optional<Canaries.Canary> canary, String reason) {}

    private Placed place(Wanted wanted, Secret database, Queue<ThrowAwayScript> opened) {
        var worker = wanted.worker();
        try {
            var canary = placed(wanted, database);
            opened.add(canary.script());
            return new Placed(worker, Optional.of(canary), "");
        } catch (NotTried e) {
            return new Placed(worker, Optional.empty(), e.reason());
        } catch (FailureException e) {
            return new Placed(worker, Optional.empty(), e.failure().sentence());
        } catch (RefusedException e) {
            return new Placed(worker, Optional.empty(), String.join("; ", e.reasons()));
        }
    }

    private Canaries.Canary placed(Wanted wanted, Secret database) throws NotTried {
        var source = wanted.find().source();
        var detail =
                cloudflare
                        .version(source.script(), source.version())
                        .orElseThrow(() -> new NotTried("its version is gone"));
        var bindings = Carried.bindings(detail, database);
        var code = cloudflare.code(source.script(), source.version());
        var uploads = new ArrayList<NewScript>();
        var script =
                scripts.open(
                        wanted.worker().name(),
                        (name, tags) -> {
                            var upload =
                                    new NewScript(
                                            name,
                                            code,
                                            bindings,
                                            detail.compatibilityDate(),
                                            detail.compatibilityFlags(),
                                            tags);
                            uploads.add(upload);
                            return upload;
                        });
        return new Canaries.Canary(wanted.worker(), script, uploads.getFirst());
    }

    /// Does all of them side by side.
    static <T> List<T> all(List<Callable<T>> work) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> one : threads.invokeAll(work)) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
