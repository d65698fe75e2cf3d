package dev.slipway.ui.logs;

import dev.slipway.log.LogRow;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// How the time of a row is written.
enum TimeMode {
    LOCAL("Local time"),
    UTC("UTC"),
    RELATIVE("Before now");

    final String title;

    TimeMode(String title) {
        this.title = title;
    }

    TimeMode next() {
        return switch (this) {
            case LOCAL -> UTC;
            case UTC -> RELATIVE;
            case RELATIVE -> LOCAL;
        };
    }

    String format(LogRow row, Instant now, ZoneId zone) {
        return switch (this) {
            case LOCAL -> Times.millis(row.at(), zone);
            case UTC -> Times.millis(row.at(), ZoneOffset.UTC) + "Z";
            case RELATIVE -> {
                var age = Duration.between(row.at(), now);
                yield age.isNegative()
                        ? "now"
                        : "-" + Times.words(age.truncatedTo(ChronoUnit.SECONDS));
            }
        };
    }
}
