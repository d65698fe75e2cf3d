package dev.slipway.cloudflare;

import java.time.Instant;
import java.util.Optional;

/// An uploaded version of a Worker. It never changes.
///
/// @param id as a UUID
/// @param number counts up within the Worker
/// @param author e-mail address of whoever uploaded it
/// @param source what uploaded it, for example `wrangler`
/// @param commit full sha the uploader annotated it with (`workers/commit_sha`)
/// @param tag short label the uploader gave it (`workers/tag`)
/// @param message longer label (`workers/message`)
/// @param trigger what led to it, for example `version_upload` or `secret`
public record Version(
        String id,
        int number,
        Instant created,
        Optional<String> author,
        String source,
        Optional<String> commit,
        Optional<String> tag,
        Optional<String> message,
        Optional<String> trigger) {}
