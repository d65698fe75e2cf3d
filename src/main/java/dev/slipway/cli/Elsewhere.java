package dev.slipway.cli;

import dev.slipway.domain.FailureException;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What runs on another computer, as the production lock tells it. Asking for it changes nothing.
///
/// @param status empty when nothing does
/// @param doubt why it is not known, a sentence
record Elsewhere(Optional<LockStatus> status, Optional<String> doubt) {
    static Elsewhere of(Session session) {
        try {
            return new Elsewhere(
                    Optional.of(session.lock()).filter(LockStatus::elsewhere), Optional.empty());
        } catch (FailureException e) {
            return new Elsewhere(
                    Optional.empty(),
                    Optional.of(
                            "Whether an operation runs on another computer is not known: "
                                    + e.failure().sentence()
                                    + "."));
        }
    }

    private Optional<LockRecord> record() {
        return status.flatMap(LockStatus::record);
    }

    /// For people, nothing when nothing runs elsewhere.
    List<String> lines() {
        var lines = new ArrayList<String>();
        record().ifPresent(r -> {
            lines.add("Elsewhere: %s  %s".formatted(r.run(), status.orElseThrow().sentence()));
            lines.add(
                    !status.orElseThrow().takeable()
                            ? "  Ask it to pause: slipway pause " + r.run()
                            : "  Take it over:    slipway resume " + r.run() + " --adopt");
        });
        doubt.ifPresent(lines::add);
        return lines;
    }

    void put(ObjectNode document) {
        record().ifPresent(r -> {
            var seen = status.orElseThrow();
            var node = document.putObject("elsewhere");
            node.put("id", r.run());
            node.put("kind", r.kind());
            node.put("target", r.target());
            node.put("holder", r.holder());
            node.put("step", r.step());
            node.put("steps", r.steps());
            node.put("stepTitle", r.stepTitle());
            node.put("pointOfNoReturn", r.noReturn());
            seen.renewed().ifPresent(at -> node.put("heardAt", Output.time(at)));
            seen.expires().ifPresent(at -> node.put("expiresAt", Output.time(at)));
            node.put("takeable", seen.takeable());
        });
        doubt.ifPresent(why -> document.put("elsewhereUnknown", why));
    }
}
