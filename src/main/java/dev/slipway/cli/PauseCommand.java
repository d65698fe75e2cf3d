package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Ask a running operation to pause; its holder obeys between two calls.")
final class PauseCommand extends SlipwayCommand.Sub {
    @Parameters(paramLabel = "ID", description = "Id of the operation, or its beginning.")
    private String id = "";

    @Override
    int run(Program program, Output output) {
        try (var session = program.open(common(), output)) {
            var lock = session.lock();
            var run = lock.record().map(r -> r.run()).orElse("");
            if (!id.isEmpty() && !run.startsWith(id)) {
                var known = session.operations().one(id);
                throw known.isEmpty()
                        ? new InputException(
                                "There is no operation "
                                        + id
                                        + ". Nothing was changed. \"slipway operations\" lists"
                                        + " them.")
                        : new RefusedException(
                                "The operation "
                                        + id
                                        + " does not hold production, so there is nothing to pause."
                                        + " Nothing was changed.");
            }
            var asked =
                    session.askPause("asked on the command line")
                            .orElseThrow(() ->
                                    new RefusedException(
                                            "Nobody holds production, so there is nothing to"
                                                    + " pause. Nothing was changed."));
            if (output.json()) {
                var node = Output.object();
                node.put("operation", asked.run());
                node.put("asked", true);
                output.document(node);
            } else {
                output.line(
                        "Asked "
                                + asked.holder()
                                + " to pause. The call in flight is finished first; see: slipway"
                                + " operations");
            }
            return Exit.DONE;
        }
    }
}
