package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Event;
import dev.slipway.operation.Permit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Go on with a paused or interrupted operation: look at everything, then act.")
final class ResumeCommand extends SlipwayCommand.Sub {
    @Parameters(paramLabel = "ID", description = "Id of the operation, or its beginning.")
    private String id = "";

    @Option(names = "--continue", description = "Go on where it stopped (the default).")
    private boolean goOn;

    @Option(names = "--roll-back", description = "Undo what can be undone.")
    private boolean rollBack;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the operation.")
    private @Nullable String reason;

    @Override
    int run(Program program, Output output) {
        if (goOn && rollBack) {
            throw new InputException(
                    "--continue and --roll-back exclude each other. Nothing was changed.");
        }
        try (var session = program.open(common(), output)) {
            var found = session.operation(id);
            session.claimHome();
            Leftovers.sweepBeside(found.plan().id(), session, output);
            var running = new Running(output);
            var operation =
                    session.promotions()
                            .resume(
                                    found.plan(),
                                    rollBack ? Event.Decision.ROLL_BACK : Event.Decision.CONTINUE,
                                    Permit.forOne(
                                            session.login(), reason == null ? "resumed" : reason),
                                    List.of(running.listener()));
            return running.await(session, operation);
        }
    }
}
