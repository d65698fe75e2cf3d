package dev.slipway.operation.journal;

import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
import java.util.List;

/// One operation with everything its journal says.
public record OperationDetail(OperationRow row, Plan plan, List<Line> lines) {
    public OperationDetail {
        lines = List.copyOf(lines);
    }

    /// A line as it was written; also lines a newer Slipway wrote can be shown.
    ///
    /// @param step empty for lines of the whole operation
    /// @param type upper case, as `SENT`
    /// @param payload canonical JSON
    public record Line(
            long seq, Moment at, String step, int attempt, String type, String payload) {}
}
