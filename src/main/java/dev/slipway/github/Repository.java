package dev.slipway.github;

import java.net.URI;

/// A repository's own settings.
///
/// @param id stays the same when the repository is renamed
/// @param nodeId the id GraphQL uses
/// @param fullName `owner/name` as it is now
/// @param pull whether the token may read
/// @param push whether the token may write
/// @param admin whether the token may administer
public record Repository(
        long id,
        String nodeId,
        String fullName,
        URI url,
        String defaultBranch,
        boolean archived,
        boolean isPrivate,
        boolean pull,
        boolean push,
        boolean admin) {}
