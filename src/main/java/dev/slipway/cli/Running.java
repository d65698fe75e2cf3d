package dev.slipway.cli;

import dev.slipway.operation.Action;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Operation;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.PlanStep;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.step.RestoreBranch;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Shows a running operation on standard error and its end on standard output. SIGINT and SIGTERM
/// finish the call in flight, pause the operation and print how to go on.
public final class Running {
    /// Steps before which nothing that people or users see was changed.
    private static final Set<String> BEFORE_ANY_CHANGE =
            Set.of("", "claim-lock", "record-restore-point", "rehearse");

    private final Output output;

    public Running(Output output) {
        this.output = output;
    }

    /// What a listener shows.
    Happening.Listener listener() {
        return output.json() ? new RunEvents(output) : new RunLines(output);
    }

    /// Pauses `operation` as a signal does: the call in flight ends, then the end is printed.
    ///
    /// @return the exit code
    public int pause(Session session, Operation operation) {
        operation.pause("this machine", "Slipway was asked to end");
        return print(session, operation, operation.await());
    }

    /// Waits for the end and prints it.
    ///
    /// @return the exit code
    int await(Session session, Operation operation) {
        var finished = new AtomicBoolean();
        var waiting = Thread.currentThread();
        var hook =
                Thread.ofPlatform()
                        .unstarted(() -> {
                            if (!finished.get()) {
                                operation.pause("this machine", "Slipway was asked to end");
                                join(waiting);
                            }
                        });
        Runtime.getRuntime().addShutdownHook(hook);
        Action.End end;
        try {
            end = operation.await();
        } finally {
            finished.set(true);
        }
        var code = print(session, operation, end);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal is ending this process: it ends with the code of the pause.
            Runtime.getRuntime().halt(code);
        }
        return code;
    }

    private static void join(Thread waiting) {
        try {
            waiting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int print(Session session, Operation operation, Action.End end) {
        var production = session.production().read(ProductionReader.Wake.ALLOWED);
        if (output.json()) {
            var node = Output.object();
            node.put("operation", operation.plan().id());
            node.put("kind", operation.plan().kind());
            node.put("state", end.state().name());
            if (end.state() == OperationState.SUCCEEDED
                    && operation.plan().kind().equals("promotion")) {
                node.put("release", operation.plan().target());
            }
            node.put("step", end.step());
            node.put("reason", end.reason());
            node.set("production", ProductionJson.of(production));
            output.document(node);
        } else {
            output.line(sentence(operation, end));
            output.line(production.sentence());
            if (end.state() == OperationState.SUCCEEDED) {
                operation
                        .plan()
                        .step(RestoreBranch.KEY)
                        .map(step -> undo(operation.plan().id(), step))
                        .ifPresent(output::line);
            }
            if (end.state().resumable()) {
                output.line("Go on with: slipway resume " + operation.plan().id());
            }
        }
        return code(session, operation, end.state());
    }

    private static String undo(String id, PlanStep restored) {
        return "What was there before is kept whole as the branch "
                + restored.parameter("backup")
                + ". Undo with: slipway rollback --undo "
                + id
                + " --plan-only";
    }

    private static String sentence(Operation operation, Action.End end) {
        var what = operation.plan().kind() + " " + operation.plan().target();
        return switch (end.state()) {
            case SUCCEEDED -> what + " is done.";
            case ROLLED_BACK -> what + " was rolled back. " + end.reason();
            case STOPPED_SAFE -> what + " stopped where it is safe to stay. " + end.reason();
            case NEEDS_OPERATOR -> what + " needs a person. " + end.reason();
            case PAUSED, RUNNING, INTERRUPTED -> what + " is paused. " + end.reason();
        };
    }

    private static int code(Session session, Operation operation, OperationState state) {
        return switch (state) {
            case SUCCEEDED -> Exit.DONE;
            case STOPPED_SAFE -> changed(session, operation) ? Exit.STOPPED : Exit.REFUSED;
            case ROLLED_BACK -> Exit.STOPPED;
            case NEEDS_OPERATOR, PAUSED, RUNNING, INTERRUPTED -> Exit.PAUSED;
        };
    }

    /// Whether anything was sent that people or users may see, in this run of the program or an
    /// earlier one.
    private static boolean changed(Session session, Operation operation) {
        var harmless = new HashSet<String>();
        for (var step : operation.plan().steps()) {
            if (BEFORE_ANY_CHANGE.contains(step.group()) || step.closing()) {
                harmless.add(step.key());
            }
        }
        return session.operations().one(operation.plan().id()).stream()
                .flatMap(detail -> detail.lines().stream())
                .anyMatch(line -> line.type().equals("SENT") && !harmless.contains(line.step()));
    }
}
