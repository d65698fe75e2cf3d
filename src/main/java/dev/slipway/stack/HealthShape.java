package dev.slipway.stack;

/// Where a Worker's health answer holds what Slipway asks for. All but `path` are JSON pointers
/// (RFC 6901).
///
/// @param path path of the URL, beginning with a slash
/// @param status a string; `ok`, `healthy`, `pass` and `up` mean well
/// @param versionId the id of the Worker version that answered
/// @param versionTag its tag
/// @param databaseConnected a boolean
/// @param databaseLatest the newest migration the Worker sees
/// @param databaseBranch the Neon branch it is connected to; Workers may leave it out
public record HealthShape(
        String path,
        String status,
        String versionId,
        String versionTag,
        String databaseConnected,
        String databaseLatest,
        String databaseBranch) {
    /// The contract: `{status, version:{id,tag}, database:{connected, latest, branch?}}` at
    /// `/health`.
    public static final HealthShape DEFAULT =
            new HealthShape(
                    "/health",
                    "/status",
                    "/version/id",
                    "/version/tag",
                    "/database/connected",
                    "/database/latest",
                    "/database/branch");
}
