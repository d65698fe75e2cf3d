package dev.slipway.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A commit that is about to be written: files relative to its parent.
///
/// @param files content by path; empty removes the file
public record GitChange(
        String message, GitPerson author, Instant at, Map<String, Optional<byte[]>> files) {

    public GitChange {
        files = Map.copyOf(files);
    }

    /// A commit that changes nothing yet.
    public static GitChange of(String message, GitPerson author, Instant at) {
        return new GitChange(message, author, at, Map.of());
    }

    /// The same with a file of this text.
    public GitChange with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same with a file of these bytes.
    public GitChange with(String path, byte[] content) {
        return plus(path, Optional.of(content));
    }

    /// The same with a file removed.
    public GitChange without(String path) {
        return plus(path, Optional.empty());
    }

    private GitChange plus(String path, Optional<byte[]> content) {
        var more = new LinkedHashMap<>(files);
        more.put(path, content);
        return new GitChange(message, author, at, more);
    }
}
