package dev.slipway.migration.workload;

/// A statement as the server counts it: its literals are `$1`, `$2` and so on.
///
/// @param queryId the server's, the same for the same statement as long as the tables it names are
/// @param role who executed it
/// @param sql its text
/// @param calls how often, since the server counts
/// @param meanMillis how long one execution took on average
/// @param maxMillis how long the longest took
public record RecordedStatement(
        long queryId, String role, String sql, long calls, double meanMillis, double maxMillis) {}
