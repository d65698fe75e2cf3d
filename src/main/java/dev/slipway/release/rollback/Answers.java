package dev.slipway.release.rollback;

import dev.slipway.domain.World;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.verdict.Fit;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.release.Situation.Reading;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers "can we go back?" from what was observed. Pure.
///
/// @param measured how long going back took the last time; empty when it was never done
public record Answers(Stack stack, World.Bounds bounds, Scene scene, Optional<Measured> measured) {
    /// What one call may take; the true figure comes from the run.
    private static final Duration CALL = Duration.ofMillis(300);

    /// Claiming and releasing the lock, and looking at it.
    private static final int CALLS_OF_THE_LOCK = 12;

    private static final int CALLS_OF_A_WORKER = 4;

    /// What Neon takes to restore and to answer again, besides what comparing needs.
    static final Duration RESTORE = Duration.ofSeconds(15);

    /// The answer.
    public Answer answer() {
        if (scene.releases().value().isEmpty()) {
            return new Answer(
                    Answer.Kind.LOOK_FIRST,
                    Optional.empty(),
                    "The releases are not known: " + scene.releases().doubt(),
                    Optional.empty());
        }
        var earlier = scene.earlier().stream().filter(r -> r.held().isEmpty()).toList();
        var proven =
                earlier.stream()
                        .filter(r -> SchemaFit.fits(fit(r)) && obstacles(r).isEmpty())
                        .findFirst();
        if (proven.isPresent()) {
            return codeOnly(proven.get());
        }
        if (earlier.isEmpty()) {
            return new Answer(
                    Answer.Kind.FIX_FORWARD,
                    Optional.empty(),
                    "There is no earlier release to go back to. Fix it forward.",
                    Optional.empty());
        }
        return withoutProof(earlier.getFirst());
    }

    private Answer codeOnly(PastRelease release) {
        return new Answer(
                Answer.Kind.CODE_ONLY,
                Optional.of(release),
                "Yes, to "
                        + release.name()
                        + ", code only. "
                        + fit(release).reason()
                        + " No data is lost.",
                Optional.of(takes()),
                dependsOn());
    }

    private Answer withoutProof(PastRelease newest) {
        var fit = fit(newest);
        var obstacles = obstacles(newest);
        if (fit.answer() == Fit.Answer.NO) {
            return dataNeeded(newest, fit);
        }
        if (!obstacles.isEmpty() && fit.answer() == Fit.Answer.YES) {
            return new Answer(
                    Answer.Kind.FIX_FORWARD,
                    Optional.of(newest),
                    "Not every Worker can return to "
                            + newest.name()
                            + ". "
                            + String.join(" ", obstacles)
                            + " Fix it forward.",
                    Optional.empty());
        }
        return new Answer(
                Answer.Kind.LOOK_FIRST,
                Optional.of(newest),
                (fit.reason() + " " + String.join(" ", obstacles)).strip(),
                Optional.empty());
    }

    private Answer dataNeeded(PastRelease release, Judgement fit) {
        return new Answer(
                Answer.Kind.DATA_NEEDED,
                Optional.of(release),
                fit.reason() + " " + withData(release),
                Optional.of(takes().plus(RESTORE)),
                dependsOn()
                        + " Restoring also depends on Neon, and counting what is lost on how much was"
                        + " written since.");
    }

    /// The point of the database that the code of `release` needs: the one the first release found that
    /// took something away.
    private Optional<RestorePoint> before(PastRelease release) {
        return scene.releases().value().orElse(List.of()).stream()
                .filter(r -> r.number() > release.number())
                .filter(r -> r.applied().stream().anyMatch(SchemaFit::noWayBack))
                .min(Comparator.comparingInt(PastRelease::number))
                .flatMap(PastRelease::before);
    }

    /// How `release` comes back with its database.
    String withData(PastRelease release) {
        var before = before(release);
        return "Going back needs the database of before, and loses what was written since: see what with"
                + " \"slipway rollback "
                + release.name()
                + " --database "
                + before.map(RestorePoint::words).orElse("TIME")
                + " --plan-only\""
                + (before.isPresent()
                        ? ""
                        : " and a moment before that change, because no restore point is recorded")
                + "; or fix it forward.";
    }

    /// What going back to each known release would mean, newest first.
    List<Candidate> candidates() {
        var live = scene.live();
        return scene.releases().value().orElse(List.of()).stream()
                .map(release ->
                        new Candidate(
                                release,
                                live.equals(Optional.of(release)),
                                fit(release),
                                returning(release),
                                before(release)))
                .toList();
    }

    /// Whether the code of `release` works on the schema of today.
    Judgement fit(PastRelease release) {
        var own =
                scene.schemas()
                        .getOrDefault(
                                release.number(),
                                Reading.unknown(
                                        "The migrations of " + release.name() + " were not read.",
                                        scene.observed()));
        var later =
                Stream.concat(
                                scene.releases().value().orElse(List.of()).stream(),
                                scene.begun().stream())
                        .filter(r -> r.number() > release.number())
                        .toList();
        return own.value()
                .map(state -> SchemaFit.of(release, state, later, names(), SchemaFit.When.TODAY))
                .orElseGet(() -> Judgement.unknown(own.doubt()));
    }

    private Map<String, String> names() {
        var names = new HashMap<String, String>();
        scene.production().schema().state().map(LedgerState::entries).orElse(List.of()).stream()
                .forEach(entry ->
                        entry.row()
                                .ifPresent(row -> names.put(row.hash(), entry.migration().tag())));
        return names;
    }

    /// How each Worker would return.
    List<Returning> returning(PastRelease release) {
        return returning(Destination.of(release));
    }

    /// The same of any code.
    List<Returning> returning(Destination to) {
        return stack.workers().stream()
                .map(w ->
                        Returning.of(
                                w.name(),
                                to,
                                scene.versions()
                                        .getOrDefault(
                                                w.name(),
                                                Reading.unknown(
                                                        "Its versions were not read.",
                                                        scene.observed())),
                                scene.bindings()))
                .toList();
    }

    /// Why Workers cannot return, one sentence each.
    List<String> obstacles(PastRelease release) {
        return returning(release).stream().flatMap(r -> r.obstacle().stream()).toList();
    }

    /// About how long code takes to be back: as long as the last time, else what its calls and probes are
    /// reckoned to take.
    Duration takes() {
        return measured.map(Measured::took).orElseGet(this::reckoned);
    }

    /// Where [#takes] comes from and what it depends on.
    String dependsOn() {
        var workers = stack.workers().size();
        return measured.map(m -> "That is " + m.words() + ".")
                        .orElse(
                                "That is reckoned and was never measured here: \"slipway drill\" does.")
                + " It depends on how fast Cloudflare and GitHub answer, and on "
                + stack.promotion().probes()
                + " healthy answers in a row"
                + (workers == 1 ? "." : " of each of " + workers + " Workers, side by side.");
    }

    private Duration reckoned() {
        var calls = CALLS_OF_THE_LOCK + CALLS_OF_A_WORKER * stack.workers().size();
        return CALL.multipliedBy(calls)
                .plus(bounds.probeInterval().multipliedBy(stack.promotion().probes()));
    }
}
