package dev.slipway.migration.workload;

import java.time.Instant;

/// A statement as the server counts it: its literals are `$1`, `$2` and so on.
///
/// @param queryId the server's, the same for the same statement as long as the tables it names are
/// @param role who executed it
/// @param sql its text
/// @param calls how often, as far as it was observed
/// @param meanMillis how long one execution took on average
/// @param maxMillis how long the longest took
/// @param seenAfter it was executed last after this: an earlier look, or the beginning of counting
/// @param seenUntil and not later than this: the look that found it executed
public record RecordedStatement(
        long queryId,
        String role,
        String sql,
        long calls,
        double meanMillis,
        double maxMillis,
        Instant seenAfter,
        Instant seenUntil) {}
