package dev.slipway.operation.journal;

import dev.slipway.operation.Action;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import java.util.ArrayList;
import java.util.List;

/// One operation with everything its journal says.
public record OperationDetail(OperationRow row, Plan plan, List<Line> lines) {
    public OperationDetail {
        lines = List.copyOf(lines);
    }

    /// The lines this program understands, typed, for [dev.slipway.operation.RunState]; their hashes
    /// are not read and empty.
    public List<Entry> entries() {
        return lines.stream()
                .filter(line -> EventJson.knows(line.type()))
                .map(line ->
                        new Entry(
                                line.seq(),
                                plan.id(),
                                line.at(),
                                EventJson.read(
                                        line.type(), line.step(), line.attempt(), line.payload()),
                                ""))
                .toList();
    }

    /// A run of another computer, from a copy of its journal.
    ///
    /// @param alive whether somebody works on it
    public static OperationDetail copied(Plan plan, List<Entry> entries, boolean alive) {
        var run = RunState.of(plan, entries);
        var lines = new ArrayList<Line>();
        for (var entry : entries) {
            lines.add(
                    new Line(
                            lines.size() + 1,
                            entry.at(),
                            EventJson.step(entry.event()),
                            EventJson.attempt(entry.event()),
                            EventJson.type(entry.event()),
                            EventJson.payload(entry.event())));
        }
        var began = entries.stream().findFirst();
        var current = run.current();
        var lost = alive ? OperationState.RUNNING : OperationState.INTERRUPTED;
        return new OperationDetail(
                new OperationRow(
                        plan.id(),
                        plan.kind(),
                        plan.target(),
                        began.map(Entry::event)
                                .map(e -> e instanceof Event.Started s ? s.by() : "")
                                .orElse(""),
                        began.map(e -> e.at().wall()).orElse(plan.created()),
                        current.map(plan::position).orElse(plan.groups().size()),
                        plan.groups().size(),
                        current.map(PlanStep::key).orElse(""),
                        current.map(PlanStep::title).orElse(""),
                        run.end().map(Action.End::state).orElse(lost),
                        entries.isEmpty() ? plan.created() : entries.getLast().at().wall(),
                        run.end().map(Action.End::reason).orElse("")),
                plan,
                lines);
    }

    /// A line as it was written; also lines a newer Slipway wrote can be shown.
    ///
    /// @param step empty for lines of the whole operation
    /// @param type upper case, as `SENT`
    /// @param payload canonical JSON
    public record Line(
            long seq, Moment at, String step, int attempt, String type, String payload) {}
}
