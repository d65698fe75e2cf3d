package dev.slipway.release.rollback;

import dev.slipway.domain.InputException;
import dev.slipway.neon.NewBranch;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A point of production's history, as people write it and Neon takes it.
///
/// @param at never the newest state
public record RestorePoint(NewBranch.Point at) {
    private static final Pattern LSN = Pattern.compile("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}");

    /// Reads a moment with its offset, `2026-11-28T14:05:00Z`, or a position of the log, `0/1A2B3C8`.
    ///
    /// @throws InputException when it is neither
    public static RestorePoint parse(String text) {
        if (LSN.matcher(text).matches()) {
            return new RestorePoint(new NewBranch.Point.Lsn(text.toUpperCase(Locale.ROOT)));
        }
        try {
            return new RestorePoint(
                    new NewBranch.Point.Time(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            throw new InputException(
                    "\""
                            + text
                            + "\" is no point of a database's history: write a moment with its offset,"
                            + " for example 2026-11-28T14:05:00Z, or a log position, for example"
                            + " 0/1A2B3C8. Nothing was asked or changed.");
        }
    }

    /// The one a manifest holds: its position in the log, which is exact, or its moment.
    static Optional<RestorePoint> recorded(Map<String, String> manifest) {
        try {
            return Optional.ofNullable(manifest.get("lsn"))
                    .or(() -> Optional.ofNullable(manifest.get("time")))
                    .map(RestorePoint::parse);
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    /// The moment; empty for a position.
    public Optional<Instant> time() {
        return at instanceof NewBranch.Point.Time(var when) ? Optional.of(when) : Optional.empty();
    }

    /// For people and command lines.
    public String words() {
        return switch (at) {
            case NewBranch.Point.Time(var when) -> when.toString();
            case NewBranch.Point.Lsn(var lsn) -> lsn;
            case NewBranch.Point.Head _ -> "now";
        };
    }
}
