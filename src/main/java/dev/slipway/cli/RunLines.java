package dev.slipway.cli;

import dev.slipway.operation.Happening;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepScope.Level;
import dev.slipway.operation.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A running operation for a person: a line for each step that ended, with how long it took and the
/// last it said; warnings in full; and a word from time to time while a step takes long.
final class RunLines implements Happening.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Output output;
    private String key = "";
    private String place = "";
    private int group;
    private Instant began;
    private Instant spoke;
    private String last = "";
    private boolean waited;

    RunLines(Output output) {
        this.output = output;
        this.began = output.now();
        this.spoke = began;
    }

    @Override
    public void happened(Happening happening) {
        switch (happening) {
            case Happening.StepStarted(var step, int position, int steps) ->
                    begin(step, number(position, steps));
            case Happening.StepEnded(var step, var state, var reason) -> end(step, state, reason);
            case Happening.Line(var step, var level, var text) -> {
                if (level == Level.WARN || level == Level.ERROR) {
                    say(step, text);
                } else {
                    last = text;
                }
            }
            case Happening.Progress(var step, double _, var text, var _) -> {
                if (!output.now().isBefore(spoke.plus(PATIENCE))) {
                    say(step, text);
                }
            }
            case Happening.Waiting(var step, var _, var reason) -> {
                if (!waited && !reason.isEmpty()) {
                    say(step, "waiting: " + reason);
                }
                waited = true;
            }
            // The end of the operation is said with what production runs then.
            case Happening.Journalled(var entry) -> Slept.tell(output, entry);
            case Happening.Moved _ -> {}
        }
    }

    /// Said once for all steps of a group, as in the plan.
    private String number(int position, int steps) {
        var first = position != group;
        group = position;
        return first ? "%3d/%-3d".formatted(position, steps) : " ".repeat(7);
    }

    private void begin(PlanStep step, String where) {
        key = step.key();
        place = where;
        began = output.now();
        spoke = began;
        last = "";
        waited = false;
    }

    private void say(PlanStep step, String text) {
        spoke = output.now();
        output.log("info", "        " + step.key() + ": " + text);
    }

    private void end(PlanStep step, StepState state, String reason) {
        if (!step.key().equals(key)) {
            begin(step, " ".repeat(7));
        }
        var took = Duration.between(began, output.now());
        var word =
                switch (state) {
                    case CONFIRMED -> last;
                    default -> state.words();
                };
        output.log(
                "info",
                "%s %-50s %8s  %s"
                        .formatted(place, step.title(), seconds(took), join(word, reason))
                        .stripTrailing());
    }

    private static String join(String word, String reason) {
        return reason.isEmpty() ? word : word.isEmpty() ? reason : word + ": " + reason;
    }

    private static String seconds(Duration took) {
        return took.toMinutes() > 0
                ? "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart())
                : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
