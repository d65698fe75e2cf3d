package dev.slipway.github;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A comment of a pull request or issue.
///
/// @param author login; empty when the account is gone
public record Comment(
        long id, Optional<String> author, String body, URI url, Instant created, Instant updated) {}
