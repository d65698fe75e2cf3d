package dev.slipway.release;

import dev.slipway.production.LiveWorker;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.Situation.SecretNames;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the Workers stand as a promotion must find them.
record WorkerGates(Stack stack, Situation now) {
    private static final GateQuestion LIVE = new GateQuestion("live", "One known version is live");
    private static final GateQuestion SECRETS = new GateQuestion("secrets", "Secrets are there");

    List<Gate> all() {
        return List.of(
                LIVE.answer(live(), now.production().asOf()),
                SECRETS.answer(secrets(), now.observed()));
    }

    private Finding live() {
        var workers = now.production().workers();
        var doubt =
                workers.stream()
                        .filter(w -> w.state() == LiveWorker.State.UNKNOWN)
                        .map(w -> w.name() + ": " + w.doubt().orElse("unknown"))
                        .collect(Collectors.joining("; "));
        if (!doubt.isEmpty()) {
            return Finding.unknown(doubt + ".");
        }
        var split =
                workers.stream()
                        .filter(w -> w.state() == LiveWorker.State.SPLIT)
                        .map(LiveWorker::sentence)
                        .toList();
        return Finding.of(
                split.isEmpty(),
                workers.stream().map(LiveWorker::sentence).collect(Collectors.joining(", ")) + ".",
                "Traffic is split: " + String.join(", ", split) + ". Finish or undo that first.");
    }

    private Finding secrets() {
        var missing = new ArrayList<String>();
        for (var worker : stack.workers()) {
            var reading =
                    now.secrets().stream()
                            .filter(s -> s.worker().equals(worker.name()))
                            .findFirst()
                            .map(SecretNames::names);
            if (worker.secrets().isEmpty()) {
                continue;
            }
            if (reading.isEmpty() || reading.get().value().isEmpty()) {
                return Finding.unknown(
                        "The secrets of "
                                + worker.name()
                                + " cannot be read: "
                                + reading.map(Reading::doubt).orElse(""));
            }
            Set<String> present = reading.get().value().get();
            worker.secrets().stream()
                    .filter(name -> !present.contains(name))
                    .forEach(name -> missing.add(worker.name() + " has no secret " + name));
        }
        return Finding.of(
                missing.isEmpty(),
                "Every Worker has the secrets it needs, by name.",
                String.join("; ", missing) + ". Nothing was deployed. Add it, then ask again.");
    }
}
