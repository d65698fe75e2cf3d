package dev.slipway.release.rollback;

import dev.slipway.migration.verdict.Fit;
import dev.slipway.release.Gate;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import java.util.List;

/// What must hold before traffic goes back to the code of an earlier release. A freeze does not count:
/// going back is what it must not stop. Pure.
record RollbackGates(Answers answers, PastRelease release) {
    private static final GateQuestion FIT =
            new GateQuestion("fit", "Its code works on the schema of today");

    List<Gate> all() {
        var scene = answers.scene();
        var code = new CodeGates(scene, Destination.of(release), answers.returning(release));
        return List.of(
                CodeGates.OTHER.answer(other(), scene.observed()),
                code.hold(),
                FIT.answer(fit(), scene.observed()),
                code.canReturn(),
                code.live(),
                code.lock());
    }

    private Finding fit() {
        var fit = answers.fit(release);
        return fit.answer() == Fit.Answer.NO
                ? Finding.fail(
                        fit.reason() + " " + answers.withData(release) + " Nothing was changed.")
                : CodeGates.fit(fit);
    }

    private Finding other() {
        var scene = answers.scene();
        var same = scene.live().map(l -> l.number() == release.number()).orElse(false) || allLive();
        return Finding.of(
                !same,
                "Live is " + scene.liveRelease().orElse("no release of its own") + ".",
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
}
