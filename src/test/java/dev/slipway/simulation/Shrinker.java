package dev.slipway.simulation;

import java.util.ArrayList;
import java.util.List;

/// Leaves out of a run what it does not need to break.
final class Shrinker {
    private final Sweep.Seed seed;
    private final String what;

    private Shrinker(Sweep.Seed seed, String what) {
        this.seed = seed;
        this.what = what;
    }

    /// A run that breaks in the same way.
    ///
    /// @param scenario with what others do in it
    /// @param events the faults it needs
    record Shrunk(Scenario scenario, List<Fate.Event> events, Run.Result result) {}

    static Shrunk shrink(Sweep.Broken broken) {
        var what = kind(broken.result());
        return new Shrinker(broken.seed(), what).shrink(broken.result().faults());
    }

    private static String kind(Run.Result result) {
        var first = result.violations().getFirst();
        return first.substring(0, first.indexOf(':'));
    }

    private Shrunk shrink(List<Fate.Event> all) {
        var scenario = seed.scenario();
        var events = new ArrayList<>(all);
        if (breaks(scenario.alone(), events)) {
            scenario = scenario.alone();
        }
        for (var size = Math.max(1, events.size() / 2); size > 1; size /= 2) {
            events = without(scenario, events, size);
        }
        // What is left out later can make dispensable what was needed before.
        for (var before = -1; before != events.size(); ) {
            before = events.size();
            events = without(scenario, events, 1);
        }
        return new Shrunk(scenario, events, play(scenario, events));
    }

    /// The same without each part of `size` events that it does not need.
    private ArrayList<Fate.Event> without(Scenario scenario, ArrayList<Fate.Event> all, int size) {
        var events = all;
        for (var from = 0; from < events.size(); ) {
            var fewer = new ArrayList<>(events);
            fewer.subList(from, Math.min(from + size, fewer.size())).clear();
            if (breaks(scenario, fewer)) {
                events = fewer;
            } else {
                from += size;
            }
        }
        return events;
    }

    private boolean breaks(Scenario scenario, List<Fate.Event> events) {
        var result = play(scenario, events);
        return result.broken() && kind(result).equals(what);
    }

    private Run.Result play(Scenario scenario, List<Fate.Event> events) {
        return seed.play(scenario, Fate.listed(events), false);
    }
}
