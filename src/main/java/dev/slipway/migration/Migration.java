package dev.slipway.migration;

import dev.slipway.domain.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// One migration of a Drizzle folder.
///
/// @param tag its name: the file without `.sql`, or the folder in the newer layout
/// @param path the file, for messages
/// @param when what Drizzle writes as `created_at`, milliseconds since 1970
/// @param hash SHA-256 of the file, lower-case hexadecimal
/// @param unixHash the hash the file has with LF line ends; equal to `hash` when it has them
/// @param windowsHash the hash it has with CRLF line ends
/// @param pieces the text split at Drizzle's breakpoint marker, otherwise unchanged
public record Migration(
        String tag,
        String path,
        long when,
        String hash,
        String unixHash,
        String windowsHash,
        List<String> pieces) {
    private static final String BREAKPOINT = "--> statement-breakpoint";

    public Migration {
        pieces = List.copyOf(pieces);
    }

    /// Reads a migration from the bytes of its file.
    ///
    /// @throws InputException when they are not UTF-8; Drizzle would hash and run other text than the
    ///     file's
    public static Migration of(String tag, String path, long when, byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new InputException(path + " is not UTF-8 text.");
        }
        var unix = text.replace("\r\n", "\n");
        return new Migration(
                tag,
                path,
                when,
                sha256(text),
                sha256(unix),
                sha256(unix.replace("\n", "\r\n")),
                List.of(text.split(Pattern.quote(BREAKPOINT), -1)));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// [#when()] as a moment.
    public Instant instant() {
        return Instant.ofEpochMilli(when);
    }

    /// The SQL statements in order, across the pieces. Statement numbers in messages count these,
    /// from one.
    public List<SqlStatement> statements() {
        return pieces.stream().flatMap(piece -> SqlStatement.split(piece).stream()).toList();
    }

    /// Whether `other` is the hash of this text, but for line ends.
    public boolean sameButForLineEnds(String other) {
        return !other.equals(hash) && (other.equals(unixHash) || other.equals(windowsHash));
    }
}
