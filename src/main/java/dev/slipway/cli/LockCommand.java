package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.operation.lock.LockStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `slipway lock`: who holds production; and how to take it over from somebody who is gone.
@Command(
        name = "lock",
        description = {
            "Who holds production, and until when.",
            "With --take-over: takes an expired lock, to look only; what becomes of the run is"
                    + " decided with resume."
        })
final class LockCommand extends SlipwayCommand.Sub {
    @Option(
            names = "--take-over",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PHRASE",
            description = "Take over a lock that has expired. Changes nothing in production.")
    private @Nullable String takeOver;

    @Option(
            names = "--confirm",
            paramLabel = "PHRASE",
            description = "The phrase: take over, and the name of the environment.")
    private @Nullable String confirm;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; kept in the lock for ever.")
    private @Nullable String reason;

    @Override
    int run(Program program, Output output) {
        if (takeOver == null && (confirm != null || reason != null)) {
            throw new InputException(
                    "--confirm and --reason belong to --take-over. Nothing was asked or changed.");
        }
        try (var session = program.open(common(), output)) {
            if (takeOver == null) {
                show(output, session.lock());
                return Exit.DONE;
            }
            var phrase = takeOver.isEmpty() ? confirm : takeOver;
            return new TakingOver(session, output).byItself(phrase, reason);
        }
    }

    private static void show(Output output, LockStatus lock) {
        if (!output.json()) {
            output.line("Production lock: " + lock.sentence());
            lock.record()
                    .filter(_ -> lock.state() != LockStatus.State.FREE)
                    .ifPresent(r -> {
                        lock.renewed().ifPresent(at -> output.line("  heard   " + Output.time(at)));
                        lock.expires().ifPresent(at -> output.line("  expires " + Output.time(at)));
                    });
            return;
        }
        var node = Output.object();
        node.put("asOf", Output.time(lock.asOf()));
        node.put("state", lock.state().name().toLowerCase(Locale.ROOT));
        node.put("sentence", lock.sentence());
        node.put("takeable", lock.takeable());
        lock.renewed().ifPresent(at -> node.put("renewedAt", Output.time(at)));
        lock.expires().ifPresent(at -> node.put("expiresAt", Output.time(at)));
        lock.record()
                .ifPresent(record -> {
                    node.put("operation", record.run());
                    node.put("holder", record.holder());
                    node.put("epoch", record.epoch());
                    node.put("step", record.step());
                    node.put("steps", record.steps());
                    node.put("stepTitle", record.stepTitle());
                    node.put("pointOfNoReturn", record.noReturn());
                    node.put("journalHead", record.journalHead());
                    record.taken().ifPresent(t -> node.put("takenOverFrom", t.from()));
                });
        output.document(node);
    }
}
