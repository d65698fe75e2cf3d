package dev.slipway.release;

import dev.slipway.domain.Sentence;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.ConfigChange;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.Situation.SecretNames;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether the Workers stand as a promotion must find them.
record WorkerGates(Stack stack, Situation now) {
    private static final GateQuestion LIVE = new GateQuestion("live", "One known version is live");
    private static final GateQuestion SECRETS = new GateQuestion("secrets", "Secrets are there");
    private static final GateQuestion GRADUAL =
            new GateQuestion("gradual", "Versions alone can be moved");

    List<Gate> all() {
        return List.of(
                LIVE.answer(live(), now.production().asOf()),
                SECRETS.answer(secrets(), now.observed()),
                GRADUAL.judge(now.conditions().configs(), this::gradual));
    }

    private Finding live() {
        var scripts = now.conditions().scripts();
        var missing = missing();
        if (!missing.isEmpty()) {
            return Finding.fail(
                    missing.stream().map(this::missing).collect(Collectors.joining(" ")));
        }
        var workers = now.production().workers();
        var doubt =
                Stream.concat(
                                workers.stream()
                                        .filter(w -> w.state() == LiveWorker.State.UNKNOWN)
                                        .map(w -> w.name() + ": " + w.doubt().orElse("unknown")),
                                scripts.value().isPresent()
                                        ? Stream.<String>of()
                                        : Stream.of("The list of Workers: " + scripts.doubt()))
                        .collect(Collectors.joining("; "));
        if (!doubt.isEmpty()) {
            return Finding.unknown(Sentence.of(doubt));
        }
        var split =
                workers.stream()
                        .filter(w -> w.state() == LiveWorker.State.SPLIT)
                        .map(LiveWorker::sentence)
                        .toList();
        return Finding.of(
                split.isEmpty(),
                workers.stream().map(WorkerGates::standing).collect(Collectors.joining(", ")) + ".",
                "Traffic is split: " + String.join(", ", split) + ". Finish or undo that first.");
    }

    private static String standing(LiveWorker worker) {
        return worker.neverDeployed()
                ? worker.name() + " is deployed for the first time, to all users at once"
                : worker.sentence();
    }

    /// Workers of the stack that Cloudflare does not have.
    private List<StackWorker> missing() {
        return now.conditions()
                .scripts()
                .value()
                .map(names ->
                        stack.workers().stream().filter(w -> !names.contains(w.script())).toList())
                .orElse(List.of());
    }

    /// A version can be uploaded only to a Worker that exists, so nothing could ever be awaited.
    private String missing(StackWorker worker) {
        return "Cloudflare has no Worker "
                + worker.script()
                + ", which slipway.yaml calls "
                + worker.name()
                + ". Correct its script there, or create the Worker without traffic first"
                + (worker.secrets().isEmpty()
                        ? ""
                        : ", with its secrets " + String.join(", ", worker.secrets()))
                + ".";
    }

    private Finding secrets() {
        var absent = missing();
        var lacking = new ArrayList<String>();
        for (var worker : stack.workers()) {
            if (worker.secrets().isEmpty()) {
                continue;
            }
            if (absent.contains(worker)) {
                lacking.add(
                        worker.name()
                                + " does not exist and will need "
                                + String.join(", ", worker.secrets()));
                continue;
            }
            var reading =
                    now.secrets().stream()
                            .filter(s -> s.worker().equals(worker.name()))
                            .findFirst()
                            .map(SecretNames::names);
            if (reading.isEmpty() || reading.get().value().isEmpty()) {
                return Finding.unknown(
                        "The secrets of "
                                + worker.name()
                                + " cannot be read: "
                                + reading.map(Reading::doubt).orElse(""));
            }
            var present = reading.get().value().get();
            worker.secrets().stream()
                    .filter(name -> !present.contains(name))
                    .forEach(name -> lacking.add(worker.name() + " has no secret " + name));
        }
        return Finding.of(
                lacking.isEmpty(),
                "Every Worker has the secrets it needs, by name.",
                String.join("; ", lacking) + ". Nothing was deployed. Add it, then ask again.");
    }

    private Finding gradual(List<ConfigChange> changes) {
        var doubts =
                changes.stream()
                        .map(ConfigChange::doubt)
                        .filter(doubt -> !doubt.isEmpty())
                        .toList();
        var named = NotGradual.of(now);
        if (changes.stream().anyMatch(change -> !change.migrations().isEmpty())) {
            return Finding.fail(String.join(" ", named) + " Nothing was changed.");
        }
        if (!doubts.isEmpty()) {
            return Finding.unknown(
                    "Whether something changes for all users at once is not known: "
                            + String.join("; ", doubts)
                            + ".");
        }
        return Finding.pass(
                named.isEmpty()
                        ? "Triggers and Durable Object migrations stay as they are."
                        : String.join(" ", named));
    }
}
