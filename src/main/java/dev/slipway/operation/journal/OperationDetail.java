package dev.slipway.operation.journal;

import dev.slipway.operation.Entry;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
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

    /// A line as it was written; also lines a newer Slipway wrote can be shown.
    ///
    /// @param step empty for lines of the whole operation
    /// @param type upper case, as `SENT`
    /// @param payload canonical JSON
    public record Line(
            long seq, Moment at, String step, int attempt, String type, String payload) {}
}
