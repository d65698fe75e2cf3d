package dev.slipway.operation;

import java.util.Map;

/// Where a step announces its one change. When [#aboutToSend] returns, the journal has it on disk;
/// when it throws, nothing may leave.
@FunctionalInterface
public interface Sending {
    /// Announces the change.
    ///
    /// @param method HTTP method, or `SQL`
    /// @param urlTemplate address with placeholders in place of ids, without a query that could hold
    ///     a secret
    /// @param bodySha256 hexadecimal SHA-256 of the canonical body, secrets replaced
    /// @param ids values of the placeholders
    /// @throws JournalException when it could not be made durable
    /// @throws IllegalStateException when a change was announced before in this attempt
    void aboutToSend(String method, String urlTemplate, String bodySha256, Map<String, String> ids);
}
