package dev.slipway.release.drill;

import dev.slipway.operation.Happening;
import dev.slipway.operation.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes the time of the parts of a drill, and of the numbered steps of its operation: those side by side
/// are one.
final class Stopwatch implements Happening.Listener {
    private final Moment.Source clock;
    private final List<Drill.Part> parts = new ArrayList<>();
    private final Map<String, Moment> began = new LinkedHashMap<>();
    private final Map<String, Moment> ended = new LinkedHashMap<>();
    private Moment last;

    Stopwatch(Moment.Source clock) {
        this.clock = clock;
        last = clock.now();
    }

    @Override
    public synchronized void happened(Happening happening) {
        switch (happening) {
            case Happening.StepStarted(var step, _, _) ->
                    began.putIfAbsent(step.group(), clock.now());
            case Happening.StepEnded(var step, var state, _) when state.holds() ->
                    ended.put(step.group(), clock.now());
            default -> {}
        }
    }

    /// What was done since the last part ended.
    synchronized void part(String key, String title) {
        var now = clock.now();
        parts.add(new Drill.Part(key, title, now.since(last)));
        last = now;
    }

    /// The steps of the operation, and what it waited for after the last of them.
    synchronized void operation(Map<String, String> titles) {
        titles.forEach((group, title) ->
                between(group, group)
                        .ifPresent(took -> parts.add(new Drill.Part(group, title, took))));
        var now = clock.now();
        ended.values().stream()
                .reduce((_, newest) -> newest)
                .ifPresent(end ->
                        parts.add(
                                new Drill.Part(
                                        "settle",
                                        "Look again when it has settled",
                                        now.since(end))));
        last = now;
    }

    /// From the beginning of one numbered step to the end of another; empty when it did not come to it.
    synchronized Optional<Duration> between(String from, String to) {
        return Optional.ofNullable(began.get(from))
                .flatMap(start -> Optional.ofNullable(ended.get(to)).map(end -> end.since(start)));
    }

    synchronized List<Drill.Part> parts() {
        return List.copyOf(parts);
    }
}
