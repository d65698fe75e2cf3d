package dev.slipway.cli;

import dev.slipway.operation.Happening;
import java.util.Locale;
import java.util.Map;

/// A running operation for a program: everything that happens, one event each (docs/cli.md).
final class RunEvents implements Happening.Listener {
    private final Output output;
    private String lastSaid = "";

    RunEvents(Output output) {
        this.output = output;
    }

    @Override
    public void happened(Happening happening) {
        switch (happening) {
            case Happening.StepStarted(var step, int position, int steps) ->
                    output.event(
                            "step-started",
                            Map.of("step", step.key(), "position", position, "steps", steps),
                            step.title());
            case Happening.StepEnded(var step, var state, var reason) ->
                    output.event(
                            "step-ended",
                            Map.of("step", step.key(), "state", state.name(), "reason", reason),
                            step.title()
                                    + ": "
                                    + state.words()
                                    + (reason.isEmpty() ? "" : ", " + reason));
            case Happening.Progress(var step, double done, var text, var _) -> {
                output.event("progress", Map.of("step", step.key(), "done", done), text);
                lastSaid = text;
            }
            case Happening.Line(var step, var level, var text) ->
                    output.event(
                            "line",
                            Map.of(
                                    "step", step.key(),
                                    "level", level.name().toLowerCase(Locale.ROOT)),
                            text);
            case Happening.Waiting(var step, var time, var reason) -> {
                if (!reason.equals(lastSaid)) {
                    output.event(
                            "waiting",
                            Map.of("step", step.key(), "millis", time.toMillis()),
                            "waiting: " + reason);
                }
                lastSaid = reason;
            }
            case Happening.Moved(var state, var step, var reason) ->
                    output.event(
                            "state",
                            Map.of("state", state.name(), "step", step, "reason", reason),
                            state.words() + (reason.isEmpty() ? "" : ": " + reason));
            case Happening.Journalled(var entry) -> Slept.tell(output, entry);
        }
    }
}
