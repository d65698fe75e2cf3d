package dev.slipway.release.rollback;

import dev.slipway.domain.Provider;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Gate;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.LockHolder;
import java.util.List;
import java.util.stream.Collectors;

/// What must hold before traffic goes back to the code of an earlier release. A freeze does not count:
/// going back is what it must not stop. Pure.
record RollbackGates(Answers answers, PastRelease release) {
    private static final GateQuestion OTHER =
            new GateQuestion("other-release", "It is another release than the live one");
    private static final GateQuestion HOLD =
            new GateQuestion("hold", "The release is not held itself");
    private static final GateQuestion FIT =
            new GateQuestion("fit", "Its code works on the schema of today");
    private static final GateQuestion RETURN =
            new GateQuestion("return", "Every Worker can return to it");
    private static final GateQuestion LIVE = new GateQuestion("live", "What is live is known");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");

    List<Gate> all() {
        var scene = answers.scene();
        var observed = scene.observed();
        return List.of(
                OTHER.answer(other(), observed),
                HOLD.answer(hold(), observed),
                FIT.answer(fit(), observed),
                RETURN.answer(canReturn(), observed),
                LIVE.answer(live(), scene.production().asOf()),
                LOCK.judge(scene.lock(), RollbackGates::lock));
    }

    private Finding other() {
        var scene = answers.scene();
        var same = scene.live().map(l -> l.number() == release.number()).orElse(false) || allLive();
        return Finding.of(
                !same,
                "Live is " + scene.production().release().orElse("no release of its own") + ".",
                release.name() + " is live already. Nothing was changed.");
    }

    /// Whether each Worker runs the very version already.
    private boolean allLive() {
        var workers = answers.scene().production().workers();
        return !workers.isEmpty()
                && workers.stream()
                        .allMatch(w ->
                                w.only()
                                        .map(v -> v.id().equals(release.versions().get(w.name())))
                                        .orElse(false));
    }

    private Finding hold() {
        return release.held()
                .map(why ->
                        Finding.fail(
                                release.name()
                                        + " is held: "
                                        + why
                                        + ". Choose another release, or take the hold away with"
                                        + " \"slipway unhold "
                                        + release.commit().value()
                                        + "\"."))
                .orElseGet(() -> Finding.pass("No hold."));
    }

    private Finding fit() {
        var fit = answers.fit(release);
        return switch (fit.answer()) {
            case YES -> Finding.pass(fit.reason());
            case NO -> Finding.fail(fit.reason() + " Nothing was changed.");
            case UNKNOWN -> Finding.unknown(fit.reason() + " Nothing was changed.");
        };
    }

    private Finding canReturn() {
        var returning = answers.returning(release);
        var stuck = answers.obstacles(release);
        return Finding.of(
                stuck.isEmpty(),
                returning.stream()
                        .map(r -> r.worker() + " to " + Returning.brief(r.version().orElse("")))
                        .collect(Collectors.joining(", ", "", ".")),
                String.join(" ", stuck)
                        + " The others would run "
                        + release.name()
                        + " beside it, so nothing is moved.");
    }

    private Finding live() {
        var production = answers.scene().production();
        var doubts =
                production.workers().stream()
                        .filter(w -> w.state() == LiveWorker.State.UNKNOWN)
                        .map(w -> w.name() + ": " + w.doubt().orElse("unknown"))
                        .toList();
        if (!doubts.isEmpty() || production.failures().containsKey(Provider.CLOUDFLARE)) {
            return Finding.unknown("What is live is not known: " + String.join("; ", doubts) + ".");
        }
        return Finding.pass(
                production.workers().stream()
                        .map(LiveWorker::sentence)
                        .collect(Collectors.joining(", ", "", ".")));
    }

    private static Finding lock(LockHolder holder) {
        return Finding.of(holder.free(), holder.sentence(), holder.sentence());
    }
}
