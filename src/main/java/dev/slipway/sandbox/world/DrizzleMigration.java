package dev.slipway.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// One migration as Drizzle sees it.
///
/// @param name tag of the journal, or the folder's name in the second layout
/// @param when what Drizzle stores in `created_at`, in milliseconds
/// @param sql the whole file
public record DrizzleMigration(String name, long when, String sql) {
    private static final Pattern BREAKPOINT =
            Pattern.compile("--> statement-breakpoint", Pattern.LITERAL);

    /// What Drizzle stores in `hash`: SHA-256 of the text, in lower-case hexadecimal.
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The pieces Drizzle sends one after the other, nothing trimmed.
    public List<String> statements() {
        return List.of(BREAKPOINT.split(sql, -1));
    }
}
