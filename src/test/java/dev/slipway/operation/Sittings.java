package dev.slipway.operation;

import java.util.List;

/// Opens what a driver opens, for a simulation that owns the time and the thread.
public final class Sittings {
    private Sittings() {}

    /// Begins a plan.
    public static Execution begin(Execution.Ports ports, Plan plan, String by) {
        return Execution.begin(
                ports, plan, new Event.Started(plan.hash(), by, by, by, "simulated"));
    }

    /// Goes on with a plan of the journal.
    public static Execution resume(
            Execution.Ports ports, Plan plan, Event.Decision decision, String by) {
        return Execution.resume(ports, plan, new Event.Resumed(by, by, by, decision, "simulated"));
    }

    /// How a plan stands after these entries.
    public static RunState state(Plan plan, List<Entry> entries) {
        return RunState.of(plan, entries);
    }
}
