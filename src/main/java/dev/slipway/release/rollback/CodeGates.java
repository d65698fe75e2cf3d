package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Provider;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Gate;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.LockHolder;
import java.util.List;
import java.util.stream.Collectors;

/// What must hold before code is put back, with or without the database. Pure.
///
/// @param returning how each Worker would return
record CodeGates(Scene scene, Destination to, List<Returning> returning) {
    static final GateQuestion OTHER =
            new GateQuestion("other-release", "It is another release than the live one");
    private static final GateQuestion HOLD =
            new GateQuestion("hold", "The release is not held itself");
    private static final GateQuestion RETURN =
            new GateQuestion("return", "Every Worker can return to it");
    private static final GateQuestion LIVE = new GateQuestion("live", "What is live is known");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");

    Gate hold() {
        var finding =
                to.held()
                        .map(why ->
                                Finding.fail(
                                        to.name()
                                                + " is held: "
                                                + why
                                                + ". Choose another release, or take the hold away with"
                                                + " \"slipway unhold "
                                                + to.commit().map(CommitSha::value).orElse("")
                                                + "\"."))
                        .orElseGet(() -> Finding.pass("No hold."));
        return HOLD.answer(finding, scene.observed());
    }

    static Finding fit(Judgement fit) {
        return switch (fit.answer()) {
            case YES -> Finding.pass(fit.reason());
            case NO -> Finding.fail(fit.reason() + " Nothing was changed.");
            case UNKNOWN -> Finding.unknown(fit.reason() + " Nothing was changed.");
        };
    }

    Gate canReturn() {
        var stuck = returning.stream().flatMap(r -> r.obstacle().stream()).toList();
        return RETURN.answer(
                Finding.of(
                        stuck.isEmpty(),
                        returning.stream()
                                .map(r ->
                                        r.worker()
                                                + " to "
                                                + Returning.brief(r.version().orElse("")))
                                .collect(Collectors.joining(", ", "", ".")),
                        String.join(" ", stuck)
                                + " The others would run "
                                + to.name()
                                + " beside it, so nothing is moved."),
                scene.observed());
    }

    Gate live() {
        var production = scene.production();
        var doubts =
                production.workers().stream()
                        .filter(w -> w.state() == LiveWorker.State.UNKNOWN)
                        .map(w -> w.name() + ": " + w.doubt().orElse("unknown"))
                        .toList();
        var known = doubts.isEmpty() && !production.failures().containsKey(Provider.CLOUDFLARE);
        return LIVE.answer(
                known
                        ? Finding.pass(
                                production.workers().stream()
                                        .map(LiveWorker::sentence)
                                        .collect(Collectors.joining(", ", "", ".")))
                        : Finding.unknown(
                                "What is live is not known: " + String.join("; ", doubts) + "."),
                production.asOf());
    }

    Gate lock() {
        return LOCK.judge(scene.lock(), CodeGates::lock);
    }

    private static Finding lock(LockHolder holder) {
        return Finding.of(holder.free(), holder.sentence(), holder.sentence());
    }
}
