package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Event.Decision;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import java.util.List;
import java.util.stream.Stream;
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

    @Option(
            names = "--leave",
            description =
                    "End it here: nothing more is done but giving the lock back. Always possible.")
    private boolean leave;

    @Option(
            names = "--adopt",
            description =
                    "Take it over from a computer that is gone, when its lock has expired; needs"
                            + " --confirm and --reason.")
    private boolean adopt;

    @Option(
            names = "--confirm",
            paramLabel = "PHRASE",
            description = "With --adopt: take over, and the name of the environment.")
    private @Nullable String confirm;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the operation.")
    private @Nullable String reason;

    @Override
    int run(Program program, Output output) {
        if (Stream.of(goOn, rollBack, leave).filter(chosen -> chosen).count() > 1) {
            throw new InputException(
                    "--continue, --roll-back and --leave exclude each other. Nothing was changed.");
        }
        if (confirm != null && !adopt) {
            throw new InputException("--confirm belongs to --adopt. Nothing was changed.");
        }
        try (var session = program.open(common(), output)) {
            var found = adopt ? null : session.operation(id).plan();
            session.claimHome();
            var plan =
                    found == null
                            ? new TakingOver(session, output).run(id, confirm, reason)
                            : found;
            return resume(session, output, plan);
        }
    }

    private int resume(Session session, Output output, Plan plan) {
        Leftovers.sweepBeside(plan.id(), session, output);
        var running = new Running(output);
        var operation =
                session.promotions()
                        .resume(
                                plan,
                                decision(),
                                Permit.forOne(session.login(), reason == null ? "resumed" : reason),
                                List.of(running.listener()));
        return running.await(session, operation);
    }

    private Decision decision() {
        if (leave) {
            return Decision.LEAVE;
        }
        return rollBack ? Decision.ROLL_BACK : Decision.CONTINUE;
    }
}
