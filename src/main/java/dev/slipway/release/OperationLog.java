package dev.slipway.release;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow;
import dev.slipway.operation.Happening;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepState;
import java.time.InstantSource;
import java.util.Optional;

/// Writes what an operation does into the log, each row on the channel where people look for it.
public final class OperationLog implements Happening.Listener {
    private final Log log;
    private final InstantSource clock;
    private final String operation;

    /// @param operation id of the operation
    public OperationLog(Log log, InstantSource clock, String operation) {
        this.log = log;
        this.clock = clock;
        this.operation = operation;
    }

    @Override
    public void happened(Happening happening) {
        switch (happening) {
            case Happening.StepStarted(var step, int position, int steps) ->
                    add(
                            step,
                            LogRow.Level.INFO,
                            "step %d of %d: %s".formatted(position, steps, step.title()));
            case Happening.StepEnded(var step, var state, var reason) ->
                    add(
                            step,
                            level(state),
                            state.words() + (reason.isEmpty() ? "" : ": " + reason));
            case Happening.Line(var step, var level, var text) -> add(step, level(level), text);
            case Happening.Waiting(var step, var _, var reason) ->
                    add(step, LogRow.Level.DEBUG, "waiting: " + reason);
            case Happening.Moved(var state, var step, var reason) ->
                    log.append(
                            LogRow.line(
                                            clock.instant(),
                                            LogRow.Channel.OPERATION,
                                            "operation",
                                            LogRow.Level.INFO,
                                            state.words() + (reason.isEmpty() ? "" : ": " + reason))
                                    .inOperation(operation, step));
            case Happening.Progress _, Happening.Journalled _ -> {}
        }
    }

    private void add(PlanStep step, LogRow.Level level, String text) {
        var row =
                LogRow.line(clock.instant(), channel(step), source(step), level, text)
                        .inOperation(operation, step.key());
        log.append(
                Optional.ofNullable(step.parameters().get("worker"))
                        .map(row::aboutWorker)
                        .orElse(row));
    }

    private static LogRow.Channel channel(PlanStep step) {
        return switch (step.group()) {
            case "rehearse", "migrate" -> LogRow.Channel.MIGRATION;
            case "await-versions" -> LogRow.Channel.CI;
            case "check-live", "smoke", "settle" -> LogRow.Channel.HEALTH;
            default ->
                    step.kind() == PlanStep.Kind.CHECK && step.group().startsWith("traffic-")
                            ? LogRow.Channel.HEALTH
                            : LogRow.Channel.OPERATION;
        };
    }

    private static String source(PlanStep step) {
        return step.group();
    }

    private static LogRow.Level level(StepState state) {
        return switch (state) {
            case CONFIRMED -> LogRow.Level.OK;
            case FAILED -> LogRow.Level.ERROR;
            default -> LogRow.Level.INFO;
        };
    }

    private static LogRow.Level level(StepScope.Level level) {
        return switch (level) {
            case INFO -> LogRow.Level.INFO;
            case WARN -> LogRow.Level.WARN;
            case ERROR -> LogRow.Level.ERROR;
        };
    }
}
