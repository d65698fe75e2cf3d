package dev.slipway.migration.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the three probes found about one statement on one schema.
///
/// @param sql the text that was tried, repaired when it had to be
/// @param declared types that had to be declared, as PREPARE takes them; usually empty
/// @param types the types of its parameters and of its result; empty when it does not parse
/// @param plan its plan; empty when there is none
/// @param error why it does not parse or has no plan
/// @param nulls columns that are NOT NULL into which the INSERT writes NULL each time
/// @param executions how executions ended that were taken back; empty when there were none
record Probed(
        String sql,
        String declared,
        Optional<Types> types,
        Optional<PlanShape> plan,
        Optional<Refusal> error,
        List<String> nulls,
        List<Execution> executions) {
    static final String RAN = "00000";

    /// @param result empty below PostgreSQL 16, which does not tell
    record Types(List<String> parameters, Optional<List<String>> result) {}

    /// @param probe `PREPARE`, `PLAN` or `EXECUTE`
    record Refusal(String probe, String sqlState, String message) {}

    /// An execution that was taken back.
    ///
    /// @param values by parameter, for the same execution on another schema; they are never shown
    /// @param made whether the values have the right type and nothing else; otherwise they are such as
    ///     rows have
    /// @param ended with SQLSTATE 00000 when it ran
    record Execution(Map<Integer, String> values, boolean made, Refusal ended) {
        boolean ran() {
            return ended.sqlState().equals(RAN);
        }
    }

    Probed with(List<Execution> tried) {
        return new Probed(sql, declared, types, plan, error, nulls, tried);
    }

    /// Whether the server takes the statement.
    boolean accepted() {
        return error.isEmpty();
    }
}
