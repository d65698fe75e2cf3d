package dev.slipway.simulation;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.health.Question;
import dev.slipway.sandbox.world.WorkerDeployment;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// The deployed Workers: each is well when its code fits the schema it finds and is not broken.
final class SimProber implements Prober {
    private final Run run;
    private final Line line;

    SimProber(Run run, Line line) {
        this.run = run;
        this.line = line;
    }

    @Override
    public Probe probe(Question question) {
        try {
            return line.read(Provider.WORKER, "probe", _ -> answer(question));
        } catch (FailureException e) {
            return probe(question, Probe.Outcome.UNREACHABLE, 0, Optional.empty(), "no answer");
        }
    }

    private Probe answer(Question question) {
        var active = run.cloudflare().workers().script(question.script()).flatMap(s -> s.active());
        if (active.isEmpty()) {
            return probe(question, Probe.Outcome.UNREACHABLE, 404, Optional.empty(), "no Worker");
        }
        var asked = question.pinned().filter(active.get()::includes);
        var version = asked.orElseGet(() -> served(active.get()));
        var pinned = asked.isPresent();
        var well = well(version, active.get(), pinned);
        if (!well) {
            return probe(question, Probe.Outcome.FAILING, 500, Optional.of(version), "500");
        }
        return question.expected().map(version::equals).orElse(true)
                ? probe(question, Probe.Outcome.HEALTHY, 200, Optional.of(version), "")
                : probe(
                        question,
                        Probe.Outcome.OTHER_VERSION,
                        200,
                        Optional.of(version),
                        "another version");
    }

    private boolean well(String version, WorkerDeployment active, boolean pinned) {
        var traffic =
                active.versions().stream()
                        .filter(s -> s.version().equals(version))
                        .mapToDouble(WorkerDeployment.Share::percentage)
                        .sum();
        return run.fits(version)
                && !(run.cloudflare().broken(version) && traffic > 0)
                && !(pinned && traffic < 0);
    }

    private String served(WorkerDeployment active) {
        return active.versions().stream()
                .max(Comparator.comparingDouble(WorkerDeployment.Share::percentage))
                .orElseThrow()
                .version();
    }

    private Probe probe(
            Question question,
            Probe.Outcome outcome,
            int status,
            Optional<String> version,
            String detail) {
        return new Probe(
                run.time().instant(),
                question.worker(),
                question.hostname(),
                question.pinned(),
                outcome,
                status,
                Duration.ofMillis(40),
                version.map(v ->
                        new Probe.Answer(
                                "ok",
                                Optional.of(v),
                                Optional.empty(),
                                true,
                                Optional.empty(),
                                Optional.empty())),
                detail);
    }
}
