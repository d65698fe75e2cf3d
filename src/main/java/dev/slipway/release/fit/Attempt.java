package dev.slipway.release.fit;

import dev.slipway.domain.World;
import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.health.Question;
import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.release.throwaway.ThrowAwayScripts.ThrowAwayScript;
import dev.slipway.stack.StackWorker;
import java.util.Optional;

/// One Worker's code in a throw-away script, or the reason why it is in none.
final class Attempt {
    /// So many good answers in a row are well; a new address answers well here before it does there.
    private static final int ENOUGH = 3;

    /// So many bad answers in a row of the version itself are not well.
    private static final int BAD = 3;

    /// How often it is asked at most; a new address takes a while to be known everywhere.
    private static final int MOST = 40;

    private final StackWorker worker;
    private final Tried.Code code;
    private final Optional<ThrowAwayScript> script;
    private final String reason;
    private Seen today = Seen.NOTHING;
    private Seen migrated = Seen.NOTHING;

    private Attempt(
            StackWorker worker, Tried.Code code, Optional<ThrowAwayScript> script, String reason) {
        this.worker = worker;
        this.code = code;
        this.script = script;
        this.reason = reason;
    }

    static Attempt of(StackWorker worker, Tried.Code code, ThrowAwayScript script) {
        return new Attempt(worker, code, Optional.of(script), "");
    }

    static Attempt not(StackWorker worker, Tried.Code code, String reason) {
        return new Attempt(worker, code, Optional.empty(), reason);
    }

    Optional<ThrowAwayScript> script() {
        return script;
    }

    /// What asking for its health showed.
    private record Seen(Answer answer, String detail) {
        private static final Seen NOTHING = new Seen(Answer.UNKNOWN, "it was not asked");
    }

    /// Asks on today's schema.
    void today(Prober prober, World.Bounds bounds) throws InterruptedException {
        today = seen(prober, bounds);
    }

    /// Asks after the migrations.
    void migrated(Prober prober, World.Bounds bounds) throws InterruptedException {
        migrated = seen(prober, bounds);
    }

    private Seen seen(Prober prober, World.Bounds bounds) throws InterruptedException {
        if (script.isEmpty()) {
            return Seen.NOTHING;
        }
        var question =
                new Question(
                        worker.name(),
                        script.get().name(),
                        script.get().hostname(),
                        worker.health(),
                        Optional.empty(),
                        script.get().version());
        int good = 0;
        int bad = 0;
        var last = prober.probe(question);
        for (int asked = 1; ; asked++) {
            good = last.healthy() ? good + 1 : 0;
            bad = bad(last) ? bad + 1 : 0;
            if (good == ENOUGH) {
                return new Seen(Answer.YES, "well");
            }
            if (bad == BAD || (bad > 0 && asked == MOST)) {
                return new Seen(Answer.NO, last.status() + " " + last.detail());
            }
            if (asked == MOST) {
                return new Seen(Answer.UNKNOWN, last.detail());
            }
            if (!last.healthy()) {
                Thread.sleep(bounds.poll());
            }
            last = prober.probe(question);
        }
    }

    /// A code of its own that fails. What answers before the address is known is not the code: nothing of
    /// it is a server error.
    private static boolean bad(Probe probe) {
        return probe.outcome() == Probe.Outcome.FAILING
                && (probe.status() >= 500 || probe.answer().isPresent());
    }

    /// Why it is not well on today's schema; empty when it is.
    Optional<String> unwell() {
        return today.answer() == Answer.YES
                ? Optional.empty()
                : Optional.of(worker.name() + " does not answer well: " + today.detail() + ".");
    }

    Tried tried() {
        if (script.isEmpty()) {
            return Tried.not(worker.name(), code, reason);
        }
        return new Tried(
                worker.name(),
                code,
                today.answer(),
                migrated.answer(),
                "on today's schema "
                        + today.detail()
                        + ", after the migrations "
                        + migrated.detail());
    }
}
