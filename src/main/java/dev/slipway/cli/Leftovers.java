package dev.slipway.cli;

import dev.slipway.release.throwaway.Sweep;
import tools.jackson.databind.node.ObjectNode;

/// Throw-away things that earlier runs left: removed by the commands that may write, told by those that
/// read.
final class Leftovers {
    private Leftovers() {}

    /// Removes them and says so.
    static Sweep sweep(Session session, Output output) {
        return told(session.throwAways().sweep(), Sweep.CLEAN, output);
    }

    /// The same at the end of a command that swept at its beginning: what a provider had not made yet
    /// then is there by now.
    static void sweepAgain(Session session, Sweep before, Output output) {
        if (!session.throwAways().left().open().isEmpty()) {
            told(session.throwAways().sweep(), before, output);
        }
    }

    /// The same, but for those of an operation that is about to go on.
    static void sweepBeside(String operation, Session session, Output output) {
        told(session.throwAways().sweepBeside(operation), Sweep.CLEAN, output);
    }

    private static Sweep told(Sweep sweep, Sweep before, Output output) {
        if (!sweep.done().isEmpty()) {
            output.log("info", sweep.done());
        }
        sweep.open().stream()
                .filter(sentence -> !before.open().contains(sentence))
                .forEach(sentence -> output.log("warn", sentence));
        return sweep;
    }

    /// Adds `leftBehind` to a document.
    static void put(ObjectNode document, Sweep sweep) {
        var all = document.putArray("leftBehind");
        for (var debt : sweep.left()) {
            var node = all.addObject();
            node.put("kind", debt.kind().word());
            node.put("name", debt.name());
            node.put("since", Output.time(debt.since()));
            node.put("reason", debt.why());
        }
    }
}
