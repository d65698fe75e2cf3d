package dev.slipway.migration;

import java.time.Instant;
import java.util.List;

/// One migration of a Drizzle folder.
///
/// @param tag its name: the file without `.sql`, or the folder in the newer layout
/// @param path the file, for messages
/// @param when what Drizzle writes as `created_at`, milliseconds since 1970
/// @param hash SHA-256 of the file, lower-case hexadecimal
/// @param unixHash the hash the file has with LF line ends; equal to `hash` when it has them
/// @param windowsHash the hash it has with CRLF line ends
/// @param pieces the text split at Drizzle's breakpoint marker, sent to the database unchanged
public record Migration(
        String tag,
        String path,
        long when,
        String hash,
        String unixHash,
        String windowsHash,
        List<String> pieces) {
    public Migration {
        pieces = List.copyOf(pieces);
    }

    /// [#when()] as a moment.
    public Instant instant() {
        return Instant.ofEpochMilli(when);
    }

    /// Whether `other` is the hash of this text, but for line ends.
    public boolean sameButForLineEnds(String other) {
        return other.equals(unixHash) || other.equals(windowsHash);
    }
}
