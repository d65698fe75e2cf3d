package dev.slipway.production;

import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.health.Question;
import dev.slipway.neon.Endpoint;
import dev.slipway.operation.Together;
import dev.slipway.production.LiveWorker.LiveVersion;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks live Workers how they are, and keeps what they said: asking wakes the database. Safe for use by
/// several threads.
final class HealthReader {
    private final Stack stack;
    private final Prober prober;
    private final Quiet quiet;
    private volatile Optional<Heard> heard = Optional.empty();

    /// What live Workers answered last.
    ///
    /// @param listed what was live by Cloudflare's list
    /// @param live what was live when they had answered, too
    record Heard(List<LiveWorker> listed, List<LiveWorker> live, List<Probe> probes) {}

    HealthReader(Stack stack, Prober prober, Quiet quiet) {
        this.stack = stack;
        this.prober = prober;
        this.quiet = quiet;
    }

    /// A Worker's health runs statements of its own, so asking it touches the database. What was heard
    /// last holds for what is live then; what went live since is asked.
    Heard heard(Wake wake, Optional<Endpoint> awake, List<LiveWorker> listed) {
        if (wake == Wake.NEVER && awake.isEmpty()) {
            return new Heard(listed, listed, List.of());
        }
        var last = heard.filter(h -> h.listed().equals(listed));
        if (wake == Wake.NEVER && last.isPresent()) {
            if (awake.filter(quiet::over).isEmpty()) {
                return last.get();
            }
        } else {
            quiet.touched();
        }
        var live = listed.stream().map(this::unlessItAnswers).toList();
        var now = new Heard(listed, live, probe(live));
        heard = Optional.of(now);
        return now;
    }

    /// What `live` answers now, one probe each.
    List<Probe> probe(List<LiveWorker> live) {
        return Together.atOnce()
                .ask(
                        stack.workers().stream()
                                .filter(worker -> deployed(worker, live))
                                .<Supplier<Probe>>map(
                                        worker -> () -> prober.probe(question(worker, live)))
                                .toList());
    }

    private static boolean deployed(StackWorker worker, List<LiveWorker> live) {
        return live.stream().noneMatch(w -> w.name().equals(worker.name()) && w.neverDeployed());
    }

    private static Question question(StackWorker worker, List<LiveWorker> live) {
        var expected =
                live.stream()
                        .filter(w -> w.name().equals(worker.name()))
                        .findFirst()
                        .flatMap(LiveWorker::only)
                        .map(LiveVersion::id);
        return new Question(
                worker.name(),
                worker.script(),
                worker.hostname(),
                worker.health(),
                Optional.empty(),
                expected);
    }

    /// Whether live code works on the live schema, by what the code itself says: its health runs its
    /// own statements.
    static Fit fit(List<LiveWorker> live, List<Probe> probes) {
        var deployed = live.stream().filter(w -> !w.neverDeployed()).count();
        if (deployed == 0
                || probes.size() < deployed
                || live.stream().anyMatch(w -> w.state() == LiveWorker.State.UNKNOWN)) {
            return Fit.UNKNOWN;
        }
        if (probes.stream().anyMatch(p -> p.outcome() == Probe.Outcome.FAILING)) {
            return Fit.NO;
        }
        return probes.stream().allMatch(Probe::healthy) ? Fit.YES : Fit.UNKNOWN;
    }

    /// A Worker without a deployment, unless a version of it answers at its name: then nobody knows what
    /// is live, and it must not be taken for one that is about to be deployed for the first time.
    private LiveWorker unlessItAnswers(LiveWorker worker) {
        if (!worker.neverDeployed()) {
            return worker;
        }
        var asked =
                stack.workers().stream()
                        .filter(one -> one.name().equals(worker.name()))
                        .findFirst()
                        .orElseThrow();
        return prober.probe(question(asked, List.of()))
                .answer()
                .flatMap(Probe.Answer::versionId)
                .map(version ->
                        LiveReader.without(
                                asked,
                                LiveWorker.State.UNKNOWN,
                                "Cloudflare lists no deployment of "
                                        + worker.script()
                                        + ", and yet version "
                                        + version
                                        + " answers at "
                                        + asked.hostname()))
                .orElse(worker);
    }
}
