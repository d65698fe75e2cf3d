package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
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
            session.operations().one(id).map(OperationDetail::row).ifPresent(PauseCommand::running);
            var lock = session.lock();
            var held = lock.record().filter(_ -> lock.state() != LockStatus.State.FREE);
            if (!held.map(LockRecord::run).orElse("").startsWith(id)) {
                throw new RefusedException(
                        "No operation "
                                + id
                                + " holds production: "
                                + lock.sentence()
                                + ". Nothing was changed. \"slipway operations\" lists those of this"
                                + " home.");
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

    /// @throws InputException when nothing of it runs that could pause
    private static void running(OperationRow row) {
        var name = "The %s of %s (%s)".formatted(row.kind(), row.target(), row.id());
        var resume = " Nothing was changed. Go on with: slipway resume " + row.id();
        switch (row.state()) {
            case RUNNING -> {}
            case PAUSED ->
                    throw new InputException(
                            "%s is paused already, at step %d of %d (%s)."
                                            .formatted(
                                                    name, row.step(), row.steps(), row.stepTitle())
                                    + resume);
            case INTERRUPTED ->
                    throw new InputException(
                            name + " was interrupted, so nothing runs that could pause." + resume);
            case NEEDS_OPERATOR ->
                    throw new InputException(
                            name + " has stopped and needs an operator, so nothing runs." + resume);
            case SUCCEEDED, ROLLED_BACK, STOPPED_SAFE ->
                    throw new InputException(
                            "%s has ended (%s), so there is nothing to pause. Nothing was changed."
                                    .formatted(name, row.state().words()));
        }
    }
}
